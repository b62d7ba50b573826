import LockerDomain
import StationCore
import StationPorts
import Testing

@Suite("What is shown of the link")
struct LinkHealthTests {
    @Test("a call that took no connection is shown until any has one; its tries go on counting")
    func connected() {
        var health = LinkHealth()
        for _ in 0..<3 { health.failed(.commands, .refused, at: 1_000) }
        #expect(health.shown?.tries == 3)
        health.connected()
        #expect(health.shown == nil && health.tries(.commands) == 3 && health.mayBeOver(.commands))
        health.failed(.commands, .noRoute, at: 9_000)
        #expect(health.shown?.fault == .noRoute && health.shown?.tries == 4)
        health.succeeded(.commands)
        #expect(health.shown == nil && health.tries(.commands) == 0)
    }

    @Test("all that fails is shown, events first; a refused call hides behind no other one")
    func all() {
        var health = LinkHealth()
        health.failed(.status, .stationRefused("key of it is an old one"), at: 1_000)
        health.failed(.manifests, .replayed(highest: "9.1"), at: 2_000)
        health.failed(.events, .cut, at: 3_000)
        health.failed(.contacts, .noRoute, at: 4_000)
        health.connected()
        #expect(health.allShown.map(\.call) == [.events, .manifests, .status])
        #expect(health.shown?.call == .events)
    }

    @Test("a call that had its connection and no answer is shown though others get through")
    func noAnswer() {
        var health = LinkHealth()
        health.failed(.events, .noAnswer(seconds: 30), at: 1_000)
        health.failed(.commands, .refused, at: 2_000)
        health.connected()
        #expect(health.shown?.call == .events)
        health.succeeded(.events)
        #expect(health.shown == nil)
    }
}

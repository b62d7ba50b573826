import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

@Suite("An audit of a door whose deposit of several parcels was cut short")
struct AuditAskedTests: Parcels {
    private var cabinet = Cabinet(doors: [
        DoorSettings(name: "A02", size: .medium), DoorSettings(name: "A03", size: .medium),
    ])
    private let stranger: Waybill = "YT8962646785390"

    /// Two parcels of one recipient were going in when the power failed; the keeper looks.
    private mutating func look() {
        cabinet.announce([one, two].map { ManifestEntry($0, of: "k1", size: .small) })
        cabinet.begin(.courier, proven: false)
        cabinet.scan(one.rawValue)
        cabinet.open("A02")
        cabinet.scan(two.rawValue)
        cabinet.restart()
        #expect(cabinet.state.door("A02").asksInside == one && cabinet.state.door("A02").asksNext == [two])
        cabinet.audit("A02")
        cabinet.open("A02")
    }

    @Test("each is scanned, and the audit ends with the last")
    mutating func both() {
        look()
        cabinet.scan(one.rawValue)
        #expect(cabinet.types == [.auditDifference, .parcelStored, .doorParcelAdded])
        #expect(cabinet.answers == [.scanRest])
        cabinet.scan(one.rawValue)
        #expect(cabinet.reason == .doubled)
        cabinet.scan(two.rawValue)
        #expect(cabinet.types == [.auditDifference, .parcelStored, .auditFinished])
        #expect(cabinet.answers == [.auditHolds])
        #expect(cabinet.place(of: one) == "A02" && cabinet.place(of: two) == "A02")
        #expect(cabinet.state.door("A02").contents == .occupied && cabinet.state.door("A02").asksInside == nil)
        #expect(cabinet.replayed == cabinet.state)
    }

    @Test("EMPTY after the first says that the other is not inside, by a line of its own")
    mutating func onlyOne() {
        look()
        cabinet.scan(one.rawValue)
        cabinet.card(.empty)
        #expect(cabinet.types == [.auditFinished, .auditFinished])
        #expect(cabinet.event(AuditFinished.self)?.waybill == two)
        #expect(cabinet.state.door("A02").contents == .occupied && cabinet.state.door("A02").asksInside == nil)
        #expect(cabinet.status(one) == .stored && cabinet.status(two) == .received)
        cabinet.shut("A02")
        #expect(cabinet.state.door("A02").cycle == nil)
    }

    @Test("ended after the first, the other is asked about as before")
    mutating func ended() {
        look()
        cabinet.scan(one.rawValue)
        cabinet.end()
        cabinet.shut("A02")
        #expect(cabinet.state.door("A02").asksInside == two && cabinet.state.door("A02").asksNext.isEmpty)
        cabinet.begin(.courier, proven: false)
        cabinet.scan(stranger.rawValue)
        #expect(cabinet.reason == .asksInside)
        #expect(cabinet.words.contains("5389"))
        cabinet.card(.yes)
        #expect(cabinet.place(of: two) == "A02")
        #expect(cabinet.replayed == cabinet.state)
    }

    @Test("another parcel in their place answers for both, each on record")
    mutating func another() {
        look()
        cabinet.scan(stranger.rawValue)
        #expect(cabinet.place(of: stranger) == "A02")
        let answered = cabinet.events.compactMap { ($0.payload as? AuditFinished)?.waybill }
        #expect(answered == [one, two])
        #expect(cabinet.status(one) == .received && cabinet.status(two) == .received)
        #expect(cabinet.state.door("A02").asksInside == nil)
    }
}

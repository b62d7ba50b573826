import GPIODoors
import LockerDomain
import Testing

@Suite("Lights and buzzer")
struct SignalPlayerTests {
    private typealias Outputs = SignalPlayer.Outputs
    private var player = SignalPlayer()

    @Test("a light stays three seconds, a double beep sounds twice")
    mutating func double() {
        player.show(.green, .double, at: 1_000)
        #expect(player.outputs(at: 1_000) == Outputs(green: true, buzzer: true))
        var changes: [Int64] = []
        var now: Int64 = 1_000
        while let next = player.nextChange(after: now) {
            now = next
            changes.append(now)
        }
        #expect(changes == [1_120, 1_240, 1_360, 4_000])
        #expect(player.outputs(at: 1_120) == Outputs(green: true))
        #expect(player.outputs(at: 1_240) == Outputs(green: true, buzzer: true))
        #expect(player.outputs(at: 3_999) == Outputs(green: true))
        #expect(player.outputs(at: 4_000) == Outputs())
    }

    @Test("a question has both lights and sounds three times")
    mutating func question() {
        player.show(.both, .triple, at: 0)
        for start: Int64 in [0, 240, 480] {
            #expect(player.outputs(at: start) == Outputs(green: true, red: true, buzzer: true))
            #expect(player.outputs(at: start + 120) == Outputs(green: true, red: true))
        }
        #expect(player.outputs(at: 3_000) == Outputs())
    }

    @Test("the next answer takes the light at once; without a beep the running one ends by itself")
    mutating func replaced() {
        player.show(.green, .long, at: 0)
        player.show(.red, .none, at: 100)
        #expect(player.outputs(at: 100) == Outputs(red: true, buzzer: true))
        player.show(.off, .short, at: 200)
        #expect(player.outputs(at: 200) == Outputs(buzzer: true))
        #expect(player.outputs(at: 320) == Outputs())
        #expect(player.nextChange(after: 320) == nil)
    }

    @Test("nothing is on before the first answer")
    func silence() {
        #expect(player.outputs(at: 0) == Outputs())
        #expect(player.nextChange(after: 0) == nil)
    }
}

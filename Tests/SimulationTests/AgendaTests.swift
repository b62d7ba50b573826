import Simulator
import Testing

@Suite("Agenda")
struct AgendaTests {
    @Test("what is planned comes in the order of time, and at one time in the order of planning")
    func order() {
        var (agenda, chance) = (Agenda(), Chance(seed: 3))
        var expected: [(Int64, Int)] = []
        for order in 0..<500 {
            let time = chance.within(0...40)
            expected.append((time, order))
            agenda.plan(at: time) { _ in }
        }
        expected.sort { $0 < $1 }
        for (time, _) in expected { #expect(agenda.take()?.time == time) }
        #expect(agenda.take() == nil)
    }

    @Test("chance is the same everywhere: its first numbers for a seed are known")
    func chance() {
        var chance = Chance(seed: 1_234_567)
        #expect(chance.next() == 6_457_827_717_110_365_317)
        #expect(chance.next() == 3_203_168_211_198_807_973)
    }
}

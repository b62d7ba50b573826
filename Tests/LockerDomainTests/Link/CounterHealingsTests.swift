import LockerDomain
import Testing

@Suite("Healings of a counter")
struct CounterHealingsTests {
    private let day = Limits.healingDayMilliseconds
    private let noon: Int64 = 1_778_544_000_000

    @Test("the third within a day is too many, and a day later it is not")
    func third() {
        var healings = CounterHealings()
        for hour in 0..<3 {
            #expect(!healings.isTooMany(at: noon + day))
            healings.record(at: noon + Int64(hour) * 3_600_000)
        }
        #expect(healings.isTooMany(at: noon + 7_200_000))
        #expect(healings.isTooMany(at: noon + day - 1))
        #expect(!healings.isTooMany(at: noon + day))
    }

    @Test("one a day is none too many, and a clock that was set forgets")
    func rare() {
        var healings = CounterHealings()
        for number in 0..<9 {
            healings.record(at: noon + Int64(number) * day)
            #expect(!healings.isTooMany(at: noon + Int64(number) * day))
        }
        var dark = CounterHealings()
        for second in 1...3 { dark.record(at: Int64(second) * 1_000) }
        #expect(dark.isTooMany(at: 4_000) && !dark.isTooMany(at: noon))
        dark = CounterHealings([noon, noon, noon])
        #expect(dark.isTooMany(at: noon) && !dark.isTooMany(at: 4_000))
    }

    @Test("it is written and read as numbers", arguments: [[], [5], [1, 2, 1_778_544_000_000]] as [[Int64]])
    func text(_ times: [Int64]) {
        let healings = CounterHealings(times)
        #expect(CounterHealings(healings.description) == healings && healings.times == times)
    }

    @Test("other texts are refused", arguments: ["x", "-1", "1 2 3 4", "1.5", "99999999999999999999"])
    func garbage(_ text: String) { #expect(CounterHealings(text) == nil) }
}

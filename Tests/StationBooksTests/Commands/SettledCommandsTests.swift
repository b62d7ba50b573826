import LockerDomain
import StationBooks
import Testing

@Suite("Settled commands")
struct SettledCommandsTests {
    private func settled(_ numbers: some Sequence<Int>) -> SettledCommands {
        numbers.reduce(into: SettledCommands()) { $0.settle("c\($1)", number: $1) }
    }

    @Test("all up to a number are settled, in whatever order they were")
    func order() {
        let rows: [(numbers: [Int], through: Int, above: [Int])] = [
            ([], 0, []), ([1, 2, 3], 3, []), ([3, 1, 2], 3, []), ([2, 4, 1], 2, [4]), ([5, 9, 7], 0, [5, 7, 9]),
            ([1, 1, 2], 2, []),
        ]
        for row in rows {
            let settled = settled(row.numbers)
            #expect(settled.through == row.through && settled.above == row.above, "\(row.numbers)")
            #expect(settled.highest == row.numbers.max() ?? 0)
        }
    }

    @Test("a command is open, answered or passed")
    func standing() {
        let settled = settled([1, 2, 5])
        #expect(settled.standing(of: "c2", number: 2) == .answered)
        #expect(settled.standing(of: "c2", number: 9) == .answered)
        for number in [0, 1, 2, 5] { #expect(settled.standing(of: "x", number: number) == .passed) }
        for number in [3, 4, 6] { #expect(settled.standing(of: "x", number: number) == .open) }
    }

    @Test("numbers that were given to nobody leave a gap, which ends when more are kept than the limit")
    func bound() {
        let first = 10
        var settled = settled(first..<first + Limits.settledCommandsMax)
        #expect(settled.through == 0 && settled.above.count == Limits.settledCommandsMax)
        settled.settle("last", number: first + 2 * Limits.settledCommandsMax)
        #expect(settled.through == first + Limits.settledCommandsMax - 1)
        #expect(settled.above == [first + 2 * Limits.settledCommandsMax])
        #expect(settled.standing(of: "x", number: 3) == .passed)
        #expect(settled.kept.count == Limits.keptCommandsMax && settled.kept.last?.id == "last")
    }

    @Test("numberPassed keeps the id alone")
    func passing() {
        var settled = settled([1, 2])
        let before = settled
        settled.pass("x", number: 1)
        #expect(settled.standing(of: "x", number: 1) == .answered)
        #expect(settled.through == before.through && settled.highest == 2 && settled.above.isEmpty)
    }
}

import LockerDomain
import StationBooks
import StationCore
import SyncWire
import Testing

@Suite("The order of commands")
struct CommandOrderTests {
    private func list(_ numbers: [Int]) -> CommandList {
        CommandList(commands: numbers.map(Shelf.command), time: "2026-05-11T00:00:00.000Z")
    }

    private func settled(_ numbers: [Int]) -> SettledCommands {
        numbers.reduce(into: SettledCommands()) { $0.settle("c\($1)", number: $1) }
    }

    /// Numbers of a list in the order in which they are tried.
    private func tried(_ order: inout CommandOrder, _ numbers: [Int], done: [Int] = [], at uptime: Int64 = 0) -> [Int] {
        var due = order.begin(list(numbers), takesCommands: true, at: uptime, random: 0)
        var (settled, tried) = (settled(done), [Int]())
        while let message = due.next(after: settled) {
            tried.append(message.number)
            settled.settle(message.id, number: message.number)
        }
        return tried
    }

    @Test("by number, none twice, none that is answered already; one before the last that was done is tried, too")
    func numbers() {
        let rows: [(listed: [Int], done: [Int], tried: [Int])] = [
            ([], [], []), ([1, 2, 3], [], [1, 2, 3]), ([3, 1, 2], [], [1, 2, 3]), ([2, 2, 1, 2], [], [1, 2]),
            ([1, 2, 3], [1, 2], [3]), ([1, 2, 3], [1, 2, 3], []), ([7, 5], [6], [5, 7]), ([2, 3], [3], [2]),
        ]
        for row in rows {
            var order = CommandOrder()
            #expect(tried(&order, row.listed, done: row.done) == row.tried)
        }
    }

    @Test("one that cannot be done has a pause of its own, which grows; none behind it waits")
    func pause() {
        var order = CommandOrder()
        let one = Shelf.command(1)
        let isFirst = order.putOff(one, "no manifest", at: 10_000, random: .max)
        #expect(isFirst && order.nextTry(at: 10_000) == 1_000 && order.pauseLeft(at: 10_000) == 0)
        #expect(!order.isDue(list([1]), after: settled([]), at: 10_999))
        #expect(order.isDue(list([1, 2]), after: settled([]), at: 10_999))
        #expect(tried(&order, [1, 2, 3], at: 10_999) == [2, 3])
        #expect(tried(&order, [1, 2, 3], done: [2], at: 11_000) == [3, 1], "what is new comes first")
        let isSecond = order.putOff(one, "no manifest", at: 11_000, random: .max)
        #expect(!isSecond && order.nextTry(at: 11_000) == 2_000)
        order.settled(one)
        #expect(order.nextTry(at: 11_000) == nil && tried(&order, [1], at: 11_000) == [1])
    }

    @Test("a link that comes up ends the pauses, and not the memory since when a command waits")
    func endPauses() {
        var order = CommandOrder()
        order.putOff(Shelf.command(1), "no manifest", at: 0, random: .max)
        order.endPauses()
        #expect(tried(&order, [1], at: 1) == [1])
        order.putOff(Shelf.command(1), "no link", at: 5, random: .max)
        #expect(order.putOff(at: Limits.putOffMilliseconds - 1).isEmpty)
        let late = order.putOff(at: Limits.putOffMilliseconds)
        #expect(late.map(\.number) == [1] && late.first?.reason == "no link" && late.first?.since == 0)
    }

    @Test("one that is listed no longer is forgotten, and so are some of very many")
    func forgotten() {
        var order = CommandOrder()
        for number in 1...Limits.putOffCommandsMax + 5 {
            order.putOff(Shelf.command(number), "no manifest", at: 0, random: 0)
        }
        #expect(order.putOff(at: Limits.putOffMilliseconds).count == Limits.putOffCommandsMax)
        _ = tried(&order, [1], at: Limits.putOffForgottenMilliseconds)
        #expect(order.putOff(at: Limits.putOffMilliseconds).map(\.number) == [1])
    }

    @Test("a disk that takes no commands begins a pause of all, but not for an empty list and not during a pause")
    func storage() {
        var order = CommandOrder()
        var due = order.begin(list([]), takesCommands: false, at: 0, random: .max)
        #expect(order.pauseLeft(at: 0) == 0)
        due = order.begin(list([1]), takesCommands: false, at: 0, random: .max)
        let none = due.next(after: settled([]))
        #expect(none == nil && order.pauseLeft(at: 0) == 1_000 && order.nextTry(at: 0) == 1_000)
        due = order.begin(list([1]), takesCommands: false, at: 500, random: .max)
        let still = due.next(after: settled([]))
        #expect(still == nil && order.pauseLeft(at: 500) == 500)
        order.diskFailed(at: 1_000, random: .max)
        #expect(order.pauseLeft(at: 1_000) == 2_000)
        #expect(!order.isDue(list([2]), after: settled([]), at: 2_999))
    }

    @Test("an answer to a batch that lists only what is answered hands nothing over; a passed number is handed over")
    func nothingNew() {
        let order = CommandOrder()
        #expect(!order.isDue(list([]), after: settled([]), at: 0))
        #expect(!order.isDue(list([1, 2]), after: settled([1, 2]), at: 0))
        #expect(order.isDue(list([1, 3]), after: settled([1, 2]), at: 0))
        var other = SettledCommands()
        other.settle("lost", number: 1)
        #expect(order.isDue(list([1]), after: other, at: 0))
    }
}

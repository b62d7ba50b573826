import LockerDomain
import StationCore
import SyncWire
import Testing

@Suite("The order of commands")
struct CommandOrderTests {
    private func list(_ numbers: [Int]) -> CommandList {
        CommandList(commands: numbers.map(Shelf.command), time: "2026-05-11T00:00:00.000Z")
    }

    /// Numbers in the order in which they are carried out, each of which is done.
    private func order(_ numbers: [Int], after last: Int) -> [Int] {
        var order = CommandOrder()
        var due = order.begin(list(numbers), takesCommands: true, at: 0, random: 0)
        var (done, carried) = (last, [Int]())
        while let message = due.next(after: done) {
            carried.append(message.number)
            done = message.number
        }
        return carried
    }

    @Test("by number, none twice, none that is done already")
    func numbers() {
        let rows: [(listed: [Int], last: Int, carried: [Int])] = [
            ([], 0, []), ([1, 2, 3], 0, [1, 2, 3]), ([3, 1, 2], 0, [1, 2, 3]), ([2, 2, 1, 2], 0, [1, 2]),
            ([1, 2, 3], 2, [3]), ([1, 2, 3], 3, []), ([7, 5], 2, [5, 7]),
        ]
        for row in rows { #expect(order(row.listed, after: row.last) == row.carried) }
    }

    @Test("a number that was passed over does not keep those behind it")
    func passedOver() {
        var order = CommandOrder()
        var due = order.begin(list([1, 2, 2, 3]), takesCommands: true, at: 0, random: 0)
        let numbers = (0..<5).map { _ in due.next(after: 0)?.number }
        #expect(numbers == [1, 2, 2, 3, nil])
    }

    @Test("one that could not be done begins a pause, in which nothing is due; the pauses grow until one is done")
    func pause() {
        var order = CommandOrder()
        let listed = list([1])
        func isDue(at uptime: Int64) -> Bool {
            var copy = order
            var due = copy.begin(listed, takesCommands: true, at: uptime, random: .max)
            let isListed = order.isDue(listed, after: 0, at: uptime)
            #expect(isListed == (due.next(after: 0) != nil))
            return isListed
        }
        #expect(isDue(at: 0))
        order.failed(at: 10_000, random: .max)
        #expect(order.pauseLeft(at: 10_000) == 1_000 && !isDue(at: 10_999) && isDue(at: 11_000))
        order.failed(at: 11_000, random: .max)
        #expect(order.pauseLeft(at: 11_000) == 2_000 && !isDue(at: 12_999) && isDue(at: 13_000))
        order.succeeded()
        #expect(isDue(at: 11_000))
        order.failed(at: 20_000, random: .max)
        #expect(order.pauseLeft(at: 20_000) == 1_000)
    }

    @Test("a disk that takes no commands begins a pause, but not for an empty list and not during a pause")
    func storage() {
        var order = CommandOrder()
        var due = order.begin(list([]), takesCommands: false, at: 0, random: .max)
        #expect(order.pauseLeft(at: 0) == 0)
        due = order.begin(list([1]), takesCommands: false, at: 0, random: .max)
        let none = due.next(after: 0)
        #expect(none == nil && order.pauseLeft(at: 0) == 1_000)
        due = order.begin(list([1]), takesCommands: false, at: 500, random: .max)
        let still = due.next(after: 0)
        #expect(still == nil && order.pauseLeft(at: 500) == 500)
    }

    @Test("an answer to a batch that lists only what is done hands nothing over")
    func nothingNew() {
        let order = CommandOrder()
        #expect(!order.isDue(list([]), after: 0, at: 0))
        #expect(!order.isDue(list([1, 2]), after: 2, at: 0))
        #expect(order.isDue(list([1, 3]), after: 2, at: 0))
    }
}

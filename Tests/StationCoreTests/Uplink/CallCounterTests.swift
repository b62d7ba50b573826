import LockerDomain
import PortFakes
import StationCore
import StationPorts
import SyncWire
import Testing

@Suite("Numbers of calls")
struct CallCounterTests {
    private let noon: Int64 = 1_778_544_000_000

    /// A counter that has given so many numbers.
    private func counter(_ start: Int, given: Int, healings: [Int64] = []) -> CallCounter {
        var counter = CallCounter(StartRecord(number: start, healings: CounterHealings(healings)))
        for n in 1...given { #expect(counter.next() == LockerCounter(start: start, n: n)) }
        return counter
    }

    @Test(
        "what to do about a refused call",
        arguments: [
            (5, 40, LockerCounter(start: 9, n: 1), CallCounter.Repair.raise(above: 9)),
            (5, 40, LockerCounter(start: 5, n: 97), .raise(above: 5)),
            (5, 40, LockerCounter(start: 5, n: 40), .nextCall), (5, 40, LockerCounter(start: 5, n: 38), .nextCall),
            (9, 3, LockerCounter(start: 5, n: 40), .nextCall),
        ]
    )
    func repair(_ row: (start: Int, given: Int, highest: LockerCounter, repair: CallCounter.Repair)) {
        #expect(counter(row.start, given: row.given).repair(after: row.highest, at: noon) == row.repair)
    }

    @Test("numbers of calls that were never sent are given again, and count for nothing")
    func neverSent() {
        var counter = counter(5, given: 4)
        for n in [1, 3, 4, 2] { counter.giveBack(LockerCounter(start: 5, n: n)) }
        #expect(counter.repair(after: LockerCounter(start: 5, n: 1), at: noon) == .raise(above: 5))
        #expect(counter.next() == LockerCounter(start: 5, n: 1))
        #expect(counter.next() == LockerCounter(start: 5, n: 2))
        counter.giveBack(LockerCounter(start: 5, n: 1))
        counter.giveBack(LockerCounter(start: 4, n: 2))
        #expect(counter.repair(after: LockerCounter(start: 5, n: 2), at: noon) == .nextCall)
        #expect([counter.next()?.n, counter.next()?.n] == [1, 3])
    }

    @Test("after the third healing of a day none follows until the day is over; a next call still does")
    func twoBoards() {
        let counter = counter(5, given: 40, healings: [noon - 3, noon - 2, noon - 1])
        #expect(counter.isShared(at: noon))
        #expect(counter.repair(after: LockerCounter(start: 9, n: 1), at: noon) == .twoBoards)
        #expect(counter.repair(after: LockerCounter(start: 5, n: 38), at: noon) == .nextCall)
        let later = noon + Limits.healingDayMilliseconds
        #expect(counter.repair(after: LockerCounter(start: 9, n: 1), at: later) == .raise(above: 9))
    }

    @Test("two stations with one identity, played against the county's window, come to rest")
    func rest() throws {
        var window = CounterWindow()
        let keys = [MemoryKeys(), MemoryKeys()]
        // The copy was started once more.
        _ = try keys[1].nextStart()
        var counters = try keys.map { CallCounter(try $0.beginStart()) }
        var writes = 0
        for call in 0..<1_000 {
            let board = call % 2
            let given = counters[board].next()
            let next = try #require(given)
            guard case .replayed(let highest) = window.take(next),
                case .raise(let start) = counters[board].repair(after: highest, at: noon)
            else { continue }
            writes += 1
            counters[board] = CallCounter(try keys[board].raiseStart(above: start, at: noon))
            let healed = counters[board].next()
            let again = try #require(healed)
            #expect(window.take(again) == .new)
        }
        #expect(writes <= 2 * Limits.healingsMax)
        #expect(counters.contains { $0.isShared(at: noon) })
    }

    @Test("a start number only rises, keeps its healings, and says what to do at its end")
    func starts() throws {
        let keys = MemoryKeys()
        #expect(try keys.nextStart() == 1)
        #expect(try keys.raiseStart(above: 9, at: noon).number == 10)
        #expect(try keys.raiseStart(above: 3, at: noon).number == 11)
        #expect(try keys.beginStart().healings.times == [noon, noon])
        #expect(try keys.beginStart(isEnrolled: true).healings.times == [])
        #expect(try keys.start().number == 13)
        #expect(throws: StartRecord.Spent.self) { try keys.raiseStart(above: Limits.counterMax, at: noon) }
        #expect(try keys.start().number == 13)
        try keys.keep(StartRecord(number: Limits.counterMax))
        let spent = #expect(throws: StartRecord.Spent.self) { try keys.nextStart() }
        #expect(spent?.description.hasSuffix("move the keys folder away and enrol anew") == true)
    }
}

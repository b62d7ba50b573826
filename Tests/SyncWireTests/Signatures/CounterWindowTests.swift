import LockerDomain
import PortFakes
import SyncWire
import Testing

@Suite("Window of counters")
struct CounterWindowTests {
    private func counter(_ start: Int, _ n: Int) -> LockerCounter { LockerCounter(start: start, n: n) }

    @Test("the rows of its table")
    func table() {
        var window = CounterWindow()
        #expect(window.highest == nil)
        for n in [17, 18, 20, 19] { #expect(window.take(counter(3, n)) == .new) }
        #expect(window.take(counter(3, 19)) == .replayed(highest: counter(3, 20)))
        #expect(window.take(counter(4, 2)) == .new)
        #expect(window.take(counter(4, 1)) == .new)
        #expect(window.take(counter(3, 21)) == .replayed(highest: counter(4, 2)))
        #expect(window.take(counter(4, 1)) == .replayed(highest: counter(4, 2)))
    }

    @Test("a call may be overtaken by 63 others, and not by 64", arguments: [63, 64])
    func edge(_ others: Int) {
        var window = CounterWindow()
        _ = window.take(counter(1, 1))
        for n in 3..<(3 + others) { #expect(window.take(counter(1, n)) == .new) }
        let late = window.take(counter(1, 2))
        #expect(late == (others == 63 ? .new : .replayed(highest: counter(1, 2 + others))))
    }

    @Test("numbers at their end, and leaps between them, are taken once")
    func ends() {
        var window = CounterWindow()
        for n in [0, Limits.counterMax, Limits.counterMax - 63] {
            #expect(window.take(counter(Limits.counterMax, n)) == .new)
            #expect(window.take(counter(Limits.counterMax, n)) != .new)
        }
        #expect(window.take(counter(Limits.counterMax, Limits.counterMax - 64)) != .new)
    }

    @Test("it is kept as three numbers")
    func kept() throws {
        var window = CounterWindow()
        for n in [1, 2, 66, 64] { _ = window.take(counter(9, n)) }
        let highest = try #require(window.highest)
        #expect(CounterWindow(start: highest.start, n: highest.n, bits: window.bits) == window)
        var empty = CounterWindow(start: -1, n: -1, bits: -1)
        #expect(empty.highest == nil)
        #expect(empty.take(counter(0, 0)) == .new)
    }

    @Test("whatever comes in whatever order: what is new there is new to a list of all that came", arguments: 0..<20)
    func model(_ seed: UInt64) throws {
        let entropy = SeededEntropy(seed: seed)
        var window = CounterWindow()
        var came: Set<LockerCounter> = []
        for _ in 0..<500 {
            let bytes = entropy.bytes(2)
            let next = counter(1 + Int(bytes[0]) / 100, Int(bytes[1]))
            let top = came.max()
            let isOld = top.map { next.start < $0.start || next.start == $0.start && next.n <= $0.n - 64 } ?? false
            let isNew = !isOld && came.insert(next).inserted
            #expect(window.take(next) == (isNew ? .new : .replayed(highest: try #require(top))))
        }
    }
}

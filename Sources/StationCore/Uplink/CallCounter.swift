import LockerDomain
package import StationPorts
package import SyncWire

/// Numbers the station's calls (`Locker-Counter`), and says what to do when the county says *replayed* (DESIGN 4.3). Pure.
///
/// | own start | its last n | the county's highest | then |
/// | --- | --- | --- | --- |
/// | 5 | 40 | 9.1 | heal: an old card image, or a lost start number |
/// | 5 | 40 | 5.97 | heal: this start never gave 97, so another board did |
/// | 5 | 40 | 5.38 | the next n: calls overtook each other by far, or somebody played one of ours |
/// | 9 | 3 | 5.40 | the next n: another call has healed it meanwhile |
///
/// The first call of a start goes alone, and is one that is refused when its counter is not new. So two boards that run in
/// turn, and give the same start number, find each other once the other one has made two calls.
///
/// The third healing within a day means that two boards raise their numbers over each other's. From then on this station
/// heals no more, until a day has passed or somebody enrols it: whichever board has the higher number goes on, the calls of
/// the other are refused, and its events still arrive, since a batch is stored whatever its counter is.
package struct CallCounter: Sendable, Hashable {
    /// What to do about a refused counter before the call is sent again.
    package enum Repair: Sendable, Hashable {
        /// Nothing: the next n is new.
        case nextCall
        /// The start number has to rise above this one, durably.
        case raise(above: Int)
        /// Nothing that this station may do.
        case twoBoards
    }

    /// The highest that is in use.
    private var last: LockerCounter
    /// Numbers below it whose calls were never sent.
    private var unsent: Set<Int> = []
    private var healings: CounterHealings

    /// - Parameter start: as it was kept for this start.
    package init(_ start: StartRecord) {
        last = LockerCounter(start: start.number, n: 0)
        healings = start.healings
    }

    /// The counter of the next call; `nil` when this start has made all of its calls and another one has to begin.
    package mutating func next() -> LockerCounter? {
        if let n = unsent.min() {
            unsent.remove(n)
            return LockerCounter(start: last.start, n: n)
        }
        guard last.n < Limits.counterMax else { return nil }
        last.n += 1
        return last
    }

    /// A call was never sent, for want of a connection: its number is given again. Else a board that starts before its network
    /// has used up more numbers than another with the same start, and does not see that those were taken.
    package mutating func giveBack(_ counter: LockerCounter) {
        guard counter.start == last.start, counter.n <= last.n else { return }
        unsent.insert(counter.n)
        while unsent.remove(last.n) != nil { last.n -= 1 }
    }

    /// What to do when the county refused a call and names its highest.
    ///
    /// - Parameter wall: milliseconds since 1970.
    package func repair(after highest: LockerCounter, at wall: Int64) -> Repair {
        guard highest > last else { return .nextCall }
        return isShared(at: wall) ? .twoBoards : .raise(above: highest.start)
    }

    /// Whether two boards have this station's identity.
    package func isShared(at wall: Int64) -> Bool { healings.isTooMany(at: wall) }
}

import LockerDomain

/// Which counters of one key came: the highest start, and which of its last `Limits.counterWindowMax` calls. So parallel
/// calls may overtake each other, and none is taken twice (DESIGN 4.3). Pure.
///
/// | highest | came | then | |
/// | --- | --- | --- | --- |
/// | 3.18 | 17, 18 | 3.20 | new |
/// | 3.20 | 17, 18, 20 | 3.19 | new: it was overtaken |
/// | 3.20 | 17, 18, 19, 20 | 3.19 | replayed, highest 3.20 |
/// | 3.20 | … | 4.2 | new: all of start 3 is over |
/// | 4.2 | 2 | 4.1 | new |
/// | 4.2 | 1, 2 | 3.21 | replayed, highest 4.2 |
public struct CounterWindow: Sendable, Hashable {
    /// What a counter is.
    public enum Taking: Sendable, Hashable {
        case new
        /// It came already, or is older than what is remembered.
        case replayed(highest: LockerCounter)
    }

    /// `nil` before the first.
    public private(set) var highest: LockerCounter?
    /// Bit i: the call `highest.n - i` came.
    private var came: UInt64

    /// Nothing came.
    public init() { (highest, came) = (nil, 0) }

    /// As it was kept: a negative `start` when nothing came; `bits` as `bits` gave it.
    public init(start: Int, n: Int, bits: Int64) {
        highest = start < 0 ? nil : LockerCounter(start: start, n: n)
        came = UInt64(bitPattern: bits)
    }

    /// Which of the last calls came, to be kept beside the highest.
    public var bits: Int64 { Int64(bitPattern: came) }

    /// Takes a counter; nothing changes when it is not new.
    public mutating func take(_ counter: LockerCounter) -> Taking {
        guard let top = highest, counter.start <= top.start else {
            (highest, came) = (counter, 1)
            return .new
        }
        guard counter.start == top.start else { return .replayed(highest: top) }
        let ahead = counter.n - top.n
        if ahead > 0 {
            came = ahead < Limits.counterWindowMax ? came << UInt64(ahead) | 1 : 1
            highest = counter
            return .new
        }
        let bit: UInt64 = -ahead < Limits.counterWindowMax ? 1 << UInt64(-ahead) : 0
        guard bit != 0, came & bit == 0 else { return .replayed(highest: top) }
        came |= bit
        return .new
    }
}

import LockerDomain

/// `Locker-Counter: <start number>.<n>`: never used twice under a key, so that a recorded request cannot be played again
/// (DESIGN 4.3). Both numbers end at `Limits.counterMax`.
public struct LockerCounter: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// One durable number for each start of the daemon.
    public var start: Int
    /// From 1 in each start.
    public var n: Int

    public init(start: Int, n: Int) {
        self.start = start
        self.n = n
    }

    /// Reads the header; `nil` for anything but two decimal numbers up to `Limits.counterMax` with a dot.
    public init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let start = Int(parts[0]), let n = Int(parts[1]),
            text.utf8.allSatisfy({ $0 == 0x2E || (0x30...0x39).contains($0) }),
            max(start, n) <= Limits.counterMax
        else { return nil }
        self.init(start: start, n: n)
    }

    public var description: String { "\(start).\(n)" }

    public static func < (left: LockerCounter, right: LockerCounter) -> Bool {
        (left.start, left.n) < (right.start, right.n)
    }
}

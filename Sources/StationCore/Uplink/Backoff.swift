import LockerDomain

/// Pauses between tries: exponential from 1 s to 5 min with full jitter; it never gives up (DESIGN 4.3).
///
/// | failures | 1 | 2 | 3 | … | 9 | 10 and more |
/// | --- | --- | --- | --- | --- | --- | --- |
/// | longest pause | 1 s | 2 s | 4 s | … | 256 s | 300 s |
public struct Backoff: Sendable, Hashable {
    public private(set) var failures = 0

    public init() {}

    /// Milliseconds to wait after one more failure. `random` is uniform over all of UInt32.
    public mutating func pause(random: UInt32) -> Int64 {
        failures += 1
        let ceiling = min(
            Limits.backoffMilliseconds << Int64(min(failures - 1, 20)),
            Limits.backoffMillisecondsMax
        )
        return max(1, ceiling * Int64(random) / Int64(UInt32.max))
    }

    /// After a success, or when the link came up.
    public mutating func reset() { failures = 0 }
}

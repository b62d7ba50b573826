/// `n`, by which codes of one waybill differ (DESIGN 4.4): it never falls, and stays below 2³².
public enum CodeCounter {
    /// The next one; at the highest of all it stays there.
    public static func above(_ n: UInt32) -> UInt32 { n == .max ? n : n + 1 }

    /// The next `count` of them; empty at the highest of all.
    public static func next(_ count: UInt32, above n: UInt32) -> Range<UInt64> {
        let first = UInt64(n) + 1
        return first..<min(first + UInt64(count), UInt64(UInt32.max) + 1)
    }
}

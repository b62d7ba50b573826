/// When the counter of a station's calls was healed: a start number that is too low is raised over what the county has
/// (DESIGN 4.3). Once is an old card. Two boards with one identity raise theirs over each other's for ever, so the third
/// healing within a day is a fault, at the station and at the county. Pure.
public struct CounterHealings: Sendable, Hashable, CustomStringConvertible {
    /// Wall times in milliseconds since 1970, the oldest first; the last `Limits.healingsMax` of them.
    public private(set) var times: [Int64]

    public init(_ times: [Int64] = []) { self.times = Array(times.suffix(Limits.healingsMax)) }

    /// Reads `description`; `nil` for another text.
    public init?(_ text: String) {
        var times: [Int64] = []
        for part in text.split(separator: " ") {
            guard let time = Int64(part), part.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
            times.append(time)
        }
        guard times.count <= Limits.healingsMax else { return nil }
        self.times = times
    }

    /// The times with a space between them; empty without any.
    public var description: String { times.map(String.init).joined(separator: " ") }

    /// One more.
    public mutating func record(at wall: Int64) { self = CounterHealings(times + [max(0, wall)]) }

    /// Whether the last three lie within a day of `wall`. Times further off count for nothing, also those ahead of it: the
    /// clock was set since.
    public func isTooMany(at wall: Int64) -> Bool {
        let day = (wall - Limits.healingDayMilliseconds + 1)..<(wall + Limits.healingDayMilliseconds)
        return times.count == Limits.healingsMax && times.allSatisfy(day.contains)
    }
}

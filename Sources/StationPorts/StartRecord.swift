public import LockerDomain

/// What is kept of the start number in `Locker-Counter`: the last one that was used, and when it was healed. Pure.
public struct StartRecord: Sendable, Hashable, CustomStringConvertible {
    /// 0 before the first start, at most `Limits.counterMax`.
    public private(set) var number: Int
    /// Times of the station's clock at which the county had a higher number.
    public private(set) var healings: CounterHealings

    /// The last number is used up.
    public struct Spent: Error, Sendable, CustomStringConvertible {
        public var description: String {
            "start number \(Limits.counterMax) is the last one: move the keys folder away and enrol anew"
        }
    }

    /// A number beyond its bounds counts as the nearest one within.
    public init(number: Int = 0, healings: CounterHealings = CounterHealings()) {
        self.number = min(max(0, number), Limits.counterMax)
        self.healings = healings
    }

    /// Reads `description`; `nil` for any other text.
    public init?(_ text: String) {
        let parts = text.split(separator: " ", maxSplits: 1)
        guard let number = parts.first.flatMap({ Int($0) }), (0...Limits.counterMax).contains(number),
            let healings = CounterHealings(parts.count > 1 ? String(parts[1]) : "")
        else { return nil }
        self.init(number: number, healings: healings)
        guard description == text else { return nil }
    }

    /// `17`, or `17 1778544000000 1778544060000` with the times of healings.
    public var description: String { healings.times.isEmpty ? "\(number)" : "\(number) \(healings)" }

    /// A start begins, or a start has made all its calls.
    public mutating func begin() throws(Spent) { try rise(above: number) }

    /// The county has a higher number: the next one lies above it.
    ///
    /// - Parameter wall: milliseconds since 1970.
    public mutating func heal(above highest: Int, at wall: Int64) throws(Spent) {
        try rise(above: max(number, highest))
        healings.record(at: wall)
    }

    /// Somebody has enrolled the station: what was before proves nothing any more.
    public mutating func forgetHealings() { healings = CounterHealings() }

    private mutating func rise(above number: Int) throws(Spent) {
        guard number < Limits.counterMax else { throw Spent() }
        self.number = number + 1
    }
}

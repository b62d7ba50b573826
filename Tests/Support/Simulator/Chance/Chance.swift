/// The only source of chance in a world (SplitMix64): the same seed gives the same days everywhere, whatever the
/// standard library does with its own generators.
public struct Chance: RandomNumberGenerator, Sendable {
    private var state: UInt64

    public init(seed: UInt64) { state = seed }

    public mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    /// A number of a closed range; the tiny bias of the remainder does not matter here.
    mutating func within(_ range: ClosedRange<Int64>) -> Int64 {
        range.lowerBound + Int64(next() % UInt64(range.upperBound - range.lowerBound + 1))
    }

    mutating func count(_ range: ClosedRange<Int>) -> Int {
        Int(within(Int64(range.lowerBound)...Int64(range.upperBound)))
    }

    /// Whether something happens that happens so many times in a thousand.
    mutating func happens(_ perMille: Int) -> Bool { next() % 1_000 < UInt64(max(0, perMille)) }

    mutating func pick<Element>(_ choices: [Element]) -> Element? {
        choices.isEmpty ? nil : choices[count(0...choices.count - 1)]
    }

    mutating func digits(_ length: Int) -> String {
        String((0..<length).map { _ in Character(String(next() % 10)) })
    }

    mutating func bytes(_ length: Int) -> [UInt8] { (0..<length).map { _ in UInt8(truncatingIfNeeded: next() >> 24) } }

    /// A time between two clock times of a day, milliseconds.
    mutating func timeOfDay(_ from: Int64, _ to: Int64) -> Int64 { within(from * Span.hour...to * Span.hour) }
}

/// Milliseconds.
enum Span {
    static let second: Int64 = 1_000
    static let minute: Int64 = 60_000
    static let hour: Int64 = 3_600_000
    static let day: Int64 = 86_400_000
}

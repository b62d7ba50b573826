import LockerTestKit

/// The only source of chance in a world: the same seed gives the same days everywhere.
public struct Chance: RandomNumberGenerator, Sendable {
    private var core: SplitMix

    public init(seed: UInt64) { core = SplitMix(seed: seed) }

    public mutating func next() -> UInt64 { core.next() }

    /// A number of a closed range; the tiny bias of the remainder does not matter here.
    package mutating func within(_ range: ClosedRange<Int64>) -> Int64 {
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

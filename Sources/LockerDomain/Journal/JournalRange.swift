/// A run of events of one journal, first and last included.
public struct JournalRange: Sendable, Hashable, CustomStringConvertible {
    /// As in `JournalPosition`.
    public var generation: Int
    /// From 1.
    public var sequences: ClosedRange<Int>

    public init(generation: Int, sequences: ClosedRange<Int>) {
        self.generation = generation
        self.sequences = sequences
    }

    /// Where the last of them stands.
    public var last: JournalPosition { JournalPosition(generation: generation, sequence: sequences.upperBound) }
    /// Behind it they begin.
    public var front: JournalPosition { JournalPosition(generation: generation, sequence: sequences.lowerBound - 1) }
    /// `1.19-22`
    public var description: String { "\(generation).\(sequences.lowerBound)-\(sequences.upperBound)" }
}

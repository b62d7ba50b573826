/// Where an event stands for ever: which journal of the station, which number. Written `GENERATION.SEQUENCE`.
public struct JournalPosition: Sendable, Hashable, Comparable, Codable, LosslessStringConvertible {
    /// Rising number of the incarnation within the station's file, from 1.
    public var generation: Int
    /// From 1 in each incarnation; 0 stands before the first event.
    public var sequence: Int

    /// A position from its numbers.
    public init(generation: Int, sequence: Int) {
        self.generation = generation
        self.sequence = sequence
    }

    /// Reads `1.57`.
    public init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
            let generation = Int(parts[0]), let sequence = Int(parts[1]), (1..<1 << 22).contains(generation),
            sequence < 1 << 40
        else { return nil }
        self.init(generation: generation, sequence: sequence)
    }

    /// The text that `init(_:)` reads.
    public var description: String { "\(generation).\(sequence)" }

    /// By generation, then by number.
    public static func < (left: JournalPosition, right: JournalPosition) -> Bool {
        (left.generation, left.sequence) < (right.generation, right.sequence)
    }
}

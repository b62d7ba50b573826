/// What is known of one place in a chain.
public struct ChainMark: Sendable, Hashable {
    /// Hash behind the line; `nil` within a lost range, but for its last.
    public var hash: [UInt8]?
    /// Whether the line is stored; `false` in a lost range.
    public var isStored: Bool

    public init(hash: [UInt8]?, isStored: Bool = true) {
        self.hash = hash
        self.isStored = isStored
    }
}

/// What is stored of one incarnation of a journal: the verbs that `ChainBook` needs.
///
/// A lost range is a run of sequences whose lines the station could not read any more. They count as acknowledged, no
/// line is stored for them, and the hash behind the last of them is known.
public protocol ChainStore {
    /// What goes wrong with the disk behind it; `Never` in memory.
    associatedtype Fault: Error

    /// Highest sequence up to which every line is stored or known as lost; 0 when nothing is.
    var acknowledged: Int { get }
    /// Hash behind that line; `Chain.start` when nothing is stored.
    var end: [UInt8] { get }
    /// What is known of lines, in order. Asked only within 1 and `acknowledged`.
    func hashes(_ sequences: ClosedRange<Int>) throws(Fault) -> [ChainMark]
    /// Whether a line of this sequence, with this hash behind it (any hash when that is `nil`), stands beside the chain.
    func holdsBeside(_ hash: [UInt8]?, at sequence: Int) throws(Fault) -> Bool
    /// Puts lines that follow on the end of the chain; behind the last of them is its new end.
    mutating func append(_ lines: ArraySlice<ChainLine>) throws(Fault)
    /// Notes everything behind the end, up to here, as lost: its new end, with this hash.
    mutating func lose(through sequence: Int, hash: [UInt8]) throws(Fault)
    /// Puts lines into the lost range that ends with the last of them. What is still missing of it ends with the hash in
    /// front of the first.
    mutating func fill(_ lines: ArraySlice<ChainLine>) throws(Fault)
    /// Keeps lines beside the chain; those that are there already are not kept twice.
    mutating func keepBeside(_ lines: ArraySlice<ChainLine>) throws(Fault)
}

public import SyncWire

/// One incarnation of a journal at a county in memory.
public struct PlainChain: ChainStore, Sendable {
    public typealias Fault = Never

    /// The chain, from sequence 1 on. A lost line has no bytes, and no hash unless it is the last of its range.
    public var lines: [(bytes: [UInt8], hash: [UInt8])] = []
    /// Lines beside the chain, by the hash behind them.
    public var beside: [[UInt8]: ChainLine] = [:]

    public init() {}

    /// A chain of these lines.
    public init(_ lines: some Sequence<[UInt8]>) {
        for bytes in lines { self.lines.append((bytes, Chain.next(after: end, bytes: bytes))) }
    }

    public var acknowledged: Int { lines.count }
    public var end: [UInt8] { lines.last?.hash ?? Chain.start }

    /// Sequences of lost lines.
    public var lost: [Int] { lines.indices.filter { lines[$0].bytes.isEmpty }.map { $0 + 1 } }

    public func hashes(_ sequences: ClosedRange<Int>) -> [ChainMark] {
        lines[sequences.lowerBound - 1..<sequences.upperBound].map { line in
            ChainMark(hash: line.hash.isEmpty ? nil : line.hash, isStored: !line.bytes.isEmpty)
        }
    }

    public func holdsBeside(_ hash: [UInt8]?, at sequence: Int) -> Bool {
        guard let hash else { return beside.values.contains { $0.sequence == sequence } }
        return beside[hash]?.sequence == sequence
    }

    public mutating func append(_ lines: ArraySlice<ChainLine>) {
        for line in lines { self.lines.append((line.bytes, line.hash)) }
    }

    public mutating func lose(through sequence: Int, hash: [UInt8]) {
        while lines.count < sequence { lines.append(([], [])) }
        lines[sequence - 1].hash = hash
    }

    public mutating func fill(_ lines: ArraySlice<ChainLine>) {
        for line in lines { self.lines[line.sequence - 1] = (line.bytes, line.hash) }
        guard let first = lines.first, first.sequence > 1 else { return }
        self.lines[first.sequence - 2].hash = first.before
    }

    public mutating func keepBeside(_ lines: ArraySlice<ChainLine>) {
        for line in lines { beside[line.hash] = line }
    }

    /// Whether a line of this sequence, with this hash behind it, stands in the chain or beside it.
    public func holds(_ hash: [UInt8], at sequence: Int) -> Bool {
        self[sequence]?.hash == hash || holdsBeside(hash, at: sequence)
    }

    /// The stored line of a sequence.
    public subscript(sequence: Int) -> (bytes: [UInt8], hash: [UInt8])? {
        lines.indices.contains(sequence - 1) ? lines[sequence - 1] : nil
    }
}

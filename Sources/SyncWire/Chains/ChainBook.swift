/// What is stored of one incarnation of a journal: the verbs that `ChainBook` needs.
public protocol ChainStore {
    /// What goes wrong with the disk behind it; `Never` in memory.
    associatedtype Fault: Error

    /// Highest contiguous sequence that is stored; 0 when nothing is.
    var acknowledged: Int { get }
    /// Hash behind that line; `Chain.start` when nothing is stored.
    var end: [UInt8] { get }
    /// Hashes behind stored lines, in order; asked only within 1 and `acknowledged`.
    func hashes(_ sequences: ClosedRange<Int>) throws(Fault) -> [[UInt8]]
    /// Whether a line of this sequence, with this hash behind it, stands beside the chain.
    func holdsBeside(_ hash: [UInt8], at sequence: Int) throws(Fault) -> Bool
    /// Puts lines that follow on the end of the chain; behind the last of them is its new end.
    mutating func append(_ lines: ArraySlice<ChainLine>) throws(Fault)
    /// Keeps lines beside the chain; those that are there already are not kept twice.
    mutating func keepBeside(_ lines: ArraySlice<ChainLine>) throws(Fault)
}

/// Decides what becomes of a batch, from the hashes that are known: exactly once, in order, and nothing that is well
/// signed is thrown away (DESIGN 4.3). Pure and synchronous; at most one question and one change of the store a batch.
public enum ChainBook {
    /// What became of a batch.
    public enum Outcome: Sendable, Hashable {
        /// All of it is stored, now or before; the highest contiguous sequence and the hash behind it.
        case stored(acknowledged: Int, hash: [UInt8])
        /// Events before it are missing, nothing of it is stored; the sequence that is expected.
        case gap(expected: Int)
        /// Other bytes stand under this sequence or before it; the lines from here on are kept beside the chain.
        case forked(sequence: Int)

        /// Where the chain ends now, for the acknowledgement. Throws the `Problem` (409) that the station is told when
        /// the batch is not in the chain.
        ///
        /// - Parameter header: the batch's.
        public func acknowledged(_ header: ChainHeader) throws(Problem) -> (sequence: Int, hash: [UInt8]) {
            switch self {
            case .stored(let acknowledged, let hash): return (acknowledged, hash)
            case .gap(let expected):
                throw Problem(
                    .gap,
                    status: 409,
                    title: "Events are missing",
                    detail: "the batch begins at \(header.first), the county has up to \(expected - 1)",
                    expected: expected
                )
            case .forked(let sequence):
                throw Problem(
                    .chainForked,
                    status: 409,
                    title: "The chain forked",
                    detail: "other bytes are stored under or before \(sequence); these are kept beside them"
                )
            }
        }
    }

    /// An outcome, and what the books have to learn from.
    public struct Taken: Sendable {
        public var outcome: Outcome
        /// Lines that came into the chain now; none of them did before.
        public var fresh: ArraySlice<ChainLine>

        /// Says what became of a batch.
        public init(_ outcome: Outcome, fresh: ArraySlice<ChainLine> = []) {
            self.outcome = outcome
            self.fresh = fresh
        }
    }

    /// Takes a batch into what is stored of its incarnation. Throws what the store throws; some of the batch may be in
    /// the store then, so a store on a disk is used within a transaction.
    public static func take<Store: ChainStore>(
        _ batch: ChainBatch,
        into store: inout Store
    ) throws(Store.Fault) -> Taken {
        let (header, next) = (batch.header, store.acknowledged + 1)
        if header.first > next {
            // The tail of a branch goes on: a station sends all of it, batch by batch.
            guard try store.holdsBeside(header.before, at: header.first - 1) else {
                return Taken(.gap(expected: next))
            }
            try store.keepBeside(batch.lines[...])
            return Taken(.forked(sequence: header.first))
        }
        if let fork = try fork(of: batch, from: store) {
            try store.keepBeside(batch.lines[(fork - header.first)...])
            return Taken(.forked(sequence: fork))
        }
        let fresh = batch.lines.dropFirst(next - header.first)
        if !fresh.isEmpty { try store.append(fresh) }
        return Taken(.stored(acknowledged: store.acknowledged, hash: store.end), fresh: fresh)
    }

    /// The first sequence at which a batch leaves the stored chain; equal hashes mean equal bytes all the way back.
    private static func fork<Store: ChainStore>(
        of batch: ChainBatch,
        from store: borrowing Store
    ) throws(Store.Fault) -> Int? {
        let (header, acknowledged) = (batch.header, store.acknowledged)
        if header.first > acknowledged { return header.before == store.end ? nil : header.first }
        let ours = try store.hashes(max(1, header.first - 1)...min(header.last, acknowledged))
        // In front of sequence 1 there is no line, and one hash for all.
        let isFirst = header.first == 1
        guard isFirst || ours.first == header.before else { return header.first }
        return zip(batch.lines, ours.dropFirst(isFirst ? 0 : 1)).first { $0.hash != $1 }?.0.sequence
    }
}

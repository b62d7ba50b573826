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
        /// Lines that came into the chain at its end now; none of them did before.
        public var fresh: ArraySlice<ChainLine>
        /// Lines that came into lost ranges now, behind what followed on them.
        public var found: [ChainLine]

        /// Says what became of a batch.
        public init(_ outcome: Outcome, fresh: ArraySlice<ChainLine> = [], found: [ChainLine] = []) {
            self.outcome = outcome
            self.fresh = fresh
            self.found = found
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
            if try goesOnBeside(header, in: store) {
                try store.keepBeside(batch.lines[...])
                return Taken(.forked(sequence: header.first))
            }
            // Only what is not here is lost.
            guard let lost = header.lost, lost.lowerBound <= next else { return Taken(.gap(expected: next)) }
            try store.lose(through: lost.upperBound, hash: header.before)
            try store.append(batch.lines[...])
            return Taken(.stored(acknowledged: store.acknowledged, hash: store.end), fresh: batch.lines[...])
        }
        let overlap = try overlap(of: batch, with: store)
        for run in overlap.found { try store.fill(run) }
        let found = overlap.found.flatMap { $0 }
        if let fork = overlap.fork {
            try store.keepBeside(batch.lines[(fork - header.first)...])
            return Taken(.forked(sequence: fork), found: found)
        }
        let fresh = batch.lines.dropFirst(next - header.first)
        if !fresh.isEmpty { try store.append(fresh) }
        return Taken(.stored(acknowledged: store.acknowledged, hash: store.end), fresh: fresh, found: found)
    }

    /// Whether a batch that does not follow on the chain follows on lines beside it. A lost range hides the hash of what
    /// lies in front of it, so any line beside the chain there tells: a chain is never mended with another one's lines.
    private static func goesOnBeside<Store: ChainStore>(
        _ header: ChainHeader,
        in store: borrowing Store
    ) throws(Store.Fault) -> Bool {
        if try store.holdsBeside(header.before, at: header.first - 1) { return true }
        guard let lost = header.lost, lost.lowerBound > 1 else { return false }
        return try store.holdsBeside(nil, at: lost.lowerBound - 1)
    }

    /// What the part of a batch that lies within the chain says: where it leaves the chain, and what of lost ranges it
    /// brings. Equal hashes mean equal bytes all the way back, so a known hash proves the lines of the batch before it.
    private static func overlap<Store: ChainStore>(
        of batch: ChainBatch,
        with store: borrowing Store
    ) throws(Store.Fault) -> (fork: Int?, found: [ArraySlice<ChainLine>]) {
        let (header, acknowledged) = (batch.header, store.acknowledged)
        if header.first > acknowledged { return (header.before == store.end ? nil : header.first, []) }
        let ours = try store.hashes(max(1, header.first - 1)...min(header.last, acknowledged))
        // In front of sequence 1 there is no line, and one hash for all.
        let isFirst = header.first == 1
        if !isFirst, let front = ours[0].hash, front != header.before { return (header.first, []) }
        var found: [ArraySlice<ChainLine>] = []
        /// Index of the first line since the last known hash that is not stored.
        var unproven: Int?
        for (index, mark) in ours.dropFirst(isFirst ? 0 : 1).enumerated() {
            if !mark.isStored { unproven = unproven ?? index }
            guard let hash = mark.hash else { continue }
            guard batch.lines[index].hash == hash else { return (header.first + (unproven ?? index), found) }
            if let first = unproven { found.append(batch.lines[first...index]) }
            unproven = nil
        }
        return (unproven.map { header.first + $0 }, found)
    }
}

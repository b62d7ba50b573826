import LockerDomain
import PortFakes
import SyncWire

extension Mutant {
    /// Rules of what becomes of a batch: `ChainBook` with one verdict changed, and the books follow the changed one.
    static let ofChains: [Mutant] = [
        chains("the county takes a fork for new events", [CountedOnce()]) { batch, chain in
            let taken = ChainBook.take(batch, into: &chain)
            guard case .forked(let sequence) = taken.outcome, sequence <= chain.acknowledged else { return taken }
            chain.lines.removeSubrange((sequence - 1)...)
            return ChainBook.take(batch, into: &chain)
        },
        chains("the county puts what comes behind a gap into the chain", [AcknowledgedIsStored()]) { batch, chain in
            let taken = ChainBook.take(batch, into: &chain)
            guard case .gap = taken.outcome else { return taken }
            chain.append(batch.lines[...])
            return ChainBook.Taken(batch.asAWhole, fresh: batch.lines[...])
        },
        chains("the county acknowledges a line that it has not stored", [AcknowledgedIsStored()]) { batch, chain in
            var taken = ChainBook.take(batch, into: &chain)
            guard !taken.fresh.isEmpty else { return taken }
            chain.lines.removeLast()
            taken.fresh.removeLast()
            return taken
        },
        chains("the county takes a batch that it knows in part for known", [AcknowledgedIsStored()]) { batch, chain in
            let known = chain.acknowledged
            guard batch.header.first <= known, batch.header.last > known else {
                return ChainBook.take(batch, into: &chain)
            }
            return ChainBook.Taken(batch.asAWhole)
        },
    ]

    private static func chains(
        _ name: String,
        _ invariants: [any Invariant],
        _ judge: @escaping @Sendable (ChainBatch, inout PlainChain) -> ChainBook.Taken
    ) -> Mutant {
        Mutant(name, invariants) { rules in
            rules.take = { books, batch throws(Problem) in try books.take(batch, judge) }
        }
    }
}

extension ChainBatch {
    /// As if all of it were stored.
    fileprivate var asAWhole: ChainBook.Outcome { .stored(acknowledged: header.last, hash: header.after) }
}

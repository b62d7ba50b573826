import CountySQLite
import GRDB
import LockerDomain
public import SyncWire

/// Takes batches into the books: exactly once, durable before it answers, nothing refused that is well signed
/// (DESIGN 4.3). Safe from any task.
public struct Ingest: Sendable {
    private let county: County

    init(_ county: County) { self.county = county }

    /// Stores a batch whose signature was checked.
    ///
    /// - Parameters:
    ///   - body: the batch in clear, in the layout of `Batch`.
    ///   - time: when it came, milliseconds since 1970.
    /// - Throws: `Problem` (400, 413) for a body that is no batch or does not fit its header; `DatabaseError` when the
    ///   disk does not take it, and then nothing of it is stored.
    public func take(
        station: String,
        header: ChainHeader,
        body: [UInt8],
        time: Int64
    ) async throws -> ChainBook.Outcome {
        let batch = try ChainBatch(body, header: header, station: station)
        let stored = try await county.store.commits.write { db in try store(db, batch, of: station, at: time) }
        return announce(stored, of: station)
    }

    /// What became of a batch within a write transaction.
    struct Stored: Sendable {
        fileprivate var outcome: ChainBook.Outcome
        fileprivate var appended: FreshLines.Batch?
    }

    /// Stores a batch within a write transaction.
    func store(_ db: Database, _ batch: ChainBatch, of station: String, at time: Int64) throws -> Stored {
        var chain = try StoredChain(db, station: station, incarnation: batch.header.incarnation, time: time)
        let taken = try ChainBook.take(batch, into: &chain)
        // What is found again late happened before what the books know: it is kept and changes nothing in them.
        if !taken.fresh.isEmpty { try learn(db, taken.fresh, station: station, time: time) }
        return Stored(outcome: taken.outcome, appended: chain.appended)
    }

    /// Tells those who wait for it, once it is durable.
    func announce(_ stored: Stored, of station: String) -> ChainBook.Outcome {
        if let batch = stored.appended { county.store.fresh.keep(batch) }
        county.waiters.eventsCame(station)
        return stored.outcome
    }

    /// Enters into the books what new lines say.
    private func learn(_ db: Database, _ lines: ArraySlice<ChainLine>, station: String, time: Int64) throws {
        let holds = try HoldLedger(db, station: station)
        var isNewJournal = false
        for read in lines.lazy.compactMap(\.read) {
            // A clock that runs ahead must not make anything last longer.
            let happened = read.time.clock.isDated ? min(read.time.wall, time) : time
            let effect = Effect(read.event)
            // It looks into the hold periods.
            if case .parcelMissing? = effect { try holds.flush() }
            try effect?.apply(db, station: station, at: happened, key: county.keys.signing)
            if case .journalReplaced? = effect { isNewJournal = true }
            try holds.take(read.event, at: read.time, on: happened)
        }
        try holds.flush()
        if isNewJournal { try county.tellAgain(db, station: station, now: time) }
    }
}

import FoundationEssentials
import GRDB
import LockerDomain
public import SyncWire

/// Takes batches into the books: exactly once, durable before it answers, nothing refused that is well signed
/// (DESIGN 4.3). Safe from any task.
public struct Ingest: Sendable {
    private let county: County

    init(_ county: County) { self.county = county }

    /// What became of a batch.
    public enum Outcome: Sendable, Hashable {
        /// All of it is stored, now or before; the highest contiguous sequence and the hash behind it.
        case stored(acknowledged: Int, hash: [UInt8])
        /// Events before it are missing; the sequence that is expected.
        case gap(expected: Int)
        /// Other bytes stand under this sequence; these are kept as a branch.
        case forked(sequence: Int)
    }

    /// Stores a batch whose signature was checked.
    ///
    /// - Parameters:
    ///   - body: the batch in clear, in the layout of `Batch`.
    ///   - time: when it came, milliseconds since 1970.
    /// - Throws: `Problem` (400, 413) for a body that is no batch or does not fit its header; `DatabaseError` when the
    ///   disk does not take it, and then nothing of it is stored.
    public func take(station: String, header: ChainHeader, body: [UInt8], time: Int64) async throws -> Outcome {
        let lines = try Self.judge(station: station, header: header, body: body)
        return try await county.store.pool.write { db in
            try keep(db, lines, station: station, header: header, time: time)
        }
    }

    private static func judge(station: String, header: ChainHeader, body: [UInt8]) throws(Problem) -> [JudgedLine] {
        func malformed(_ detail: String) -> Problem {
            Problem(.malformed, status: 400, title: "Not a batch", detail: detail)
        }
        let rows: [[UInt8]]
        do {
            rows = try Batch.split(body, limit: .max)
        } catch {
            throw malformed(error.description)
        }
        guard rows.count <= Limits.batchEventsMax else {
            throw Problem(
                .tooLarge,
                status: 413,
                title: "Too many events",
                detail: "\(rows.count) events in one batch, at most \(Limits.batchEventsMax): send fewer"
            )
        }
        guard rows.count == header.last - header.first + 1 else {
            throw malformed("\(rows.count) lines, Locker-Chain has \(header.first) to \(header.last)")
        }
        guard header.first > 1 || header.before == Chain.start else {
            throw malformed("an incarnation begins at a hash of 32 zero bytes")
        }
        var hash = header.before
        var lines: [JudgedLine] = []
        lines.reserveCapacity(rows.count)
        for row in rows {
            let line = try JudgedLine(
                row,
                sequence: header.first + lines.count,
                after: hash,
                incarnation: header.incarnation,
                station: station
            )
            hash = line.hash
            lines.append(line)
        }
        guard hash == header.after else { throw malformed("the hash behind the last line is not Locker-Chain's after") }
        return lines
    }

    private func keep(
        _ db: Database,
        _ lines: [JudgedLine],
        station: String,
        header: ChainHeader,
        time: Int64
    ) throws -> Outcome {
        try StationRecord.heard(db, station, at: time)
        var chain = try IncarnationRecord.find(db, station: station, id: header.incarnation)
        let acknowledged = chain?.acknowledged ?? 0
        if header.first > acknowledged + 1,
            try Branches.holds(db, station: station, header: header)
        {
            // The tail of a branch goes on: a station sends all of it, batch by batch.
            try Branches.keep(db, lines[...], station: station, incarnation: header.incarnation, time: time)
            return .forked(sequence: header.first)
        }
        guard header.first <= acknowledged + 1 else { return .gap(expected: acknowledged + 1) }
        if let fork = try Self.forkedLine(db, lines, chain: chain, header: header) {
            let branch = lines[(fork - header.first)...]
            try Branches.keep(db, branch, station: station, incarnation: header.incarnation, time: time)
            return .forked(sequence: fork)
        }
        let fresh = lines.dropFirst(max(0, acknowledged - header.first + 1))
        if chain == nil {
            chain = try IncarnationRecord.begin(db, station: station, id: header.incarnation, time: time)
        }
        guard var chain else { return .gap(expected: 1) }
        guard let last = fresh.last else { return .stored(acknowledged: chain.acknowledged, hash: chain.hash) }
        let insert = try db.cachedStatement(
            sql: """
                INSERT INTO event (incarnation, sequence, bytes, hash, type, received, quarantined, reason)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """
        )
        let before = try HoldBook.reckoning(db, station: station)
        var reckoning = before
        for line in fresh {
            try insert.execute(arguments: [
                chain.number, line.sequence, Data(line.bytes), Data(line.hash), line.type, time, line.fault != nil,
                line.fault,
            ])
            // A clock that runs ahead must not make anything last longer.
            let happened = min(line.happened ?? time, time)
            try line.effect?.apply(db, station: station, at: happened)
            guard let read = line.read else { continue }
            try HoldBook.take(db, station: station, read.event, at: read.time, on: happened, &reckoning)
        }
        if reckoning != before { try HoldBook.keep(db, station: station, reckoning) }
        if fresh.contains(where: \.isNewJournal) { try county.tellAgain(db, station: station, now: time) }
        chain.acknowledged = last.sequence
        chain.hash = last.hash
        try chain.save(db)
        return .stored(acknowledged: chain.acknowledged, hash: chain.hash)
    }

    /// The first sequence at which the batch leaves the stored chain. Equal hashes mean equal bytes all the way back.
    private static func forkedLine(
        _ db: Database,
        _ lines: [JudgedLine],
        chain: IncarnationRecord?,
        header: ChainHeader
    ) throws -> Int? {
        guard let chain else { return nil }
        if header.first == chain.acknowledged + 1 { return header.before == chain.hash ? nil : header.first }
        let before = try chain.hash(db, at: header.first - 1)
        guard before == header.before else { return header.first }
        let known = try chain.hashes(db, from: header.first, through: min(header.last, chain.acknowledged))
        return zip(lines, known).first { $0.hash != $1 }?.0.sequence
    }
}

import LockerDomain
import SyncWire

/// A batch as the county gets it: where it stands in the chain, and the bytes (DESIGN 4.3).
struct CountyBatch: Sendable {
    var header: ChainHeader
    var body: [UInt8]
}

/// What the county answers to a batch.
enum CountyAnswer: Sendable, Equatable {
    case stored(acknowledged: Int, hash: [UInt8])
    case gap(expected: Int)
    case forked
    case malformed(String)
}

/// The county's books: every line once, in its chain, and what follows from it. The rules of `CountyReceiver`'s ingest,
/// in memory.
struct CountyBooks: Sendable {
    struct Chain: Sendable {
        var lines: [(bytes: [UInt8], hash: [UInt8])] = []
        var end: [UInt8] { lines.last?.hash ?? SyncWire.Chain.start }
    }

    var chains: [String: Chain] = [:]
    /// Lines beside the chain, kept as evidence.
    var branches = 0
    var ledger = Ledger()

    mutating func take(_ batch: CountyBatch) -> CountyAnswer {
        let header = batch.header
        let rows: [[UInt8]]
        do { rows = try Batch.split(batch.body, limit: Limits.batchEventsMax) } catch { return .malformed("\(error)") }
        guard rows.count == header.last - header.first + 1 else { return .malformed("count") }
        var chain = chains[header.incarnation] ?? Chain()
        let known = chain.lines.count
        guard header.first <= known + 1 else { return .gap(expected: known + 1) }
        let before = header.first == 1 ? SyncWire.Chain.start : chain.lines[header.first - 2].hash
        guard before == header.before else { return fork(rows.count) }
        var hash = before
        var fresh: [EventLine] = []
        for (index, row) in rows.enumerated() {
            hash = SyncWire.Chain.next(after: hash, bytes: row)
            let sequence = header.first + index
            if sequence <= known {
                guard chain.lines[sequence - 1].hash == hash else { return fork(rows.count - index) }
                continue
            }
            chain.lines.append((row, hash))
            guard let line = try? EventLine(decoding: row), line.sequence == sequence,
                line.incarnation == header.incarnation
            else { return .malformed("line \(sequence)") }
            fresh.append(line)
        }
        guard hash == header.after else { return .malformed("the hash behind the last line") }
        chains[header.incarnation] = chain
        for line in fresh { ledger.enter(line.event) }
        return .stored(acknowledged: chain.lines.count, hash: chain.end)
    }

    private mutating func fork(_ lines: Int) -> CountyAnswer {
        branches += lines
        return .forked
    }

    /// Lines stored, over all incarnations.
    var stored: Int { chains.values.reduce(0) { $0 + $1.lines.count } }
}

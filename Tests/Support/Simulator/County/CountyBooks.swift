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

    /// A line beside a chain: kept, and believed once the station says that this is how it went on.
    struct Side: Sendable {
        var sequence: Int
        var before: [UInt8]
        var bytes: [UInt8]
    }

    /// How a journal really went on: its chain as far as it is shared, then the lines beside it.
    private struct Branch: Sendable {
        var shared: Int
        var lines: [[UInt8]]
    }

    var chains: [String: Chain] = [:]
    /// Lines beside each chain, by the hash behind them.
    var branches: [String: [[UInt8]: Side]] = [:]
    /// The journals in the order in which they came.
    private var order: [String] = []
    private var believed: [String: Branch] = [:]
    var ledger = Ledger()
    /// Highest number of a command that was ever done: none is sent again.
    private(set) var done = 0
    /// How often the station has said that its journal was replaced.
    private(set) var replaced = 0

    mutating func take(_ batch: CountyBatch) -> CountyAnswer {
        let header = batch.header
        let rows: [[UInt8]]
        do { rows = try Batch.split(batch.body, limit: Limits.batchEventsMax) } catch { return .malformed("\(error)") }
        guard rows.count == header.last - header.first + 1 else { return .malformed("count") }
        // The tail of a branch goes on, batch by batch.
        if branches[header.incarnation]?[header.before] != nil { return fork(rows, header) }
        var chain = chains[header.incarnation] ?? Chain()
        let known = chain.lines.count
        guard header.first <= known + 1 else { return .gap(expected: known + 1) }
        let before = header.first == 1 ? SyncWire.Chain.start : chain.lines[header.first - 2].hash
        guard before == header.before else { return fork(rows, header) }
        var hash = before
        var fresh: [EventLine] = []
        for (index, row) in rows.enumerated() {
            hash = SyncWire.Chain.next(after: hash, bytes: row)
            let sequence = header.first + index
            if sequence <= known {
                guard chain.lines[sequence - 1].hash == hash else { return fork(rows, header) }
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
        if !order.contains(header.incarnation) { order.append(header.incarnation) }
        for line in fresh {
            if case .stationJournalReplaced(let fact) = line.event {
                adopt(fact)
                replaced += 1
            }
            ledger.enter(line.event)
        }
        done = max(done, ledger.lastCommand)
        return .stored(acknowledged: chain.lines.count, hash: chain.end)
    }

    /// Keeps what the chain does not have.
    private mutating func fork(_ rows: [[UInt8]], _ header: ChainHeader) -> CountyAnswer {
        var hash = header.before
        for (index, row) in rows.enumerated() {
            let (before, sequence) = (hash, header.first + index)
            hash = SyncWire.Chain.next(after: before, bytes: row)
            guard line(sequence, of: header.incarnation)?.hash != hash else { continue }
            branches[header.incarnation, default: [:]][hash] = Side(sequence: sequence, before: before, bytes: row)
        }
        return .forked
    }

    /// The station says that another journal follows on what is kept beside a chain: the books are made anew from what
    /// really led to it.
    private mutating func adopt(_ fact: JournalReplaced) {
        guard fact.reason == .forked || fact.reason == .restored, let previous = fact.previous,
            var hash = fact.lastHash.flatMap({ Hex.decode($0) }), var sequence = fact.lastSequence.flatMap({ Int($0) })
        else { return }
        var lines: [[UInt8]] = []
        while let side = branches[previous]?[hash] {
            lines.append(side.bytes)
            (hash, sequence) = (side.before, side.sequence - 1)
        }
        guard line(sequence, of: previous)?.hash == hash else { return }
        believed[previous] = Branch(shared: sequence, lines: lines.reversed())
        ledger = Ledger()
        for incarnation in order.dropLast() {
            for bytes in history(of: incarnation) {
                if let line = try? EventLine(decoding: bytes) { ledger.enter(line.event) }
            }
        }
    }

    private func history(of incarnation: String) -> [[UInt8]] {
        let chain = chains[incarnation]?.lines.map(\.bytes) ?? []
        return believed[incarnation].map { chain.prefix($0.shared) + $0.lines } ?? chain
    }

    private func line(_ sequence: Int, of incarnation: String) -> (bytes: [UInt8], hash: [UInt8])? {
        guard let lines = chains[incarnation]?.lines, lines.indices.contains(sequence - 1) else { return nil }
        return lines[sequence - 1]
    }

    /// Whether the county has this line, in the chain or beside it.
    func holds(_ hash: [UInt8], at sequence: Int, of incarnation: String) -> Bool {
        line(sequence, of: incarnation)?.hash == hash || branches[incarnation]?[hash]?.sequence == sequence
    }

    func count(of incarnation: String) -> Int { chains[incarnation]?.lines.count ?? 0 }

    /// Lines believed, over all incarnations.
    var stored: Int {
        order.reduce(0) { sum, incarnation in
            sum + (believed[incarnation].map { $0.shared + $0.lines.count } ?? count(of: incarnation))
        }
    }
}

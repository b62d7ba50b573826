import LockerDomain
import PortFakes
import SyncWire

/// A batch as the county gets it: where it stands in the chain, and the bytes (DESIGN 4.3).
struct CountyBatch: Sendable {
    var header: ChainHeader
    var body: [UInt8]
}

/// The county's books in memory. `ChainBook`, which ships, decides what becomes of a batch; what the events mean is
/// reckoned here, by the `Ledger`.
struct CountyBooks: Sendable {
    /// How a journal really went on: its chain as far as it is shared, then the lines beside it.
    private struct Branch: Sendable {
        var shared: Int
        var lines: [[UInt8]]
    }

    private let station: String
    var chains: [String: PlainChain] = [:]
    /// The journals in the order in which they came.
    private var order: [String] = []
    private var believed: [String: Branch] = [:]
    var ledger = Ledger()
    /// Ids of the commands that were done, or refused for good: none is sent again.
    private(set) var settled: Set<String> = []
    /// Ids of those that the station can no longer do under their number.
    private(set) var passed: Set<String> = []
    /// Highest number of a command that an event names.
    private(set) var commandsHighest = 0
    /// How often the station has said that its journal was replaced.
    private(set) var replaced = 0

    init(station: String) { self.station = station }

    /// Takes a batch. Throws the `Problem` of one that cannot be read.
    ///
    /// - Parameter judge: decides what becomes of it; a mutant gives another.
    mutating func take(
        _ batch: CountyBatch,
        _ judge: (ChainBatch, inout PlainChain) -> ChainBook.Taken = { ChainBook.take($0, into: &$1) }
    ) throws(Problem) -> ChainBook.Outcome {
        let incarnation = batch.header.incarnation
        let checked = try ChainBatch(batch.body, header: batch.header, station: station)
        let taken = judge(checked, &chains[incarnation, default: PlainChain()])
        if !taken.fresh.isEmpty, !order.contains(incarnation) { order.append(incarnation) }
        // The ledger leaves out a line that is quarantined, and so it is missed where all lines are counted.
        for line in taken.fresh {
            guard let event = line.read?.event else { continue }
            if case .stationJournalReplaced(let fact) = event {
                adopt(fact)
                replaced += 1
            }
            learn(event)
            ledger.enter(event)
        }
        return taken.outcome
    }

    private mutating func learn(_ event: Event) {
        switch event {
        case .commandReceived(let fact): commandsHighest = max(commandsHighest, fact.number)
        case .commandCompleted(let fact): settled.insert(fact.id)
        case .commandFailed(let fact):
            commandsHighest = max(commandsHighest, fact.number)
            if fact.reason == CommandFailed.numberPassed { passed.insert(fact.id) } else { settled.insert(fact.id) }
        default: break
        }
    }

    /// The station says that another journal follows on what is kept beside a chain: the books are made anew from what
    /// really led to it.
    private mutating func adopt(_ fact: JournalReplaced) {
        guard fact.reason == .forked || fact.reason == .restored, let previous = fact.previous,
            let chain = chains[previous], var hash = fact.lastHash.flatMap({ Hex.decode($0) }),
            var sequence = fact.lastSequence.flatMap({ Int($0) })
        else { return }
        var lines: [[UInt8]] = []
        while let side = chain.beside[hash] {
            lines.append(side.bytes)
            (hash, sequence) = (side.before, side.sequence - 1)
        }
        guard chain[sequence]?.hash == hash else { return }
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

    /// Whether the county has this line, in the chain or beside it.
    func holds(_ hash: [UInt8], at sequence: Int, of incarnation: String) -> Bool {
        chains[incarnation]?.holds(hash, at: sequence) == true
    }

    func count(of incarnation: String) -> Int { chains[incarnation]?.acknowledged ?? 0 }

    /// Lines believed, over all incarnations.
    var stored: Int {
        order.reduce(0) { sum, incarnation in
            sum + (believed[incarnation].map { $0.shared + $0.lines.count } ?? count(of: incarnation))
        }
    }
}

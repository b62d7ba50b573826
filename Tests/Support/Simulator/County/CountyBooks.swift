import LockerDomain
import PortFakes
import StationBooks
import StationCore
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
    /// Lines of each journal that are lost.
    private var missing: [String: Int] = [:]
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

    /// What the station has told since its journal went on beside a chain.
    private var told: Topics?

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
        if batch.header.lost != nil || !taken.found.isEmpty {
            missing[incarnation] = chains[incarnation]?.lost.count
        }
        // The ledger leaves out a line that is quarantined, and so it is missed where all lines are counted.
        for line in taken.found + taken.fresh {
            guard let event = line.read?.event else { continue }
            if case .stationJournalReplaced(let fact) = event {
                adopt(fact)
                replaced += 1
            }
            learn(event)
            if case .stationBooksRecovered(let fact) = event { fold(fact) }
            if let line = line.read { enter(line) }
            told?.add(event)
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
            for bytes in history(of: incarnation) { if let line = try? EventLine(decoding: bytes) { enter(line) } }
        }
        var told = Topics()
        for bytes in lines { if let line = try? EventLine(decoding: bytes) { told.add(line.event) } }
        self.told = told
    }

    /// A journal that does not say which one it follows is that of another board.
    private mutating func enter(_ line: EventLine) {
        if line.sequence == 1, line.incarnation != order.first {
            if case .stationJournalReplaced = line.event {} else { ledger.forget() }
        }
        ledger.enter(line.event)
    }

    // MARK: What the station asks back

    /// Answer to `GET …/incarnations`.
    func incarnations(at time: String) -> IncarnationList {
        let items = order.compactMap { id in
            chains[id].map { chain in
                IncarnationList.Item(
                    incarnation: id,
                    first: 1,
                    acknowledged: chain.acknowledged,
                    hash: Hex.encode(chain.end)
                )
            }
        }
        return IncarnationList(incarnations: items, time: time)
    }

    /// Answer to `GET …/events`: the lines of the chain, also those that the station's journal went on beside.
    func page(_ question: RecoveryCourse.Question, limit: Int) -> RecoveredPage? {
        guard let chain = chains[question.incarnation], question.after < chain.acknowledged else { return nil }
        let lines = chain.lines[question.after..<min(chain.lines.count, question.after + limit)]
        return RecoveredPage(
            incarnation: question.incarnation,
            first: question.after + 1,
            last: question.after + lines.count,
            hash: lines.last?.hash ?? chain.end,
            lines: lines.map(\.bytes)
        )
    }

    /// The station has got back events of a chain beside which its journal went on.
    private mutating func fold(_ fact: BooksRecovered) {
        guard let incarnation = fact.incarnation, let branch = believed[incarnation], let told,
            let first = fact.first.flatMap({ Int($0) }), let last = fact.last.flatMap({ Int($0) })
        else { return }
        ledger.fold(events(of: incarnation, from: max(first, branch.shared + 1), through: last), besides: told)
    }

    private func events(of incarnation: String, from first: Int, through last: Int) -> [Event] {
        let lines = chains[incarnation]?.lines ?? []
        guard first > 0, first <= last, last <= lines.count else { return [] }
        return lines[first - 1..<last].compactMap { (try? EventLine(decoding: $0.bytes))?.event }
    }

    /// What the books say once the station has got back all of it, but for what it has told of since.
    func recovered(besides touched: Topics) -> Ledger {
        var books = ledger
        books.note(touched)
        for (incarnation, branch) in believed {
            let events = events(of: incarnation, from: branch.shared + 1, through: count(of: incarnation))
            books.fold(events, besides: touched)
        }
        return books
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

    /// How far the county has the newest journal.
    var newest: ChainPosition? {
        order.last.flatMap { name in
            chains[name].map {
                ChainPosition(incarnation: name, acknowledged: $0.acknowledged, hash: Hex.encode($0.end))
            }
        }
    }

    /// The stored lines of a range from its beginning on, as a call for events gives them.
    func lines(of incarnation: String, _ sequences: ClosedRange<Int>) -> [[UInt8]] {
        guard let chain = chains[incarnation] else { return [] }
        return Array(sequences.lazy.map { chain[$0]?.bytes ?? [] }.prefix { !$0.isEmpty })
    }

    /// Whether the county has a line of this sequence in the chain, whatever it says.
    func has(_ sequence: Int, of incarnation: String) -> Bool {
        chains[incarnation]?[sequence].map { !$0.bytes.isEmpty } ?? false
    }

    /// Lines believed, over all incarnations.
    var stored: Int {
        order.reduce(0) { sum, incarnation in
            sum + (believed[incarnation].map { $0.shared + $0.lines.count } ?? count(of: incarnation))
                - missing[incarnation, default: 0]
        }
    }
}

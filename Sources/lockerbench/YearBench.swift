import FoundationEssentials
import LockerDomain
import PortFakes
import SQLiteJournal
import StationBooks
import StationCore
import StationPorts
import StationRules
import SyncWire

/// A year of a busy station on a real disk: how large its journal becomes (DESIGN 4.2). The clock is virtual; the core, the
/// journal and its pruning are those that ship. A month of it has no link, so nothing of that month may go.
struct YearBench {
    let folder: ScratchFolder
    var eventsPerDay: Int
    var days: Int
    var bounds: JournalBounds

    private static let start: Int64 = 1_778_544_000_000
    private static let dayMilliseconds: Int64 = 86_400_000
    private static let darkLink = 200..<230
    private static let postsPerTurn = 10

    func run() throws {
        defer { folder.remove() }
        let path = folder.path("journal.sqlite")
        let journal = try SQLiteJournal(path: path)
        let outbox = try SQLiteOutbox(path: path)
        let hands = YearHands()
        let core = try core(journal, hands)
        core.start(levels: [:], at: moment(0, 0))
        var (peak, peakDay) = (0, 0)
        for day in 0..<days {
            try play(day, core)
            if !Self.darkLink.contains(day) {
                try outbox.acknowledge(core.log.position)
                core.countyHas(core.log.position)
            }
            let size = Self.size(path)
            if size > peak { (peak, peakDay) = (size, day) }
        }
        guard hands.troubles.isEmpty else { throw BenchFault("\(hands.troubles[0])") }
        let front = try journal.front(limit: 1).lines.first
        let oldest = try front.map { try EventLine(decoding: $0.bytes) }
        let kept = oldest.map { (moment(days, 0).wall - $0.time.wall) / Self.dayMilliseconds }
        print(
            "year: \(core.log.sequence) events in \(days) days, \(hands.pruned) times pruned; the oldest kept is "
                + "\(kept.map(String.init) ?? "unknown") days old; journal and WAL at most \(peak >> 20) MiB (day \(peakDay)), "
                + "\(Self.size(path) >> 20) MiB at the end (bounds: \(bounds.days) days, \(bounds.bytes >> 20) MiB)"
        )
    }

    private func core(_ journal: SQLiteJournal, _ hands: YearHands) throws -> TurnCore<YearHands> {
        let doors = (1...24).map { DoorSettings(name: DoorName(rawValue: "A\($0)"), size: .medium) }
        return try TurnCore(
            settings: StationSettings(id: "bench", doors: doors, bounds: bounds),
            version: "bench",
            ports: TurnPorts(
                journal: journal,
                entropy: SeededEntropy(seed: 7),
                keys: MemoryKeys(),
                contacts: MemoryContacts(),
                lifeMarks: MemoryLifeMark(),
                bootID: "bench"
            ),
            credentials: nil,
            hands: hands,
            checkPIN: { _, _ in false }
        )
    }

    private func play(_ day: Int, _ core: TurnCore<YearHands>) throws {
        let source = TextSource(device: "1-1", role: .scanner)
        let turns = max(1, eventsPerDay / Self.postsPerTurn)
        for turn in 0..<turns {
            let now = moment(day, Int64(turn) * (Self.dayMilliseconds / Int64(turns)))
            let posts = (0..<Self.postsPerTurn).map { post in
                Posted<Never>(.text("YEAR-\(day)-\(turn)-\(post)", from: source))
            }
            core.turn(posts, at: now)
            if turn % 20 == 19 { core.maintain(at: now) }
        }
    }

    private func moment(_ day: Int, _ milliseconds: Int64) -> Moment {
        let passed = Int64(day) * Self.dayMilliseconds + milliseconds
        return Moment(wall: Self.start + passed, uptime: 1_000 + passed, clock: .ntp)
    }

    /// Bytes of the journal and its WAL.
    private static func size(_ path: String) -> Int {
        ["", "-wal"].reduce(0) { sum, suffix in
            let size = try? FileManager.default.attributesOfItem(atPath: path + suffix)[.size] as? Int
            return sum + (size ?? 0)
        }
    }
}

/// Counts what matters, does nothing.
private final class YearHands: TurnHands {
    typealias Asker = Never

    private(set) var pruned = 0
    private(set) var troubles: [TurnTrouble] = []

    func pulse(_ order: PulseOrder) -> Bool { true }
    func post(_ input: Input) {}
    func show(_ answer: Answer, at now: Moment) {}
    func reply(_ answers: [Answer], to asker: Never) {}
    func journalGrew() {}
    func report(_ trouble: TurnTrouble) { troubles.append(trouble) }
    func decided(_ post: Posted<Never>, _ decision: Decision) {
        if case .journalPruned = post.input { pruned += 1 }
    }
}

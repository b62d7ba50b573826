import LockerDomain
import StationBooks
import StationPorts
import SyncWire

/// Reads line after line into the state. At a line that does not follow from the one before it the state stands still;
/// only an incarnation that was begun because of that very line goes on from there.
struct ReplayReader {
    private(set) var state = StationState()
    private(set) var generation = 0
    private(set) var sequence = 0
    private(set) var hash = Chain.start

    private let journal: any JournalPort
    private let rules: TurnRules
    /// Name of the incarnation that is read, as far as a line or a snapshot has told it.
    private var name: String?
    /// Whether the state began with what was saved of a journal that cannot be read any more.
    private var hasBase = false
    private var broken: Break?

    /// Where the state stands still.
    private struct Break {
        /// The last event in the state.
        var through: EventID?
        var generation: Int
        /// The first number that is not in the state, and the last that cannot be read.
        var lost: ClosedRange<Int>
        var reason: String
        /// The last line that was seen, and whether it follows from the one in front of it.
        var tail: (line: JournalLine, follows: Bool)?

        /// Which lines behind the break follow from each other is still seen.
        mutating func pass(_ line: JournalLine) {
            let isNext = tail?.line.position.generation == line.position.generation
            let before = isNext ? tail?.line : nil
            let follows = before.map {
                $0.position.sequence + 1 == line.position.sequence
                    && Chain.next(after: $0.hash, bytes: line.bytes) == line.hash
            }
            // What stands between the state and the first line that follows is lost.
            if follows != true, line.position.generation == generation {
                lost = lost.lowerBound...max(lost.lowerBound, line.position.sequence)
            }
            tail = (line, follows ?? false)
        }
    }

    init(journal: any JournalPort, rules: TurnRules) {
        self.journal = journal
        self.rules = rules
    }

    mutating func begin(with body: SnapshotBody, at position: JournalPosition) {
        state = body.state
        (generation, sequence) = (position.generation, position.sequence)
        hash = Hex.decode(body.hash) ?? Chain.start
        // In front of the first line it is the state of another journal, whose name does not count here.
        hasBase = position.sequence == 0
        name = hasBase ? nil : body.incarnation
    }

    /// - Throws: `UnknownEventType` for an intact line of a newer version, and what the journal throws.
    mutating func take(_ line: JournalLine) throws {
        let isFirst = line.position.generation != generation && line.position.sequence == 1
        let begins = isFirst ? try? rules.read(line).event : nil
        if line.position.generation != generation { enter(line, begins) }
        guard broken == nil else {
            broken?.pass(line)
            return
        }
        let next = Chain.next(after: hash, bytes: line.bytes)
        guard line.position.sequence == sequence + 1, line.hash == next else {
            return stop(
                at: line,
                "event \(line.position.sequence) of generation \(line.position.generation) does not follow from the "
                    + "one before it"
            )
        }
        let read: EventLine
        do { read = try rules.read(line) } catch let error as UnknownEventType { throw error } catch {
            return stop(at: line, "event \(line.position) cannot be read: \(error)")
        }
        if sequence == 0, lacksBase(for: read.event, line) {
            return stop(at: line, "the state that the journal before this one left cannot be read")
        }
        var recovered: [RecoveredEvent] = []
        if case .stationBooksRecovered(let fact) = read.event, fact.kept > 0 {
            guard let lines = try RecoveredPage.lines(keptAt: line.position, fact, in: journal) else {
                return stop(at: line, "what the county gave back beside event \(line.position) cannot be read")
            }
            recovered = lines
        }
        (sequence, hash, name) = (line.position.sequence, next, read.incarnation)
        rules.apply(&state, read.event, read.time)
        if !recovered.isEmpty { state.recover(recovered) }
    }

    /// A line of another incarnation. It goes on from a break when it was begun because of that.
    private mutating func enter(_ line: JournalLine, _ event: Event?) {
        var fact: JournalReplaced?
        if case .stationJournalReplaced(let replaced)? = event { fact = replaced }
        if let stands = broken {
            guard let fact, fact.reason == .damaged, fact.recoverAfter == stands.through?.description else { return }
            broken = nil
        } else if let fact, let end = fact.lastHash, fact.previous == name, end != Hex.encode(hash) {
            // It says with which line this one ended.
            return stop(
                at: nil,
                "generation \(generation) ends in front of its last event \(fact.lastSequence ?? "")"
            )
        }
        (generation, sequence, hash, name) = (line.position.generation, 0, Chain.start, nil)
    }

    /// The first line of a journal that stands on the state of another one.
    private func lacksBase(for event: Event, _ line: JournalLine) -> Bool {
        guard line.position.generation == 1, !hasBase, case .stationJournalReplaced(let fact) = event else {
            return false
        }
        return fact.reason == .damaged && fact.recoverAfter != nil
    }

    private var id: EventID? { name.map { EventID(incarnation: $0, sequence: sequence) } }

    private mutating func stop(at line: JournalLine?, _ reason: String) {
        broken = Break(through: id, generation: generation, lost: sequence + 1...sequence + 1, reason: reason)
        if let line { broken?.pass(line) }
    }

    // MARK: The end

    /// Why the incarnation has to be closed; `nil` when the journal is as it should be.
    /// - Parameters:
    ///   - last: its last line.
    ///   - committed: what the mark beside the journal proves to have been there.
    ///   - restored: the end of the backup that this journal is.
    func damage(
        of incarnation: Incarnation,
        last: JournalLine?,
        committed: JournalPosition?,
        restored: JournalPosition? = nil
    ) -> JournalDamage? {
        if let broken { return damage(of: incarnation, broken, committed: committed) }
        let end = JournalPosition(generation: generation, sequence: sequence)
        // A snapshot may stand behind lines that are gone or damaged: what they said is in it.
        let proven = max(committed ?? end, last?.position ?? end)
        let isWhole = proven <= end && (last?.position != end || last?.hash == hash || last?.isIntact == false)
        // Of a journal without a line whoever opens it says that it is gone.
        guard generation > 0 else { return nil }
        let isPresent = generation == incarnation.generation
        if isWhole {
            guard restored == end, isPresent, sequence > 0 else { return nil }
            return JournalDamage(
                through: id,
                previous: incarnation.id,
                last: (sequence, hash),
                description: "it is a backup that ends at \(end), put back here (备份已恢复)",
                reason: .restored
            )
        }
        let isSame = isPresent && proven.generation == generation && proven > end
        return JournalDamage(
            through: id ?? EventID(incarnation: incarnation.id, sequence: 0),
            lost: isSame ? sequence + 1...proven.sequence : nil,
            previous: incarnation.id,
            last: isPresent && sequence > 0 ? (sequence, hash) : nil,
            description: "the journal ends at \(end), \(proven) was committed: its end is lost"
        )
    }

    private func damage(of incarnation: Incarnation, _ broken: Break, committed: JournalPosition?) -> JournalDamage {
        let isPresent = broken.generation == incarnation.generation
        var last: (sequence: Int, hash: [UInt8])?
        if let tail = broken.tail, tail.follows, tail.line.position.generation == incarnation.generation {
            last = (tail.line.position.sequence, tail.line.hash)
        } else if isPresent, sequence > 0 {
            last = (sequence, hash)
        }
        var through = broken.through
        // The name of an incarnation whose first line cannot be read is known of the present one alone.
        if through == nil, isPresent, generation > 1 { through = EventID(incarnation: incarnation.id, sequence: 0) }
        return JournalDamage(
            through: through,
            lost: isPresent ? broken.lost : nil,
            previous: incarnation.id,
            last: last,
            description: broken.reason
        )
    }
}

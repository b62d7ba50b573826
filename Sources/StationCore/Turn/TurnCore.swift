package import LockerDomain
package import StationBooks
package import StationPorts
package import StationRules
import SyncWire

/// What a core keeps things in.
package struct TurnPorts {
    package var journal: any JournalPort
    package var entropy: any EntropyPort
    package var keys: any KeyPort
    package var contacts: any ContactPort
    package var lifeMarks: any LifeMarkPort
    /// Random name of this boot.
    package var bootID: String

    package init(
        journal: any JournalPort,
        entropy: any EntropyPort,
        keys: any KeyPort,
        contacts: any ContactPort,
        lifeMarks: any LifeMarkPort,
        bootID: String
    ) {
        self.journal = journal
        self.entropy = entropy
        self.keys = keys
        self.contacts = contacts
        self.lifeMarks = lifeMarks
        self.bootID = bootID
    }
}

/// One station at work: the turn of DESIGN 3.1, its rest, what it does when the disk fails, and how it comes back.
///
/// Synchronous, with no clock, no thread and no timer of its own: whoever runs it says when it is. `StationEngine` runs
/// it on the board, the simulator runs it in a simulated world. Used by one thread at a time.
package final class TurnCore<Hands: TurnHands> {
    package typealias Post = Posted<Hands.Asker>

    package let settings: StationSettings
    package let version: String
    package let ports: TurnPorts
    /// The last event or mark of life before this start.
    package let lastSign: LastSign?
    /// When each timer runs out.
    package var timers = Timers()

    package internal(set) var station: Station
    package internal(set) var log: EventLog
    /// Something happened that could not be written.
    package internal(set) var isBehind = false
    /// The journal could not be read again after a failed commit: `station` holds what never became durable.
    package internal(set) var isStale = false
    /// Commands that are answered by durable events; `station` may hold others while it is stale.
    package internal(set) var settledCommands: SettledCommands
    /// What of the journal could not be read: its incarnation is closed before anything is written.
    package internal(set) var damage: JournalDamage?
    /// Nothing is decided any more.
    package private(set) var isStopped = false

    unowned let hands: Hands
    let rules: TurnRules
    let checkPIN: Station.PINCheck
    var levels: [DoorName: DoorLevel] = [:]
    var lastMoment: Moment?
    /// What the county had confirmed when the station started.
    var acknowledged: JournalPosition?
    /// Sequence behind the last snapshot, and at the last rest.
    var (snapshotAt, rested) = (0, 0)
    let snapshotEvents: Int
    /// Uptime of the next look at phone numbers that are to be erased.
    var contactsDue: Int64 = 0
    /// Up to where the county has the journal, as it said in this run.
    var countyPosition: JournalPosition?
    /// Uptime of the next look at the front of the journal.
    var pruneDue: Int64 = 0
    /// Uptime of the next mark of life.
    var markDue: Int64 = 0
    /// Inputs that nobody repeats, kept while nothing can be written; see `catchUp`.
    var missed: [Input] = []

    /// Reads the journal; nothing is done yet.
    ///
    /// - Parameters:
    ///   - snapshotEvents: events between two snapshots.
    ///   - hands: outlives the core.
    /// - Throws: `ReplayFault` or the journal's damage: the caller moves the file aside and tries again.
    package init(
        settings: StationSettings,
        version: String,
        ports: TurnPorts,
        credentials: Credentials?,
        snapshotEvents: Int = Limits.snapshotEvents,
        rules: TurnRules = TurnRules(),
        hands: Hands,
        checkPIN: @escaping Station.PINCheck
    ) throws {
        self.settings = settings
        self.version = version
        self.ports = ports
        self.snapshotEvents = snapshotEvents
        self.rules = rules
        self.hands = hands
        self.checkPIN = checkPIN
        let read = try Replay.run(ports, station: settings.id, rules: rules)
        station = Station(settings: settings, state: read.state, credentials: credentials, checkPIN: checkPIN)
        (log, damage, settledCommands) = (read.log, read.damage, read.state.commands)
        snapshotAt = log.sequence
        lastSign = try LastSign(ports.journal, ports.lifeMarks)
        hands.rebuilt(read.state)
    }

    /// Makes the first events of a start. `levels` are those of the sensors now; `replaced` tells why the journal before
    /// this one was closed; `acknowledged` is what the county has of this one.
    package func start(
        levels: [DoorName: DoorLevel],
        replaced: JournalReplaced? = nil,
        acknowledged: JournalPosition? = nil,
        at now: Moment
    ) {
        self.levels = levels
        self.acknowledged = acknowledged
        var posts: [Post] = []
        if var replaced {
            replaced.supportCounter = newSupportCounter()
            posts.append(Post(.journalReplaced(replaced)))
        }
        let sign = lastSign?.sign(at: now, bootID: ports.bootID)
        posts.append(Post(.started(version: version, levels: levels, after: sign)))
        turn(posts, at: now)
        guard !isStopped, station.storage == .ok else { return }
        turn([Post(.storage(ports.journal.maintain { nil }))], at: now)
    }

    /// Carries out a command of the county. `false` when it could not be made durable: it stays to be done.
    package func carryOut(_ command: Command, at now: Moment) -> Bool {
        turn([Post(.command(command))], at: now)
        return !isStopped && settledCommands.standing(of: command.id, number: command.number) == .answered
    }

    /// Writes down that a local user set the clock, which shows it already. `false` when that could not be made durable.
    package func setClock(by user: String, at now: Moment) -> Bool {
        let before = (log.incarnation.generation, log.sequence)
        turn([], at: now, setBy: user)
        return !isStopped && (log.incarnation.generation, log.sequence) > before
    }

    /// Ends the station: outputs are off already, the last event and a snapshot are written, and nothing is decided
    /// afterwards.
    ///
    /// Of the inputs that still wait only what the sensors saw counts. An opening that the stop cuts short is no fault of
    /// the door, the next start finds it interrupted. Who waits for an answer is told to try again.
    package func stop(reason: String, taking take: () -> [Post], at now: Moment) {
        dismiss(take) { turn($0, at: now) }
        turn([Post(.stopping(reason: reason))], at: now)
        guard !isStopped else { return }
        _ = ports.journal.maintain { snapshot() }
        isStopped = true
    }

    /// Answers those who wait although nothing is decided any more.
    package func dismiss(_ take: () -> [Post], sensed: ([Post]) -> Void = { _ in }) {
        while case let posts = take(), !posts.isEmpty {
            for case let asker? in posts.map(\.asker) { hands.reply([Answer(.busy)], to: asker) }
            sensed(posts.filter { if case .level = $0.input { true } else { false } }.map { Post($0.input) })
        }
    }

    /// Ends it as a power cut does: nothing more is written, decided or done, not even what is under way.
    package func abandon() { isStopped = true }

    /// Where support codes count on from when nobody knows how many were used: half of all counters leave room to rise.
    func newSupportCounter() -> UInt32 {
        ports.entropy.bytes(4).reduce(0) { $0 << 8 | UInt32($1) } >> 1
    }
}

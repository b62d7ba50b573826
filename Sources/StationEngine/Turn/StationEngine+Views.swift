public import LockerDomain
public import StationBooks
import StationCore
import StationPorts
import StationRules
public import SyncWire

extension StationEngine {
    /// A reading of the whole station, as the last durable turn left it.
    public func view(faults: [String], simulated: Bool) -> StationView {
        StationView(
            station: settings.id,
            version: version,
            enrolled: core.station.credentials != nil,
            state: core.station.state,
            settings: settings,
            storage: core.station.storage,
            now: ports.clock.now(),
            clockTrouble: clock.trouble,
            incarnation: core.log.incarnation.id,
            lastSequence: core.log.sequence,
            faults: faults + (core.station.state.isDoubtful ? [Self.doubtful] : []),
            simulated: simulated
        )
    }

    private static let doubtful =
        "books: events were lost and are asked of the county; until then codes that fit nothing ask the keeper "
        + "(账目不全，正在向县里找回)"

    /// What the person in front of the station sees.
    public func screen() -> ScreenView {
        let now = ports.clock.now()
        let waiting = core.station.state.waiting
        let recent = hands.lastAnswer.flatMap { now.uptime - $0.uptime < Self.answerMilliseconds ? $0.answer : nil }
        return ScreenView(
            answer: recent,
            asked: core.station.asked(at: now),
            free: freeDoors(chilled: false),
            freeChilled: freeDoors(chilled: true),
            freeShelfPlaces: settings.shelfPlaces.count { !core.station.state.parcels.isTaken(.shelf($0)) },
            parcelsWaiting: waiting.count,
            doorsOpen: settings.doors.map(\.name).filter { core.station.state.door($0).level == .open },
            storage: core.station.storage,
            clockTrouble: clock.trouble,
            hotline: settings.promise.hotline,
            promise: settings.promise,
            policy: settings.policy
        )
    }

    /// How many doors of each size are free; a size of which none is free is named, too.
    private func freeDoors(chilled: Bool) -> [Size: Int] {
        settings.doors.filter { $0.chilled == chilled }.reduce(into: [:]) { free, door in
            free[door.size, default: 0] += DoorChoice.isFree(core.station.state.door(door.name), door) ? 1 : 0
        }
    }

    /// How long an answer stays on the screen.
    private static var answerMilliseconds: Int64 { 10_000 }

    /// Whether a scanner is attached, beside the number pad.
    func hasScanner() -> Bool {
        core.station.state.scanners.values.contains { $0.attached && $0.role == .scanner }
    }

    /// Where the journal ends now.
    public func head() -> JournalPosition { core.log.position }

    /// What the county is told of the station.
    public func report(
        eventsWaiting: Int,
        oldestUnsentSeconds: Int?,
        acknowledged: JournalPosition
    ) -> StatusReport {
        let log = core.log
        let isPresent = acknowledged.generation == log.incarnation.generation
        return StatusReport(
            core.station.state,
            settings: settings,
            storage: core.station.storage,
            now: ports.clock.now(),
            version: version,
            eventsWaiting: eventsWaiting,
            oldestUnsentSeconds: oldestUnsentSeconds,
            ntp: clock.ntp,
            journal: JournalReport(
                incarnation: log.incarnation.id,
                last: log.sequence,
                hash: Hex.encode(log.hash),
                acknowledged: isPresent ? acknowledged.sequence : 0
            )
        )
    }

    /// Commands that were carried out or refused, and that is durable.
    public func settledCommands() -> SettledCommands { core.settledCommands }

    /// Incarnation of the journal, and the sequence of its last event.
    public func journalEnd() -> (incarnation: String, last: Int) { (core.log.incarnation.id, core.log.sequence) }

    /// Carries out a command of the county now. `false` when it could not be made durable: it stays to be done.
    public func carryOut(_ command: Command) -> Bool {
        drain()
        defer { armTimers() }
        return core.carryOut(command, at: ports.clock.now())
    }

    /// Whether commands may be carried out: the reserve is for pickups.
    public func takesCommands() -> Bool { core.station.storage == .ok }

    /// Closes the incarnation and begins the next one, because the county knows other bytes under its numbers.
    /// Does nothing when the incarnation is not the present one any more.
    /// - Throws: when the disk does not take it; the incarnation goes on as if nothing had been asked.
    public func replaceIncarnation(_ generation: Int, reason: JournalReplaced.Reason) throws {
        // Up to the cursor both ends have compared their hashes.
        let cursor = try ports.outbox.acknowledged()
        let shared = cursor.generation == generation ? cursor.sequence : 0
        try core.replaceIncarnation(generation, reason: reason, shared: shared, at: ports.clock.now())
    }

    /// Closes the incarnation, because lines of it cannot be read any more and the county does not have them either. Does
    /// nothing when the incarnation is not the present one any more: a range is declared once.
    /// - Throws: as `replaceIncarnation` does.
    public func declareLost(_ range: JournalRange) throws {
        try core.replaceIncarnation(range.generation, reason: .damaged, lost: range.sequences, at: ports.clock.now())
    }

    /// The county said that it has the journal up to here.
    func countyHas(_ position: JournalPosition) { core.countyHas(position) }

    /// Puts lines back that could not be read any more. Throws what the disk says.
    func putBack(_ lines: [JournalLine]) throws {
        guard !core.isStopped else { throw JournalError(.broken, "the station stops") }
        try ports.journal.putBack(lines)
    }
}

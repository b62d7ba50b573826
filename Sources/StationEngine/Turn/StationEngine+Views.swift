public import LockerDomain
import StationCore
import StationPorts
public import SyncWire

extension StationEngine {
    /// A reading of the whole station, as the last durable turn left it.
    public func view(faults: [String], simulated: Bool) -> StationView {
        StationView(
            station: settings.id,
            version: version,
            enrolled: station.credentials != nil,
            state: station.state,
            settings: settings,
            storage: station.storage,
            now: ports.clock.now(),
            clockTrouble: clock.trouble,
            incarnation: log.incarnation.id,
            lastSequence: log.sequence,
            faults: faults,
            simulated: simulated
        )
    }

    /// What the person in front of the station sees.
    public func screen() -> ScreenView {
        let now = ports.clock.now()
        let waiting = station.state.waiting
        let recent = lastAnswer.flatMap { now.uptime - $0.uptime < Self.answerMilliseconds ? $0.answer : nil }
        return ScreenView(
            answer: recent,
            free: freeDoors(chilled: false),
            freeChilled: freeDoors(chilled: true),
            freeShelfPlaces: settings.shelfPlaces.count { !station.state.parcels.isTaken(.shelf($0)) },
            parcelsWaiting: waiting.count,
            doorsOpen: settings.doors.map(\.name).filter { station.state.door($0).level == .open },
            storage: station.storage,
            clockTrouble: clock.trouble,
            hotline: settings.promise.hotline,
            promise: settings.promise,
            policy: settings.policy
        )
    }

    /// How many doors of each size are free; a size of which none is free is named, too.
    private func freeDoors(chilled: Bool) -> [Size: Int] {
        settings.doors.filter { $0.chilled == chilled }.reduce(into: [:]) { free, door in
            free[door.size, default: 0] += DoorChoice.isFree(station.state.door(door.name), door) ? 1 : 0
        }
    }

    /// How long an answer stays on the screen.
    private static var answerMilliseconds: Int64 { 10_000 }

    /// Where the journal ends now.
    public func head() -> JournalPosition { log.position }

    /// What the county is told of the station.
    public func report(eventsWaiting: Int, oldestUnsentSeconds: Int?) -> StatusReport {
        StatusReport(
            station.state,
            settings: settings,
            storage: station.storage,
            now: ports.clock.now(),
            version: version,
            eventsWaiting: eventsWaiting,
            oldestUnsentSeconds: oldestUnsentSeconds
        )
    }

    /// Number of the last command done.
    public func lastCommand() -> Int { station.state.lastCommand }

    /// Carries out a command of the county now. `false` when it could not be made durable: it stays to be done.
    public func carryOut(_ command: Command) -> Bool {
        drain()
        turn([Post(.command(command))])
        return station.state.lastCommand >= command.number
    }

    /// Whether commands may be carried out: the reserve is for pickups.
    public func takesCommands() -> Bool { station.storage == .ok }

    /// Where support codes count on from when nobody knows how many were used: half of all counters leave room to rise.
    func newSupportCounter() -> UInt32 {
        ports.entropy.bytes(4).reduce(0) { $0 << 8 | UInt32($1) } >> 1
    }

    /// Closes the incarnation and begins the next one, because the county knows other bytes under its numbers.
    /// Does nothing when the incarnation is not the present one any more.
    /// - Throws: when the disk does not take it; the incarnation goes on as if nothing had been asked.
    public func replaceIncarnation(_ generation: Int, reason: JournalReplaced.Reason) throws {
        guard log.incarnation.generation == generation, !stopped, !isStale || rebuild() else { return }
        let now = ports.clock.now()
        let fact = JournalReplaced(
            previous: log.incarnation.id,
            lastSequence: EventLine.text(ofSequence: log.sequence),
            lastHash: Hex.encode(log.hash),
            supportCounter: newSupportCounter(),
            reason: reason
        )
        let events = station.decide(.journalReplaced(fact), at: now).events
        var next = log
        var first: [JournalLine] = []
        do {
            _ = try ports.journal.beginIncarnation(id: Hex.encode(ports.entropy.bytes(16))) { incarnation in
                (next.incarnation, next.sequence, next.hash) = (incarnation, 0, Chain.start)
                first = try next.lines(for: events, at: now)
                return first
            }
        } catch {
            if !rebuild() { answerOnly([], at: now, lastMoment: lastMoment) }
            throw error
        }
        next.commit(first)
        log = next
        (snapshotAt, rested) = (0, 0)
        committed()
    }
}

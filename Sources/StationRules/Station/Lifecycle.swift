import LockerDomain
import StationBooks

/// Start and stop of the daemon, its keys, its storage, and what comes back from the county.
enum Lifecycle {
    static func start(version: String, levels: [DoorName: DoorLevel], after sign: SignOfLife?, in turn: inout Turn) {
        turn.emit(
            .stationStarted(
                StationStarted(
                    version: version,
                    doors: turn.settings.doors.count,
                    shelfPlaces: turn.settings.shelfPlaces.count,
                    darkSince: sign?.wall,
                    darkClock: sign?.clock
                )
            )
        )
        if let session = turn.session { Sessions.close(session, .restarted, answering: false, in: &turn) }
        for door in turn.settings.doors { compare(door, with: levels[door.name] ?? .unknown, in: &turn) }
        turn.act(.timer(.housekeeping, afterMilliseconds: Limits.housekeepingMilliseconds))
    }

    /// What changed while the station was off, or was cut short by it, nobody can vouch for (DESIGN rules 5, 8).
    private static func compare(_ door: DoorSettings, with level: DoorLevel, in turn: inout Turn) {
        let before = turn.books.door(door.name)
        if before.cycle != nil {
            Steps.interrupted(door.name, in: &turn)
        } else if before.level == .closed, level == .open {
            turn.emit(.auditDifference(AuditDifference(door: door.name, waybill: nil, finding: .changedWhileOff)))
        }
        guard door.hasSensor, level != before.level else { return }
        switch level {
        case .open: turn.emit(.doorOpenedUnexpectedly(DoorOpenedUnexpectedly(door: door.name)))
        case .closed: turn.emit(.doorClosed(DoorClosed(door: door.name, cycle: nil, openMilliseconds: nil)))
        case .unknown: turn.emit(.doorSensorFault(DoorSensorFault(door: door.name, reason: "no level at start")))
        }
    }

    static func stop(_ reason: String, in turn: inout Turn) {
        Bounces.writeRows(in: &turn)
        if let session = turn.session { Sessions.close(session, .ended, answering: false, in: &turn) }
        turn.emit(.stationStopped(StationStopped(reason: reason)))
    }

    static func use(_ credentials: Credentials, in turn: inout Turn) {
        turn.credentials = credentials
        turn.reindex()
    }

    static func changed(_ storage: Storage, in turn: inout Turn) {
        guard storage != turn.storage else { return }
        turn.storage = storage
        // With nothing writable there is no event; the answer and the status tell it.
        if storage != .failed { turn.emit(.stationStorageLow(StorageLow(storage: storage))) }
        switch storage {
        case .ok: break
        case .reserve: turn.answer(.storageReserve)
        case .failed: turn.answer(.storageFailed)
        }
    }

    static func recover(_ fact: BooksRecovered, _ lines: [RecoveredEvent], in turn: inout Turn) {
        var fact = fact
        if fact.incarnation == nil, let recovery = turn.books.recovery, recovery.after == nil {
            fact.darkSince = recovery.lastSeen
        }
        let whole = fact.incarnation == nil ? turn.books.recovery : nil
        turn.emit(.stationBooksRecovered(fact))
        for (waybill, one) in (whole?.unseen ?? [:]).sorted(by: { $0.key < $1.key }) {
            Looking.emitMissing(waybill, at: one.place, by: one.person, in: &turn)
        }
        if let whole { Numbers.takeCodes(besides: whole.touched, in: &turn) }
        if !lines.isEmpty { turn.recover(lines) }
    }
}

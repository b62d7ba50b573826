import LockerDomain
import StationBooks

extension Station {
    mutating func start(version: String, levels: [DoorName: DoorLevel], after sign: SignOfLife?) {
        emit(
            .stationStarted(
                StationStarted(
                    version: version,
                    doors: settings.doors.count,
                    shelfPlaces: settings.shelfPlaces.count,
                    darkSince: sign?.wall,
                    darkClock: sign?.clock
                )
            )
        )
        if let session = state.session { close(session, .restarted, answering: false) }
        for door in settings.doors { compare(door, with: levels[door.name] ?? .unknown) }
        act(.timer(.housekeeping, afterMilliseconds: Limits.housekeepingMilliseconds))
    }

    /// What changed while the station was off, or was cut short by it, nobody can vouch for (DESIGN rules 5, 8).
    private mutating func compare(_ door: DoorSettings, with level: DoorLevel) {
        let before = state.door(door.name)
        if before.cycle != nil {
            interrupted(door.name)
        } else if before.level == .closed, level == .open {
            emit(.auditDifference(AuditDifference(door: door.name, waybill: nil, finding: .changedWhileOff)))
        }
        guard door.hasSensor, level != before.level else { return }
        switch level {
        case .open: emit(.doorOpenedUnexpectedly(DoorOpenedUnexpectedly(door: door.name)))
        case .closed: emit(.doorClosed(DoorClosed(door: door.name, cycle: nil, openMilliseconds: nil)))
        case .unknown: emit(.doorSensorFault(DoorSensorFault(door: door.name, reason: "no level at start")))
        }
    }

    mutating func interrupted(_ door: DoorName) {
        guard let cycle = state.door(door).cycle else { return }
        for waybill in cycle.waybills.isEmpty ? [nil] : cycle.waybills.map(Optional.some) {
            emit(.auditDifference(AuditDifference(door: door, waybill: waybill, finding: .interrupted)))
        }
    }

    mutating func stop(_ reason: String) {
        writeRows()
        if let session = state.session { close(session, .ended, answering: false) }
        emit(.stationStopped(StationStopped(reason: reason)))
    }

    mutating func timerFired(_ key: TimerKey) {
        switch key {
        case .openWait(let door, let cycle, let attempt): openWaitOver(door, cycle: cycle, attempt: attempt)
        case .leftOpen(let door, let cycle): leftOpen(door, cycle: cycle)
        case .assumed(let door, let cycle):
            guard state.door(door).cycle?.id == cycle else { return }
            assumeStep(at: door)
        case .sessionIdle(let id):
            guard let session = state.session, session.id == id else { return }
            close(session, .idle)
        case .housekeeping: lookAtHolds()
        case .repeats: writeRows()
        }
    }

    mutating func scannerReported(_ report: ScannerReport) {
        switch report {
        case .attached(let name, let role, let usb, let serial):
            guard state.scanners[name]?.attached != true else { return }
            emit(.deviceScannerAttached(ScannerAttached(scanner: name, role: role, usb: usb, serial: serial)))
        case .detached(let name):
            guard let known = state.scanners[name], known.attached || known.fault != nil else { return }
            emit(.deviceScannerDetached(ScannerDetached(scanner: name)))
        case .faulted(let name, let reason):
            guard state.scanners[name]?.fault != reason else { return }
            emit(.deviceScannerFaulted(ScannerFaulted(scanner: name, reason: reason)))
        }
    }

    /// Offline after three misses in a row, online at the first answer (GB/T 28181-2016 9.6.1).
    mutating func cameraRead(_ name: CameraName, _ reading: CameraReading) {
        guard settings.cameras.contains(name) else { return }
        switch reading {
        case .good:
            cameraMisses[name] = 0
            if state.cameras[name]?.online != true { emit(.cameraOnline(CameraOnline(camera: name))) }
        case .missed(let reason):
            let misses = (cameraMisses[name] ?? 0) + 1
            cameraMisses[name] = misses
            if misses >= Limits.cameraMissesMax, state.cameras[name]?.online != false {
                emit(.cameraOffline(CameraOffline(camera: name, reason: reason)))
            }
        }
    }

    mutating func carryOut(_ command: Command) {
        switch state.commands.standing(of: command.id, number: command.number) {
        case .open: break
        case .answered: return
        case .passed: return fail(command, CommandFailed.numberPassed)
        }
        let received = CommandReceived(id: command.id, number: command.number, type: command.kind.wireName)
        emit(.commandReceived(received))
        switch command.kind {
        case .manifest(let id, let entries, let unread):
            if let fault = expect(entries, unread, manifest: id) { return fail(command, fault) }
        case .pins(let verifiers):
            guard verifiers.count <= Limits.pinVerifiersMax else { return fail(command, "too many PIN verifiers") }
            credentials?.pins = Dictionary(verifiers.map { ($0.badge, $0) }) { $1 }
            act(.keepPINs(verifiers))
            emit(.stationConfigChanged(ConfigChanged(item: "pins", by: "county")))
            if let session = state.session, isUntrained(session.badge, as: session.role) {
                close(session, .revoked, answering: false)
                answer(.untrained)
            }
        case .notices(let notices):
            if let bad = notices.first(where: { !$0.isNamed }) {
                return fail(command, "the reason for \(bad.waybill) is empty, too long or not one line")
            }
            for notice in notices { take(notice) }
        case .extendHold(let waybill, let hours):
            let inside = state.parcels.all(meantBy: waybill).filter(\.isInside)
            guard (1...Limits.extensionHoursMax).contains(hours), !inside.isEmpty else {
                return fail(command, "\(waybill) is not inside, or \(hours) hours are too many")
            }
            for parcel in inside { extendHold(of: parcel.waybill, hours: hours, by: "county") }
        case .recall(let waybills):
            let inside = waybills.map { state.parcels.all(meantBy: $0).filter(\.isInside) }
            for parcel in inside.flatMap(\.self) { recall(parcel) }
            // What lies here is called back all the same; the county hears which of them was not, and may ask again.
            if let other = zip(waybills, inside).first(where: { $0.1.isEmpty })?.0 {
                let count = inside.count { !$0.isEmpty }
                return fail(command, "\(other) is not inside; recalled \(count) of \(waybills.count)")
            }
        case .reissue(let waybill, let n):
            guard let parcel = codeHolder(of: waybill), n > parcel.n, credentials != nil else {
                return fail(command, "\(waybill) is not inside, or n does not rise")
            }
            reissue(parcel, n: n, codeOf: parcel.codeOf)
        case .revokeBadge(let badge):
            emit(.sessionBadgeRevoked(BadgeRevoked(badge: badge)))
            if let session = state.session, session.badge == badge {
                close(session, .revoked, answering: false)
                answer(.badgeRefused)
            }
        case .unsupported(_, let reason): return fail(command, reason)
        }
        emit(.commandCompleted(CommandCompleted(id: command.id, number: command.number)))
    }

    private mutating func fail(_ command: Command, _ reason: String) {
        emit(.commandFailed(CommandFailed(id: command.id, number: command.number, reason: reason)))
    }
}

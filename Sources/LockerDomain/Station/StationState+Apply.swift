extension StationState {
    /// Takes one event into the books. The same code runs when an event is made and when the journal is replayed.
    public mutating func apply(_ event: Event, at now: Moment) {
        if now.clock.isTrusted {
            trustedTime = max(trustedTime, now.wall)
            if now.shanghaiDay > sweptDay { forgetOldParcels(at: now) }
        }
        switch event {
        case .stationStarted: started(at: now)
        case .stationStopped, .stationStorageLow, .sessionRefused, .commandReceived: break
        case .scanRejected(let fact):
            guard fact.reason == .wrongPIN else { break }
            session?.wrongPINs += 1
            codeLock.wrongCode(at: now)
        case .stationClockChanged: codeLock.clockMoved(at: now)
        case .stationJournalReplaced(let fact): journalReplaced(fact)
        case .stationConfigChanged(let fact): if fact.item == "enrolment" { enrolled = true }
        case .sessionOpened(let fact):
            sessions = fact.session
            session = Session(id: fact.session, role: fact.role, person: fact.person, badge: fact.badge)
        case .sessionProven: session?.proven = true
        case .sessionClosed: session = nil
        case .pickupFailed(let fact):
            switch fact.reason {
            case .noMatch, .ambiguous: if fact.means == .code { codeLock.wrongCode(at: now) }
            case .locked, .notStored, .doorBusy, .dayLimit, .contentsUnknown: break
            }
        case .pickupLockedOut(let fact): codeLock.lock(milliseconds: fact.lockMilliseconds, at: now)
        case .pickupAuthorised(let fact):
            codeLock.rightCode(at: now)
            parcels[fact.waybill]?.releasedUntil = now.wall + Limits.shelfPickupMilliseconds
            parcels[fact.waybill]?.releasedBy = fact.means
        case .auditStarted: break
        case .auditDifference(let fact): difference(fact, at: now)
        case .auditFinished(let fact): audited(fact)
        case .commandCompleted(let fact): lastCommand = max(lastCommand, fact.number)
        case .commandFailed(let fact): lastCommand = max(lastCommand, fact.number)
        case .parcelExpected, .parcelReceived, .parcelStored, .parcelCollected: applyParcel(event, at: now)
        case .doorUnlockRequested, .doorOpened, .doorClosed, .doorOpenFailed, .doorLeftOpen,
            .doorOpenedUnexpectedly, .doorSensorFault, .doorOutOfService, .doorBackInService:
            applyDoor(event, at: now)
        case .deviceScannerAttached, .deviceScannerDetached, .deviceScannerFaulted, .cameraOnline, .cameraOffline:
            applyDevice(event, at: now)
        }
    }

    private mutating func started(at now: Moment) {
        codeLock.clockMoved(at: now)
        for name in scanners.keys { scanners[name]?.attached = false }
        for name in cameras.keys { cameras[name]?.online = nil }
    }

    private mutating func journalReplaced(_ fact: JournalReplaced) {
        // A fork too: the board may be an older copy of itself, whose doors have been filled and emptied since.
        guard fact.reason != .pruned else { return }
        for waybill in parcels.keys where parcels[waybill]?.status == .stored { parcels[waybill]?.isDoubtful = true }
        contentsLost = true
        for name in doors.keys { doors[name]?.contents = .unknown }
    }

    private mutating func difference(_ fact: AuditDifference, at now: Moment) {
        switch fact.finding {
        case .interrupted, .changedWhileOff:
            change(fact.door) {
                $0.contents = .unknown
                $0.cycle = nil
            }
        case .missing:
            guard let waybill = fact.waybill else { return }
            parcels[waybill]?.status = .missing
            parcels[waybill]?.changed = now.wall
        case .found:
            guard let waybill = fact.waybill else { return }
            parcels[waybill]?.place = .door(fact.door)
        }
    }

    private mutating func audited(_ fact: AuditFinished) {
        session?.auditing = nil
        // An old code must not open a door that is free for somebody else's parcel now.
        for parcel in parcels.values where parcel.reusableUntil != 0 && parcel.place == .door(fact.door) {
            parcels[parcel.waybill]?.reusableUntil = 0
        }
        change(fact.door) {
            $0.contents = fact.contents
            if $0.cycle?.purpose == .audit { $0.cycle = nil }
        }
    }

    mutating func change(_ name: DoorName, _ body: (inout DoorState) -> Void) {
        var state = door(name)
        body(&state)
        doors[name] = state
    }

    /// Once a day: a collected parcel shrinks to its `n` once its code no longer works, those after a year go, and so
    /// do parcels that were announced and never came. A clock that cannot be believed forgets nothing.
    private mutating func forgetOldParcels(at now: Moment) {
        sweptDay = now.shanghaiDay
        let stale = now.wall - Limits.expectedParcelDays * 86_400_000
        for parcel in parcels.values {
            switch parcel.status {
            case .collected where parcel.reusableUntil <= now.wall, .missing where parcel.changed < stale,
                .expected where parcel.changed < stale:
                closed[parcel.waybill] = ClosedParcel(n: parcel.n, day: now.shanghaiDay)
                parcels[parcel.waybill] = nil
            default: break
            }
        }
        let oldest = now.shanghaiDay - Limits.closedParcelDays
        closed = closed.filter { $0.value.day >= oldest }
        guard closed.count > Limits.closedParcelsMax else { return }
        let kept = closed.sorted { ($0.value.day, $0.key) > ($1.value.day, $1.key) }.prefix(Limits.closedParcelsMax)
        closed = Dictionary(uniqueKeysWithValues: kept.map { ($0.key, $0.value) })
    }
}

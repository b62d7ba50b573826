extension StationState {
    /// Takes one event into the books. The same code runs when an event is made and when the journal is replayed.
    public mutating func apply(_ event: Event, at now: Moment) {
        if now.clock.isTrusted {
            trustedTime = max(trustedTime, now.wall)
            if now.shanghaiDay > sweptDay { forgetOldParcels(at: now) }
        }
        switch event {
        case .stationStarted: started(at: now)
        case .stationStopped, .stationStorageLow, .sessionRefused, .commandReceived, .serviceComplaintFiled,
            .serviceSurveyAnswered:
            break
        case .scanRejected(let fact): if fact.reason == .wrongPIN { wrongPIN(at: now) }
        case .stationClockChanged: clockMoved(at: now)
        case .stationJournalReplaced(let fact): journalReplaced(fact)
        case .stationConfigChanged(let fact): if fact.item == "enrolment" { enrolled = true }
        case .sessionOpened(let fact):
            sessions = fact.session
            session = Session(id: fact.session, role: fact.role, person: fact.person, badge: fact.badge)
        case .sessionProven:
            session?.proven = true
            pinLock?.rightCode(at: now)
        case .sessionWorkChanged(let fact): workChanged(fact)
        case .sessionNoted(let fact): noted(fact)
        case .sessionBadgeRevoked(let fact):
            revokedBadges.removeAll { $0 == fact.badge }
            revokedBadges.append(fact.badge)
            if revokedBadges.count > Limits.revokedBadgesMax { revokedBadges.removeFirst() }
        case .sessionClosed: session = nil
        case .runArrived, .runDeparted: applyRun(event, at: now)
        case .delegateRecorded(let fact):
            delegations[fact.recipientKey] = Delegation(delegate: fact.delegate, until: fact.until)
        case .delegateWithdrawn(let fact): delegations[fact.recipientKey] = nil
        case .supportCodeUsed(let fact):
            supportCounter = fact.counter &+ 1
            change(fact.door) { $0.outOfService = "opened by support code" }
        case .pickupFailed(let fact):
            switch fact.reason {
            case .noMatch, .ambiguous: if fact.means == .code { codeLock.wrongCode(at: now) }
            case .locked, .notStored, .doorBusy, .asksLastFour, .contentsUnknown: break
            }
        case .pickupLockedOut(let fact): lockedOut(fact, at: now)
        case .pickupAuthorised(let fact): authorised(fact, at: now)
        case .auditStarted: break
        case .auditDifference(let fact): difference(fact, at: now)
        case .auditFinished(let fact): audited(fact)
        case .commandCompleted(let fact): lastCommand = max(lastCommand, fact.number)
        case .commandFailed(let fact): lastCommand = max(lastCommand, fact.number)
        case .parcelExpected, .parcelReceived, .parcelContactGiven, .parcelStored, .parcelRelocated:
            applyParcel(event, at: now)
        case .parcelNoticeDue, .parcelNoticed, .parcelNoticeFailed, .parcelCodeReissued, .parcelHoldExtended,
            .parcelOverdue, .parcelRecalled:
            applyHold(event, at: now)
        case .parcelHandedToAgent, .parcelCollected, .parcelRefused, .parcelDamaged, .parcelShort, .parcelLost,
            .parcelRetrieved, .parcelReturned:
            applyParcelEnd(event, at: now)
        case .shipmentDroppedOff, .shipmentAccepted, .shipmentStored, .shipmentHandedOver, .shipmentRejected,
            .shipmentTakenOut, .shipmentReturned:
            applyShipment(event, at: now)
        case .doorUnlockRequested, .doorParcelAdded, .doorPurposeChanged, .doorOpened, .doorClosed, .doorOpenFailed,
            .doorLeftOpen,
            .doorOpenedUnexpectedly, .doorSensorFault, .doorOutOfService, .doorBackInService:
            applyDoor(event, at: now)
        case .deviceScannerAttached, .deviceScannerDetached, .deviceScannerFaulted, .cameraOnline, .cameraOffline:
            applyDevice(event, at: now)
        }
    }

    private mutating func wrongPIN(at now: Moment) {
        session?.wrongPINs += 1
        var lock = pinLock ?? CodeLock()
        lock.wrongCode(at: now)
        pinLock = lock
    }

    private mutating func lockedOut(_ fact: PickupLockedOut, at now: Moment) {
        if fact.means == .badge {
            pinLock?.lock(milliseconds: fact.lockMilliseconds, at: now)
        } else {
            codeLock.lock(milliseconds: fact.lockMilliseconds, at: now)
        }
    }

    private mutating func authorised(_ fact: PickupAuthorised, at now: Moment) {
        codeLock.rightCode(at: now)
        parcels.change(fact.waybill) {
            $0.releasedUntil = now.wall + Limits.shelfPickupMilliseconds
            $0.releasedBy = fact.means
            $0.isForDelegate = fact.by == .delegate
        }
    }

    private mutating func started(at now: Moment) {
        clockMoved(at: now)
        for name in scanners.keys { scanners[name]?.attached = false }
        for name in cameras.keys { cameras[name]?.online = nil }
    }

    /// Wall times of a moment ago say nothing after a start or a jump.
    private mutating func clockMoved(at now: Moment) {
        codeLock.clockMoved(at: now)
        pinLock?.clockMoved(at: now)
        if now.clock.isTrusted { redate(at: now) }
        for parcel in parcels.values where parcel.reopenUntil != 0 || parcel.releasedUntil != 0 {
            parcels.change(parcel.waybill) {
                $0.reopenUntil = 0
                $0.releasedUntil = 0
            }
        }
        for name in doors.keys { doors[name]?.heldUntil = 0 }
    }

    /// What was dated by a clock that could not know the time counts from the first moment that is known.
    private mutating func redate(at now: Moment) {
        for parcel in parcels.values where parcel.changed < Limits.earliestWallMilliseconds {
            parcels.change(parcel.waybill) {
                $0.changed = now.wall
                if $0.storedAt != 0 { $0.storedAt = now.wall }
                if $0.reusableUntil != 0 { $0.reusableUntil = now.wall + Limits.assumedReuseMilliseconds }
            }
        }
        for shipment in shipments.values where shipment.changed < Limits.earliestWallMilliseconds {
            shipments[shipment.waybill]?.changed = now.wall
            if shipment.reusableUntil != nil {
                shipments[shipment.waybill]?.reusableUntil = now.wall + Limits.assumedReuseMilliseconds
            }
        }
        if let seen = run?.seen, seen < Limits.earliestWallMilliseconds { run?.seen = now.wall }
        for index in (lastRuns ?? []).indices where lastRuns?[index].seen ?? .max < Limits.earliestWallMilliseconds {
            lastRuns?[index].seen = now.wall
        }
        for (villager, delegation) in delegations where delegation.until < Limits.earliestWallMilliseconds {
            delegations[villager]?.until = now.wall + Limits.delegationDays * 86_400_000
        }
    }

    private mutating func journalReplaced(_ fact: JournalReplaced) {
        // A fork too: the board may be an older copy of itself, whose doors have been filled and emptied since.
        guard fact.reason != .pruned else { return }
        for parcel in parcels.allInside { parcels[parcel.waybill]?.isDoubtful = true }
        contentsLost = true
        for name in doors.keys { doors[name]?.contents = .unknown }
    }

    private mutating func difference(_ fact: AuditDifference, at now: Moment) {
        switch fact.finding {
        case .interrupted, .changedWhileOff:
            let cycle = door(fact.door).cycle
            // A deposit that was cut short keeps its door: a named person says whether the parcel is inside.
            let isDeposit = cycle?.purpose == .deposit || cycle?.purpose == .dropOff
            let asked = isDeposit && cycle?.waybills.count == 1 ? cycle?.waybills.first : nil
            change(fact.door) {
                $0.contents = .unknown
                $0.cycle = nil
                guard fact.finding == .interrupted, let asked else { return }
                $0.asksInside = asked
                $0.asksAboutShipment = cycle?.purpose == .dropOff
            }
        case .missing: if let waybill = fact.waybill { missed(waybill, behind: fact.door, at: now) }
        case .found: if let waybill = fact.waybill { found(waybill, behind: fact.door) }
        }
    }

    private mutating func missed(_ waybill: Waybill, behind door: DoorName, at now: Moment) {
        if let shipment = shipments[waybill], shipment.isInside, shipment.place == .door(door) {
            shipments[waybill]?.place = nil
            if shipment.status == .droppedOff { shipments[waybill]?.status = .onCounter }
        } else {
            parcels[waybill]?.status = .missing
            parcels[waybill]?.changed = now.wall
        }
    }

    private mutating func found(_ waybill: Waybill, behind door: DoorName) {
        let before: Place?
        if let shipment = shipments[waybill], shipment.isHere, parcels[waybill]?.isInside != true {
            before = shipment.isInside ? shipment.place : nil
            shipments[waybill]?.place = .door(door)
            if shipment.status == .onCounter { shipments[waybill]?.status = .droppedOff }
        } else {
            before = parcels[waybill].flatMap { $0.isInside ? $0.place : nil }
            parcels[waybill]?.place = .door(door)
        }
        // What else lies where the books had it, nobody knows.
        guard let before, case .door(let old) = before, old != door, !parcels.isTaken(before) else { return }
        change(old) { $0.contents = .unknown }
    }

    private mutating func audited(_ fact: AuditFinished) {
        session?.auditing = nil
        // An old code must not open a door that is free for somebody else's parcel now.
        for parcel in parcels.values where parcel.reusableUntil != 0 && parcel.place == .door(fact.door) {
            parcels[parcel.waybill]?.reusableUntil = 0
        }
        for shipment in shipments.values where shipment.leftFrom == .door(fact.door) {
            shipments[shipment.waybill]?.reusableUntil = nil
            shipments[shipment.waybill]?.leftFrom = nil
        }
        change(fact.door) {
            $0.contents = fact.contents
            $0.asksInside = nil
            if $0.cycle?.purpose == .audit { $0.cycle = nil }
        }
    }

    mutating func change(_ name: DoorName, _ body: (inout DoorState) -> Void) {
        var state = door(name)
        body(&state)
        doors[name] = state
    }

    /// A parcel and a shipment may have had the same number: the higher `n` is remembered.
    private mutating func close(_ waybill: Waybill, n: UInt32, at now: Moment) {
        closed[waybill] = ClosedParcel(n: max(n, closed[waybill]?.n ?? 0), day: now.shanghaiDay)
    }

    private mutating func forget(_ parcel: Parcel, at now: Moment) {
        close(parcel.waybill, n: parcel.n, at: now)
        parcels[parcel.waybill] = nil
    }

    /// Once a day: a collected parcel shrinks to its `n` once its code no longer works, those after a year go, and so
    /// do parcels that were announced and never came. A clock that cannot be believed forgets nothing.
    private mutating func forgetOldParcels(at now: Moment) {
        sweptDay = now.shanghaiDay
        redate(at: now)
        // Who collected before midnight may open again, or report, after it.
        let settled = now.wall - Limits.lastPickupMilliseconds
        let stale = now.wall - Limits.expectedParcelDays * 86_400_000
        for parcel in parcels.values {
            switch parcel.status {
            case .returned: forget(parcel, at: now)
            case .collected where parcel.reusableUntil <= now.wall && parcel.changed <= settled,
                .missing where parcel.changed < stale, .lost where parcel.changed < stale:
                forget(parcel, at: now)
            // It never came, so its first code is not used up: the one that was told in advance stays right.
            case .expected where parcel.changed < stale && parcel.n == 0: parcels[parcel.waybill] = nil
            case .expected where parcel.changed < stale: forget(parcel, at: now)
            default: break
            }
        }
        let left = now.wall - Limits.closedShipmentDays * 86_400_000
        for shipment in shipments.values where shipment.changed < left {
            guard shipment.status == .handedOver || shipment.status == .returned else { continue }
            close(shipment.waybill, n: shipment.n, at: now)
            shipments[shipment.waybill] = nil
        }
        delegations = delegations.filter { $0.value.until > now.wall }
        let oldest = now.shanghaiDay - Limits.closedParcelDays
        closed = closed.filter { $0.value.day >= oldest }
        guard closed.count > Limits.closedParcelsMax else { return }
        let kept = closed.sorted { ($0.value.day, $0.key) > ($1.value.day, $1.key) }.prefix(Limits.closedParcelsMax)
        closed = Dictionary(uniqueKeysWithValues: kept.map { ($0.key, $0.value) })
    }
}

public import LockerDomain

extension StationState {
    /// Takes one event into the books. The same code runs when an event is made and when the journal is replayed.
    /// Returns what the books forgot on the way, once a day.
    @discardableResult
    public mutating func apply(_ event: Event, at now: Moment) -> Forgotten? {
        var forgotten: Forgotten?
        if now.clock.isConfirmed {
            noteLeap(at: now)
            confirm(event, at: now)
            if now.shanghaiDay > sweptDay, leapt == nil { forgotten = forgetWhatIsOver(at: now) }
        }
        // The start is not always the first that is written after it.
        if let last = lastMoment, now.uptime < last.uptime { countOn(at: now) }
        if let dark = darkness.take(event, at: now) { pauseHolds(for: dark) }
        beginHolds(anewBy: event)
        if !hear(event, at: now) { take(event, at: now) }
        fulfil(event, at: now)
        recovery?.wrote(event)
        lastMoment = now
        return forgotten
    }

    /// The trusted time is the last confirmed one. County and technician may set back what a wrong clock had moved.
    private mutating func confirm(_ event: Event, at now: Moment) {
        trustedTime = max(trustedTime, now.wall)
        guard now.clock == .county || now.clock == .manual else { return }
        switch event {
        case .stationStarted, .stationClockChanged:
            trustedTime = now.wall
            sweptDay = min(sweptDay, now.shanghaiDay)
            if let leapt, now.wall < leapt.wall { self.leapt = nil }
        default: break
        }
    }

    mutating func take(_ event: Event, at now: Moment) {
        switch event {
        case .stationStarted: started(at: now)
        case .stationConfigChanged(let fact):
            if fact.item == "enrolment" { enrolled() }
        case .stationBooksRecovered(let fact): booksRecovered(fact, at: now)
        case .stationStopped, .stationStorageLow, .stationJournalPruned, .sessionRefused, .commandReceived,
            .serviceComplaintFiled, .serviceSurveyAnswered:
            break
        case .scanRejected(let fact): if fact.reason == .wrongPIN { wrongPIN(at: now) }
        case .stationClockChanged: clockMoved(at: now)
        case .stationJournalReplaced(let fact): journalReplaced(fact)
        case .sessionOpened(let fact):
            sessions = fact.session
            session = Session(id: fact.session, role: fact.role, person: fact.person, badge: fact.badge)
        case .sessionProven:
            session?.proven = true
            pinLock.rightCode(at: now)
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
        case .delegateWithdrawn(let fact): withdrew(fact, at: now)
        case .supportCodeUsed(let fact):
            supportCounter = fact.counter &+ 1
            change(fact.door) { $0.outOfService = .supportCode }
        case .pickupFailed(let fact):
            switch fact.reason {
            case .noMatch, .ambiguous: if fact.means == .code { codeLock.wrongCode(at: now, countsForDay: !isDoubtful) }
            case .locked, .notStored, .doorBusy, .asksLastFour, .contentsUnknown: break
            }
        case .pickupLockedOut(let fact): lockedOut(fact, at: now)
        case .pickupAuthorised(let fact): authorised(fact, at: now)
        case .auditStarted: break
        case .auditDifference(let fact): difference(fact, at: now)
        case .auditFinished(let fact): audited(fact)
        case .commandCompleted(let fact): commands.settle(fact.id, number: fact.number)
        case .commandFailed(let fact):
            if fact.reason == CommandFailed.numberPassed {
                commands.pass(fact.id, number: fact.number)
            } else {
                commands.settle(fact.id, number: fact.number)
            }
        case .parcelExpected, .parcelReceived, .parcelContactGiven, .parcelStored, .parcelRelocated:
            applyParcel(event, at: now)
        case .parcelNoticeDue, .parcelNoticed, .parcelNoticeFailed, .parcelCodeReissued, .parcelHoldExtended,
            .parcelOverdue, .parcelRecalled:
            applyHold(event, at: now)
        case .parcelHandedToAgent, .parcelCollected, .parcelRefused, .parcelDamaged, .parcelShort, .parcelLost,
            .parcelRetrieved, .parcelReturned:
            applyParcelEnd(event, at: now)
        case .parcelJoined(let fact): joined(fact, at: now)
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

    private mutating func withdrew(_ fact: DelegateWithdrawn, at now: Moment) {
        let recipientKey = fact.recipientKey
        delegations[recipientKey] = nil
        guard fact.replaced != true else { return }
        withdrawals[recipientKey] = now.clock.isConfirmed ? now.wall : 0
        if withdrawals.count > Limits.delegationsMax,
            let oldest = withdrawals.min(by: { ($0.value, $0.key) < ($1.value, $1.key) })
        {
            withdrawals[oldest.key] = nil
        }
        // What a delegate asked for and has not fetched from the shelf yet.
        for parcel in parcels.inside(of: recipientKey) where parcel.isForDelegate && parcel.releasedUntil != 0 {
            parcels.change(parcel.waybill) { $0.releasedUntil = 0 }
        }
    }

    private mutating func wrongPIN(at now: Moment) {
        session?.wrongPINs += 1
        pinLock.wrongCode(at: now)
    }

    private mutating func lockedOut(_ fact: PickupLockedOut, at now: Moment) {
        if fact.means == .badge {
            pinLock.lock(milliseconds: fact.lockMilliseconds, at: now)
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
            $0.releasedTo = fact.delegate
        }
    }

    private mutating func started(at now: Moment) {
        countOn(at: now)
        clockMoved(at: now)
        for name in scanners.keys { scanners[name]?.attached = false }
        for name in cameras.keys { cameras[name]?.online = nil }
    }

    private mutating func countOn(at now: Moment) {
        guard let last = lastMoment else { return }
        codeLock.restarted(after: last, at: now)
        pinLock.restarted(after: last, at: now)
        lastMoment = now
    }

    /// Wall times of a moment ago say nothing after a start or a jump.
    private mutating func clockMoved(at now: Moment) {
        if now.clock.isConfirmed { dateUndated(at: now) }
        for parcel in parcels.reopenable where parcel.reopenUntil != 0 || parcel.releasedUntil != 0 {
            parcels.change(parcel.waybill) {
                $0.reopenUntil = 0
                $0.releasedUntil = 0
            }
        }
        for name in doors.keys { doors[name]?.heldUntil = 0 }
    }

    private mutating func journalReplaced(_ fact: JournalReplaced) {
        if let counter = fact.supportCounter { supportCounter = counter }
        // A fork too: the board may be an older copy of itself, whose doors have been filled and emptied since.
        guard fact.stateKept != true else { return }
        // Behind a damaged end the state stands as it is: people get their parcels (DESIGN rule 6).
        if fact.reason != .damaged || fact.recoverAfter == nil {
            for parcel in parcels.allInside { parcels[parcel.waybill]?.isDoubtful = true }
        }
        recovery = recovery ?? Recovery(after: fact.recoverAfter, holdsTail: fact.reason != .damaged)
        contentsLost = true
        for name in doors.keys { doors[name]?.contents = .unknown }
    }

    private mutating func difference(_ fact: AuditDifference, at now: Moment) {
        let place = fact.door.map(Place.door) ?? fact.shelf.map(Place.shelf)
        guard let place else { return }
        if fact.finding == .changedWhileOff, let waybill = fact.waybill {
            return notSeen(waybill, at: place, by: fact.person, at: now)
        }
        guard case .door(let door) = place else {
            if fact.finding == .missing, let waybill = fact.waybill { missed(waybill, at: place, at: now) }
            return
        }
        switch fact.finding {
        case .interrupted, .changedWhileOff:
            let cycle = self.door(door).cycle
            // A deposit that was cut short keeps its door: a named person says whether the parcel is inside.
            let isDeposit = cycle?.purpose == .deposit || cycle?.purpose == .dropOff
            let asked = isDeposit ? cycle?.waybills ?? [] : []
            change(door) {
                $0.contents = .unknown
                $0.cycle = nil
                guard fact.finding == .interrupted, let first = asked.first else { return }
                $0.asksInside = first
                $0.asksNext = Array(asked.dropFirst())
                $0.asksAboutShipment = cycle?.purpose == .dropOff
            }
        case .missing: if let waybill = fact.waybill { missed(waybill, at: place, at: now) }
        case .found: if let waybill = fact.waybill { found(waybill, behind: door) }
        }
    }

    mutating func missed(_ waybill: Waybill, at place: Place, at now: Moment) {
        if let shipment = shipments[waybill], shipment.isInside, shipment.place == place {
            shipments[waybill]?.place = nil
            guard shipment.status == .droppedOff else { return }
            shipments[waybill]?.status = .onCounter
            // Its sender knows the code, and the camera its door.
            shipments[waybill]?.takenFrom = place
        } else {
            parcels[waybill]?.status = .missing
            parcels[waybill]?.changed = now.wall
            // Who was to take it out of the door found nothing.
            guard case .door(let name) = place, let cycle = door(name).cycle, cycle.purpose != .audit,
                cycle.waybills.contains(waybill)
            else { return }
            finishStep(at: name, of: waybill)
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
        if session?.auditing == fact.door { session?.auditing = nil }
        // An old code must not open a door that is free for somebody else's parcel now.
        for parcel in parcels.reopenable(at: .door(fact.door)) {
            parcels.change(parcel.waybill) { $0.reusableUntil = 0 }
        }
        for shipment in shipments.values where shipment.leftFrom == .door(fact.door) {
            shipments[shipment.waybill]?.reusableUntil = nil
            shipments[shipment.waybill]?.leftFrom = nil
        }
        change(fact.door) {
            $0.contents = fact.contents
            if let waybill = fact.waybill { $0.answered(waybill) } else { $0.askNothing() }
            if $0.cycle?.purpose == .audit { $0.cycle = nil }
        }
    }

    mutating func change(_ name: DoorName, _ body: (inout DoorState) -> Void) {
        doors.change(name, contentsLost: contentsLost, body)
    }
}

import LockerDomain
import StationBooks

extension Station {
    /// Authorises an opening; the pulse follows once this is durable (DESIGN rule 1).
    mutating func unlock(
        _ door: DoorName,
        for purpose: Purpose,
        of waybills: [Waybill],
        by authority: Authority,
        size: Size? = nil
    ) {
        request(door, cycle: state.cycles + 1, purpose, waybills, attempt: 1, authority, size)
    }

    mutating func request(
        _ door: DoorName,
        cycle: Int,
        _ purpose: Purpose,
        _ waybills: [Waybill],
        attempt: Int,
        _ authority: Authority,
        _ size: Size? = nil
    ) {
        let pulse = Limits.pulseMilliseconds[min(attempt, Limits.pulseMilliseconds.count) - 1]
        emit(
            .doorUnlockRequested(
                DoorUnlockRequested(
                    door: door,
                    cycle: cycle,
                    purpose: purpose,
                    waybills: waybills,
                    attempt: attempt,
                    pulseMilliseconds: pulse,
                    authority: authority.text,
                    delegate: authority.delegate,
                    size: size
                )
            )
        )
        act(.pulse(door, cycle: cycle, milliseconds: pulse))
    }

    mutating func pulseEnded(_ door: DoorName, cycle id: Int, fault: String?) {
        guard let cycle = state.door(door).cycle, cycle.id == id, cycle.phase == .unlocking else { return }
        if let fault { return giveUp(door, cycle, reason: fault) }
        if hasWorkingSensor(door) {
            act(
                .timer(
                    .openWait(door, cycle: id, attempt: cycle.attempt),
                    afterMilliseconds: Limits.openWaitMilliseconds
                )
            )
        } else {
            act(.timer(.assumed(door, cycle: id), afterMilliseconds: Limits.assumedStepMilliseconds))
        }
    }

    /// A pulse that moved nothing is tried again, longer; then the parcel gets another door (DOMAIN 4.1).
    mutating func openWaitOver(_ door: DoorName, cycle id: Int, attempt: Int) {
        guard let cycle = state.door(door).cycle, cycle.id == id, cycle.attempt == attempt, cycle.phase == .unlocking
        else { return }
        // It stood open already: the pulse was right (a broken cable reads open, DOMAIN 3.2), the edge cannot come.
        if state.door(door).level == .open {
            markOpened(door, cycle: id)
            return act(.timer(.assumed(door, cycle: id), afterMilliseconds: Limits.assumedStepMilliseconds))
        }
        // The sensor died meanwhile: nothing can be seen, so nothing is tried again (DESIGN rule 8).
        guard hasWorkingSensor(door) else {
            return act(.timer(.assumed(door, cycle: id), afterMilliseconds: Limits.assumedStepMilliseconds))
        }
        guard attempt < Limits.pulseMilliseconds.count else {
            return giveUp(door, cycle, reason: "not seen open after \(attempt) pulses")
        }
        request(door, cycle: id, cycle.purpose, cycle.waybills, attempt: attempt + 1, Authority(cycle), cycle.size)
        answer(.doorTryAgain, door.rawValue)
    }

    private mutating func giveUp(_ door: DoorName, _ cycle: DoorCycle, reason: String) {
        emit(
            .doorOpenFailed(
                DoorOpenFailed(door: door, cycle: cycle.id, attempts: cycle.attempt, reason: reason)
            )
        )
        dialogue.stuck.removeAll { $0.door == door }
        dialogue.stuck.append((door, now.uptime + Limits.stuckDoorMilliseconds))
        // Who has something behind it may try again; what would go in needs a door that works.
        if cycle.purpose.goesIn || cycle.purpose == .audit {
            emit(.doorOutOfService(DoorOutOfService(door: door, reason: reason)))
        }
        switch cycle.purpose {
        case .deposit: placeElsewhere(cycle)
        case .dropOff, .shipment: placeShipmentElsewhere(cycle, door)
        case .audit: auditFailed(at: door, cycle)
        case .retrieval, .agent:
            answer(.doorFailed, door.rawValue)
            if leadsQueue(cycle, at: door) { openNextInQueue() }
        case .pickup, .handOut, .reopen, .putBack, .move, .takeOut, .senderPickup, .support:
            answer(.doorFailed, door.rawValue)
        }
    }

    /// The parcel in hand gets another door, else a shelf place.
    private mutating func placeElsewhere(_ cycle: DoorCycle) {
        for waybill in cycle.waybills {
            guard let parcel = state.parcels[waybill] else { continue }
            // Who brings forty has another parcel in the hand by now: the answer says which one it is about.
            let tail = waybill.rawValue.suffix(4)
            switch choosePlace(for: parcel, behindDoor: mayLieBehindDoor(parcel)) {
            case .door(let other):
                unlock(other, for: .deposit, of: [waybill], by: Authority(cycle))
                answer(.putInstead, "\(tail) -> \(other)")
            case .shelf(let shelf):
                guard let key = credentials?.codeKey else { return answer(.full) }
                store(waybill, at: .shelf(shelf), evidence: .scanned, key: key)
                answer(.shelveInstead, "\(tail) -> \(shelf)")
            case nil: answer(.full)
            }
        }
    }

    mutating func sensed(_ level: DoorLevel, at door: DoorName) {
        let before = state.door(door)
        guard doorSettings[door]?.hasSensor == true, level != before.level else { return }
        switch level {
        case .open: sawOpen(door, before)
        case .closed: sawClosed(door, before)
        case .unknown:
            emit(.doorSensorFault(DoorSensorFault(door: door, reason: "the line cannot be read")))
            guard let cycle = before.cycle else { return }
            act(.timer(.assumed(door, cycle: cycle.id), afterMilliseconds: Limits.assumedStepMilliseconds))
        }
    }

    private mutating func sawOpen(_ door: DoorName, _ before: DoorState) {
        if let cycle = before.cycle {
            markOpened(door, cycle: cycle.id)
        } else {
            emit(.doorOpenedUnexpectedly(DoorOpenedUnexpectedly(door: door)))
            act(.timer(.leftOpen(door, cycle: 0), afterMilliseconds: Limits.leftOpenMilliseconds))
            answer(.shutDoor, door.rawValue)
        }
    }

    private mutating func markOpened(_ door: DoorName, cycle: Int) {
        dialogue.stuck.removeAll { $0.door == door }
        emit(.doorOpened(DoorOpened(door: door, cycle: cycle)))
        act(.timer(.leftOpen(door, cycle: cycle), afterMilliseconds: Limits.leftOpenMilliseconds))
    }

    private mutating func sawClosed(_ door: DoorName, _ before: DoorState) {
        let open = before.level == .open ? before.openedAt.map { max(0, now.wall - $0) } : nil
        emit(.doorClosed(DoorClosed(door: door, cycle: before.cycle?.id, openMilliseconds: open)))
        guard let cycle = before.cycle, cycle.phase == .open else { return }
        complete(state.door(door).cycle ?? cycle, at: door, evidence: .sensor)
    }

    mutating func leftOpen(_ door: DoorName, cycle: Int) {
        let now = state.door(door)
        guard now.level == .open, (now.cycle?.id ?? 0) == cycle else { return }
        let open = now.openedAt.map { max(0, self.now.wall - $0) } ?? Limits.leftOpenMilliseconds
        emit(.doorLeftOpen(DoorLeftOpen(door: door, cycle: now.cycle?.id, openMilliseconds: open)))
        answer(.shutDoor, door.rawValue)
    }

    // MARK: Doors without a working sensor

    func hasWorkingSensor(_ door: DoorName) -> Bool {
        doorSettings[door]?.hasSensor == true && state.door(door).level != .unknown
    }

    /// Whether the sensor will tell the end of the step at the door.
    private func canSeeStep(at door: DoorName) -> Bool {
        hasWorkingSensor(door) && state.door(door).cycle?.isDoubtful != true
    }

    /// Returns whether a step of the person at work was among those that ended.
    @discardableResult
    mutating func assumeOpenSteps(goingOn: Bool = true) -> Bool {
        guard !state.doors.busy.isEmpty else { return false }
        let person = state.session.map { Authority.badge($0.person).text }
        var isOwn = false
        for door in state.doors.busy.sorted() where !canSeeStep(at: door) {
            let before = state.door(door).cycle
            assumeStep(at: door, goingOn: goingOn)
            if before?.authority == person, state.door(door).cycle?.id != before?.id { isOwn = true }
        }
        return isOwn
    }

    mutating func assumeStep(at door: DoorName, goingOn: Bool = true) {
        guard let cycle = state.door(door).cycle, cycle.purpose != .audit, !canSeeStep(at: door) else { return }
        guard cycle.purpose != .reopen, cycle.purpose != .support else { return interrupted(door) }
        complete(cycle, at: door, evidence: .assumed, goingOn: goingOn)
    }
}

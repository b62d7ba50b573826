import LockerDomain

extension StationState {
    mutating func applyDoor(_ event: Event, at now: Moment) {
        switch event {
        case .doorUnlockRequested(let fact):
            let authority = Authority(fact.authority, fact.delegate)
            cycles = max(cycles, fact.cycle)
            change(fact.door) {
                $0.cycle = DoorCycle(
                    id: fact.cycle,
                    purpose: fact.purpose,
                    waybills: fact.waybills,
                    attempt: fact.attempt,
                    phase: .unlocking,
                    authority: authority,
                    size: fact.size
                )
            }
            for waybill in fact.waybills { unlocked(waybill, for: fact.purpose, attempt: fact.attempt) }
            guard let session, authority == .badge(session.person) else { return }
            self.session?.lastDoor = fact.door
            self.session?.queue.removeAll { $0 == fact.door }
            if fact.purpose == .audit { self.session?.auditing = fact.door }
        case .doorParcelAdded(let fact): change(fact.door) { $0.cycle?.waybills.append(fact.waybill) }
        case .doorPurposeChanged(let fact): purposeChanged(fact)
        case .doorOpened(let fact):
            if let cycle = door(fact.door).cycle, cycle.purpose == .reopen {
                for waybill in cycle.waybills where parcels[waybill]?.status == .collected {
                    parcels[waybill]?.takenOutAt = now.wall
                }
            }
            change(fact.door) {
                // No edge could be seen: the contact may be cut, so the closing edge may never come either.
                $0.cycle?.isDoubtful = $0.level == .open
                $0.level = .open
                $0.cycle?.phase = .open
                $0.openedAt = now.wall
            }
        case .doorClosed(let fact):
            change(fact.door) {
                $0.level = .closed
                guard let cycle = $0.cycle, cycle.id == fact.cycle, cycle.phase == .open else { return }
                // Nothing in the books follows from these: with the door shut they are over.
                guard cycle.purpose == .reopen || cycle.purpose == .support else { return }
                if cycle.purpose == .support { $0.contents = .unknown }
                $0.cycle = nil
            }
        case .doorOpenFailed(let fact):
            if session?.auditing == fact.door { session?.auditing = nil }
            change(fact.door) { $0.cycle = nil }
        case .doorLeftOpen: break
        case .doorOpenedUnexpectedly(let fact):
            change(fact.door) {
                $0.level = .open
                $0.openedAt = now.wall
                // Somebody reached in: what is inside is anybody's guess until a keeper looks.
                $0.contents = .unknown
            }
        case .doorSensorFault(let fact): change(fact.door) { $0.level = .unknown }
        case .doorOutOfService(let fact): change(fact.door) { $0.outOfService = OutOfService(fact.reason) }
        case .doorBackInService(let fact): change(fact.door) { $0.outOfService = nil }
        default: break
        }
    }

    private mutating func purposeChanged(_ fact: DoorPurposeChanged) {
        change(fact.door) {
            $0.cycle?.purpose = fact.purpose
            guard let waybill = fact.notPutIn else { return }
            $0.cycle?.waybills.removeAll { $0 == waybill }
            // Where no sensor tells that the door is shut, the word of the person ends the step.
            let isSeen = $0.level == .open && $0.cycle?.isDoubtful != true
            guard !isSeen, let cycle = $0.cycle, cycle.waybills.isEmpty else { return }
            // A sender has no badge to vouch with (rule 8).
            if cycle.authority == .sender { $0.contents = .unknown }
            $0.cycle = nil
        }
    }

    /// A second opening for the same pickup is counted; what is taken out to be moved is remembered with its place.
    private mutating func unlocked(_ waybill: Waybill, for purpose: Purpose, attempt: Int) {
        guard attempt == 1, purpose == .reopen, parcels[waybill]?.status == .collected else { return }
        parcels[waybill]?.reopens += 1
    }

    mutating func applyDevice(_ event: Event, at now: Moment) {
        switch event {
        case .deviceScannerAttached(let fact):
            scanners[fact.scanner] = ScannerState(role: fact.role, usb: fact.usb, attached: true, fault: nil)
        case .deviceScannerDetached(let fact):
            scanners[fact.scanner]?.attached = false
            scanners[fact.scanner]?.fault = nil
        case .deviceScannerFaulted(let fact):
            let known = scanners[fact.scanner]
            scanners[fact.scanner] = ScannerState(
                role: known?.role,
                usb: known?.usb,
                attached: false,
                fault: fact.reason
            )
        case .cameraOnline(let fact):
            cameras[fact.camera] = CameraState(online: true, reason: nil, since: now.wall)
        case .cameraOffline(let fact):
            cameras[fact.camera] = CameraState(online: false, reason: fact.reason, since: now.wall)
        default: break
        }
    }
}

extension StationState {
    mutating func applyParcel(_ event: Event, at now: Moment) {
        switch event {
        case .parcelExpected(let fact):
            let entry = fact.entry
            var parcel = Parcel(
                waybill: entry.waybill,
                parties: fact.parties,
                size: entry.size,
                n: entry.n,
                status: .expected,
                announced: true,
                changed: now.wall
            )
            parcel.chilled = entry.chilled
            parcel.reach = entry.reach
            parcel.recipientKey = entry.recipientKey
            parcel.phoneMasked = entry.phoneMasked
            parcels[entry.waybill] = parcel
        case .parcelReceived(let fact):
            var parcel =
                parcels[fact.waybill]
                ?? Parcel(
                    waybill: fact.waybill,
                    parties: fact.parties,
                    size: fact.size,
                    n: fact.n,
                    status: .received,
                    announced: fact.announced,
                    changed: now.wall
                )
            if parcel.status == .collected || parcel.status == .missing { parcel.place = nil }
            parcel.status = .received
            parcel.n = fact.n
            parcel.changed = now.wall
            parcel.reusableUntil = 0
            parcels[fact.waybill] = parcel
            closed[fact.waybill] = nil
        case .parcelStored(let fact):
            parcels[fact.waybill]?.status = .stored
            parcels[fact.waybill]?.isDoubtful = false
            parcels[fact.waybill]?.place = fact.place
            parcels[fact.waybill]?.n = fact.n
            parcels[fact.waybill]?.keyID = fact.keyID
            parcels[fact.waybill]?.changed = now.wall
            guard case .door(let name) = fact.place else { return }
            // Rule 8: what nobody saw happen leaves a door whose contents nobody knows.
            change(name) { $0.contents = fact.evidence == .sensor ? .occupied : .unknown }
            finishStep(at: name, of: fact.waybill)
        case .parcelCollected(let fact):
            codeLock.rightCode(at: now)
            parcels[fact.waybill]?.status = .collected
            parcels[fact.waybill]?.changed = now.wall
            parcels[fact.waybill]?.releasedUntil = 0
            parcels[fact.waybill]?.reusableUntil =
                fact.evidence == .assumed ? now.wall + Limits.assumedReuseMilliseconds : 0
            guard case .door(let name) = fact.place else { return }
            if fact.evidence != .sensor {
                change(name) { $0.contents = .unknown }
            } else if door(name).contents == .occupied, parcels(at: fact.place).isEmpty {
                change(name) { $0.contents = .empty }
            }
            finishStep(at: name, of: fact.waybill)
        default: break
        }
    }

    /// The opening is over once all its parcels are settled.
    private mutating func finishStep(at name: DoorName, of waybill: Waybill) {
        change(name) { state in
            state.cycle?.waybills.removeAll { $0 == waybill }
            if state.cycle?.waybills.isEmpty == true { state.cycle = nil }
        }
    }

    mutating func applyDoor(_ event: Event, at now: Moment) {
        switch event {
        case .doorUnlockRequested(let fact):
            cycles = max(cycles, fact.cycle)
            change(fact.door) {
                $0.cycle = DoorCycle(
                    id: fact.cycle,
                    purpose: fact.purpose,
                    waybills: fact.waybills,
                    attempt: fact.attempt,
                    phase: .unlocking,
                    authority: fact.authority
                )
            }
            if fact.purpose == .audit { session?.auditing = fact.door }
        case .doorOpened(let fact):
            change(fact.door) {
                // No edge could be seen: the contact may be cut, so the closing edge may never come either.
                $0.cycle?.isDoubtful = $0.level == .open
                $0.level = .open
                $0.cycle?.phase = .open
                $0.openedAt = now.wall
            }
        case .doorClosed(let fact): change(fact.door) { $0.level = .closed }
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
        case .doorOutOfService(let fact): change(fact.door) { $0.outOfService = fact.reason }
        case .doorBackInService(let fact): change(fact.door) { $0.outOfService = nil }
        default: break
        }
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

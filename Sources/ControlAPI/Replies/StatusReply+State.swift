import LockerDomain
public import StationBooks

extension StatusReply {
    /// A reading of a station; the link is not part of it.
    public init(_ view: StationView) {
        let (state, settings, now) = (view.state, view.settings, view.now)
        station = view.station
        version = view.version
        simulated = view.simulated
        enrolled = view.enrolled
        storage = view.storage
        time = TimeStamp(now.wall)
        clock = now.clock
        clockTrouble = view.clockTrouble?.words
        uptimeMilliseconds = now.uptime
        trustedTime = state.trustedTime > 0 ? TimeStamp(state.trustedTime) : nil
        incarnation = view.incarnation
        lastSequence = view.lastSequence
        doors = DoorCounts(state, settings)
        shelf = ShelfCounts(state, settings)
        parcels = ParcelCounts(state)
        shipments = ShipmentCounts(state)
        // No run on record under a clock that cannot know the day is no day without one (DESIGN rule 13).
        runToday = now.clock.isDated ? state.lastRunDay == now.shanghaiDay : nil
        run = state.run?.id
        session = state.session.map {
            SessionEntry(role: $0.role, person: PersonNumber.shown($0.person), proven: $0.proven)
        }
        supportCounter = state.supportCounter > 0 ? state.supportCounter : nil
        typingLockedMilliseconds = state.codeLock.remaining(at: now)
        scanners = state.scanners.sorted { $0.key < $1.key }.map { name, scanner in
            ScannerEntry(
                name: name.rawValue,
                role: scanner.role,
                usb: scanner.usb,
                attached: scanner.attached,
                fault: scanner.fault
            )
        }
        // A camera that was never probed is unknown, not absent (DESIGN rule 5).
        cameras = settings.cameras.map { name in
            let camera = state.cameras[name]
            return CameraEntry(
                name: name.rawValue,
                online: camera?.online,
                reason: camera?.reason,
                since: camera?.online == nil ? nil : camera.map { TimeStamp($0.since) }
            )
        }
        faults = view.faults
        hotline = settings.promise.hotline
    }
}

extension StatusReply.DoorCounts {
    init(_ state: StationState, _ settings: StationSettings) {
        let doors = settings.doors.map { (settings: $0, state: state.door($0.name)) }
        total = doors.count
        free = doors.count { DoorChoice.isFree($0.state, $0.settings) && !$0.settings.chilled }
        freeChilled = doors.count { DoorChoice.isFree($0.state, $0.settings) && $0.settings.chilled }
        occupied = doors.count { $0.state.contents == .occupied }
        contentsUnknown = doors.count { $0.state.contents == .unknown }
        outOfService = doors.count { $0.state.outOfService != nil }
        open = doors.count { $0.state.level == .open }
    }
}

extension StatusReply.ShelfCounts {
    init(_ state: StationState, _ settings: StationSettings) {
        total = settings.shelfPlaces.count
        free = settings.shelfPlaces.count { !state.parcels.isTaken(.shelf($0)) }
    }
}

extension StatusReply.ParcelCounts {
    init(_ state: StationState) {
        let counts = state.parcels.values.reduce(into: [Parcel.Status: Int]()) { $0[$1.status, default: 0] += 1 }
        expected = counts[.expected] ?? 0
        received = counts[.received] ?? 0
        stored = counts[.stored] ?? 0
        overdue = state.waiting.count { $0.hold.isOverdue }
        toRetrieve = state.retrievals.count
        retrieved = counts[.retrieved] ?? 0
        withAgents = counts[.withAgent] ?? 0
        missing = counts[.missing] ?? 0
    }
}

extension StatusReply.ShipmentCounts {
    init(_ state: StationState) {
        let counts = state.shipments.values.reduce(into: [Shipment.Status: Int]()) { $0[$1.status, default: 0] += 1 }
        droppedOff = counts[.droppedOff] ?? 0
        onCounter = counts[.onCounter] ?? 0
        waiting = counts[.accepted] ?? 0
        rejected = counts[.rejected] ?? 0
    }
}

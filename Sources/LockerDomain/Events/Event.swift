/// Something that happened at the station and is on record for ever (DESIGN 4.2). The journal line is the wire format.
public enum Event: Sendable, Hashable {
    case stationStarted(StationStarted)
    case stationStopped(StationStopped)
    case stationClockChanged(ClockChanged)
    case stationStorageLow(StorageLow)
    case stationJournalReplaced(JournalReplaced)
    case stationConfigChanged(ConfigChanged)
    case sessionOpened(SessionOpened)
    case sessionProven(SessionProven)
    case sessionClosed(SessionClosed)
    case sessionRefused(SessionRefused)
    case parcelExpected(ParcelExpected)
    case parcelReceived(ParcelReceived)
    case parcelStored(ParcelStored)
    case parcelCollected(ParcelCollected)
    case scanRejected(ScanRejected)
    case pickupAuthorised(PickupAuthorised)
    case pickupFailed(PickupFailed)
    case pickupLockedOut(PickupLockedOut)
    case doorUnlockRequested(DoorUnlockRequested)
    case doorOpened(DoorOpened)
    case doorClosed(DoorClosed)
    case doorOpenFailed(DoorOpenFailed)
    case doorLeftOpen(DoorLeftOpen)
    case doorOpenedUnexpectedly(DoorOpenedUnexpectedly)
    case doorSensorFault(DoorSensorFault)
    case doorOutOfService(DoorOutOfService)
    case doorBackInService(DoorBackInService)
    case deviceScannerAttached(ScannerAttached)
    case deviceScannerDetached(ScannerDetached)
    case deviceScannerFaulted(ScannerFaulted)
    case auditStarted(AuditStarted)
    case auditDifference(AuditDifference)
    case auditFinished(AuditFinished)
    case cameraOnline(CameraOnline)
    case cameraOffline(CameraOffline)
    case commandReceived(CommandReceived)
    case commandCompleted(CommandCompleted)
    case commandFailed(CommandFailed)
}

/// The short name of a type of event; on the wire `dev.villagelocker.<short>.v1`.
public enum EventType: String, Sendable, Codable, CaseIterable {
    case stationStarted = "station.started"
    case stationStopped = "station.stopped"
    case stationClockChanged = "station.clockChanged"
    case stationStorageLow = "station.storageLow"
    case stationJournalReplaced = "station.journalReplaced"
    case stationConfigChanged = "station.configChanged"
    case sessionOpened = "session.opened"
    case sessionProven = "session.proven"
    case sessionClosed = "session.closed"
    case sessionRefused = "session.refused"
    case parcelExpected = "parcel.expected"
    case parcelReceived = "parcel.received"
    case parcelStored = "parcel.stored"
    case parcelCollected = "parcel.collected"
    case scanRejected = "scan.rejected"
    case pickupAuthorised = "pickup.authorised"
    case pickupFailed = "pickup.failed"
    case pickupLockedOut = "pickup.lockedOut"
    case doorUnlockRequested = "door.unlockRequested"
    case doorOpened = "door.opened"
    case doorClosed = "door.closed"
    case doorOpenFailed = "door.openFailed"
    case doorLeftOpen = "door.leftOpen"
    case doorOpenedUnexpectedly = "door.openedUnexpectedly"
    case doorSensorFault = "door.sensorFault"
    case doorOutOfService = "door.outOfService"
    case doorBackInService = "door.backInService"
    case deviceScannerAttached = "device.scannerAttached"
    case deviceScannerDetached = "device.scannerDetached"
    case deviceScannerFaulted = "device.scannerFaulted"
    case auditStarted = "audit.started"
    case auditDifference = "audit.difference"
    case auditFinished = "audit.finished"
    case cameraOnline = "camera.online"
    case cameraOffline = "camera.offline"
    case commandReceived = "command.received"
    case commandCompleted = "command.completed"
    case commandFailed = "command.failed"

    /// `type` of the CloudEvent.
    public var wireName: String { "dev.villagelocker.\(rawValue).v1" }

    /// The type of a CloudEvent's `type`; `nil` for one that this version does not know.
    public init?(wireName: String) {
        guard wireName.hasPrefix("dev.villagelocker."), wireName.hasSuffix(".v1") else { return nil }
        self.init(rawValue: String(wireName.dropFirst(18).dropLast(3)))
    }
}

extension Event {
    /// What kind of event it is.
    public var type: EventType {
        switch self {
        case .stationStarted: .stationStarted
        case .stationStopped: .stationStopped
        case .stationClockChanged: .stationClockChanged
        case .stationStorageLow: .stationStorageLow
        case .stationJournalReplaced: .stationJournalReplaced
        case .stationConfigChanged: .stationConfigChanged
        case .sessionOpened: .sessionOpened
        case .sessionProven: .sessionProven
        case .sessionClosed: .sessionClosed
        case .sessionRefused: .sessionRefused
        case .parcelExpected: .parcelExpected
        case .parcelReceived: .parcelReceived
        case .parcelStored: .parcelStored
        case .parcelCollected: .parcelCollected
        case .scanRejected: .scanRejected
        case .pickupAuthorised: .pickupAuthorised
        case .pickupFailed: .pickupFailed
        case .pickupLockedOut: .pickupLockedOut
        case .doorUnlockRequested: .doorUnlockRequested
        case .doorOpened: .doorOpened
        case .doorClosed: .doorClosed
        case .doorOpenFailed: .doorOpenFailed
        case .doorLeftOpen: .doorLeftOpen
        case .doorOpenedUnexpectedly: .doorOpenedUnexpectedly
        case .doorSensorFault: .doorSensorFault
        case .doorOutOfService: .doorOutOfService
        case .doorBackInService: .doorBackInService
        case .deviceScannerAttached: .deviceScannerAttached
        case .deviceScannerDetached: .deviceScannerDetached
        case .deviceScannerFaulted: .deviceScannerFaulted
        case .auditStarted: .auditStarted
        case .auditDifference: .auditDifference
        case .auditFinished: .auditFinished
        case .cameraOnline: .cameraOnline
        case .cameraOffline: .cameraOffline
        case .commandReceived: .commandReceived
        case .commandCompleted: .commandCompleted
        case .commandFailed: .commandFailed
        }
    }

    /// What it carries.
    public var payload: any EventPayload {
        switch self {
        case .stationStarted(let payload): payload
        case .stationStopped(let payload): payload
        case .stationClockChanged(let payload): payload
        case .stationStorageLow(let payload): payload
        case .stationJournalReplaced(let payload): payload
        case .stationConfigChanged(let payload): payload
        case .sessionOpened(let payload): payload
        case .sessionProven(let payload): payload
        case .sessionClosed(let payload): payload
        case .sessionRefused(let payload): payload
        case .parcelExpected(let payload): payload
        case .parcelReceived(let payload): payload
        case .parcelStored(let payload): payload
        case .parcelCollected(let payload): payload
        case .scanRejected(let payload): payload
        case .pickupAuthorised(let payload): payload
        case .pickupFailed(let payload): payload
        case .pickupLockedOut(let payload): payload
        case .doorUnlockRequested(let payload): payload
        case .doorOpened(let payload): payload
        case .doorClosed(let payload): payload
        case .doorOpenFailed(let payload): payload
        case .doorLeftOpen(let payload): payload
        case .doorOpenedUnexpectedly(let payload): payload
        case .doorSensorFault(let payload): payload
        case .doorOutOfService(let payload): payload
        case .doorBackInService(let payload): payload
        case .deviceScannerAttached(let payload): payload
        case .deviceScannerDetached(let payload): payload
        case .deviceScannerFaulted(let payload): payload
        case .auditStarted(let payload): payload
        case .auditDifference(let payload): payload
        case .auditFinished(let payload): payload
        case .cameraOnline(let payload): payload
        case .cameraOffline(let payload): payload
        case .commandReceived(let payload): payload
        case .commandCompleted(let payload): payload
        case .commandFailed(let payload): payload
        }
    }

    /// Reads the payload of a known type.
    public init<Key: CodingKey>(_ type: EventType, from box: KeyedDecodingContainer<Key>, forKey key: Key) throws {
        switch type {
        case .stationStarted: self = .stationStarted(try box.decode(StationStarted.self, forKey: key))
        case .stationStopped: self = .stationStopped(try box.decode(StationStopped.self, forKey: key))
        case .stationClockChanged: self = .stationClockChanged(try box.decode(ClockChanged.self, forKey: key))
        case .stationStorageLow: self = .stationStorageLow(try box.decode(StorageLow.self, forKey: key))
        case .stationJournalReplaced: self = .stationJournalReplaced(try box.decode(JournalReplaced.self, forKey: key))
        case .stationConfigChanged: self = .stationConfigChanged(try box.decode(ConfigChanged.self, forKey: key))
        case .sessionOpened: self = .sessionOpened(try box.decode(SessionOpened.self, forKey: key))
        case .sessionProven: self = .sessionProven(try box.decode(SessionProven.self, forKey: key))
        case .sessionClosed: self = .sessionClosed(try box.decode(SessionClosed.self, forKey: key))
        case .sessionRefused: self = .sessionRefused(try box.decode(SessionRefused.self, forKey: key))
        case .parcelExpected: self = .parcelExpected(try box.decode(ParcelExpected.self, forKey: key))
        case .parcelReceived: self = .parcelReceived(try box.decode(ParcelReceived.self, forKey: key))
        case .parcelStored: self = .parcelStored(try box.decode(ParcelStored.self, forKey: key))
        case .parcelCollected: self = .parcelCollected(try box.decode(ParcelCollected.self, forKey: key))
        case .scanRejected: self = .scanRejected(try box.decode(ScanRejected.self, forKey: key))
        case .pickupAuthorised: self = .pickupAuthorised(try box.decode(PickupAuthorised.self, forKey: key))
        case .pickupFailed: self = .pickupFailed(try box.decode(PickupFailed.self, forKey: key))
        case .pickupLockedOut: self = .pickupLockedOut(try box.decode(PickupLockedOut.self, forKey: key))
        case .doorUnlockRequested: self = .doorUnlockRequested(try box.decode(DoorUnlockRequested.self, forKey: key))
        case .doorOpened: self = .doorOpened(try box.decode(DoorOpened.self, forKey: key))
        case .doorClosed: self = .doorClosed(try box.decode(DoorClosed.self, forKey: key))
        case .doorOpenFailed: self = .doorOpenFailed(try box.decode(DoorOpenFailed.self, forKey: key))
        case .doorLeftOpen: self = .doorLeftOpen(try box.decode(DoorLeftOpen.self, forKey: key))
        case .doorOpenedUnexpectedly:
            self = .doorOpenedUnexpectedly(try box.decode(DoorOpenedUnexpectedly.self, forKey: key))
        case .doorSensorFault: self = .doorSensorFault(try box.decode(DoorSensorFault.self, forKey: key))
        case .doorOutOfService: self = .doorOutOfService(try box.decode(DoorOutOfService.self, forKey: key))
        case .doorBackInService: self = .doorBackInService(try box.decode(DoorBackInService.self, forKey: key))
        case .deviceScannerAttached: self = .deviceScannerAttached(try box.decode(ScannerAttached.self, forKey: key))
        case .deviceScannerDetached: self = .deviceScannerDetached(try box.decode(ScannerDetached.self, forKey: key))
        case .deviceScannerFaulted: self = .deviceScannerFaulted(try box.decode(ScannerFaulted.self, forKey: key))
        case .auditStarted: self = .auditStarted(try box.decode(AuditStarted.self, forKey: key))
        case .auditDifference: self = .auditDifference(try box.decode(AuditDifference.self, forKey: key))
        case .auditFinished: self = .auditFinished(try box.decode(AuditFinished.self, forKey: key))
        case .cameraOnline: self = .cameraOnline(try box.decode(CameraOnline.self, forKey: key))
        case .cameraOffline: self = .cameraOffline(try box.decode(CameraOffline.self, forKey: key))
        case .commandReceived: self = .commandReceived(try box.decode(CommandReceived.self, forKey: key))
        case .commandCompleted: self = .commandCompleted(try box.decode(CommandCompleted.self, forKey: key))
        case .commandFailed: self = .commandFailed(try box.decode(CommandFailed.self, forKey: key))
        }
    }
}

import LockerDomain

/// Something that happened at the station and is on record for ever (DESIGN 4.2). The journal line is the wire format.
public enum Event: Sendable, Hashable {
    case stationStarted(StationStarted)
    case stationStopped(StationStopped)
    case stationClockChanged(ClockChanged)
    case stationStorageLow(StorageLow)
    case stationJournalReplaced(JournalReplaced)
    case stationBooksRecovered(BooksRecovered)
    case stationJournalPruned(JournalPruned)
    case stationConfigChanged(ConfigChanged)
    case sessionOpened(SessionOpened)
    case sessionProven(SessionProven)
    case sessionWorkChanged(SessionWorkChanged)
    case sessionNoted(SessionNoted)
    case sessionBadgeRevoked(BadgeRevoked)
    case sessionClosed(SessionClosed)
    case sessionRefused(SessionRefused)
    case runArrived(RunArrived)
    case runDeparted(RunDeparted)
    case parcelExpected(ParcelExpected)
    case parcelReceived(ParcelReceived)
    case parcelContactGiven(ParcelContactGiven)
    case parcelStored(ParcelStored)
    case parcelRelocated(ParcelRelocated)
    case parcelNoticeDue(ParcelNoticeDue)
    case parcelNoticed(ParcelNoticed)
    case parcelNoticeFailed(ParcelNoticeFailed)
    case parcelCodeReissued(ParcelCodeReissued)
    case parcelHoldExtended(ParcelHoldExtended)
    case parcelOverdue(ParcelOverdue)
    case parcelRecalled(ParcelRecalled)
    case parcelHandedToAgent(ParcelHandedToAgent)
    case parcelCollected(ParcelCollected)
    case parcelRefused(ParcelRefused)
    case parcelDamaged(ParcelDamaged)
    case parcelShort(ParcelShort)
    case parcelLost(ParcelLost)
    case parcelRetrieved(ParcelRetrieved)
    case parcelReturned(ParcelReturned)
    case parcelJoined(ParcelJoined)
    case shipmentDroppedOff(ShipmentDroppedOff)
    case shipmentAccepted(ShipmentAccepted)
    case shipmentStored(ShipmentStored)
    case shipmentHandedOver(ShipmentHandedOver)
    case shipmentRejected(ShipmentRejected)
    case shipmentTakenOut(ShipmentTakenOut)
    case shipmentReturned(ShipmentReturned)
    case delegateRecorded(DelegateRecorded)
    case delegateWithdrawn(DelegateWithdrawn)
    case scanRejected(ScanRejected)
    case pickupAuthorised(PickupAuthorised)
    case pickupFailed(PickupFailed)
    case pickupLockedOut(PickupLockedOut)
    case supportCodeUsed(SupportCodeUsed)
    case doorUnlockRequested(DoorUnlockRequested)
    case doorParcelAdded(DoorParcelAdded)
    case doorPurposeChanged(DoorPurposeChanged)
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
    case serviceComplaintFiled(ComplaintFiled)
    case serviceSurveyAnswered(SurveyAnswered)
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
        case .stationBooksRecovered: .stationBooksRecovered
        case .stationJournalPruned: .stationJournalPruned
        case .stationConfigChanged: .stationConfigChanged
        case .sessionOpened: .sessionOpened
        case .sessionProven: .sessionProven
        case .sessionWorkChanged: .sessionWorkChanged
        case .sessionNoted: .sessionNoted
        case .sessionBadgeRevoked: .sessionBadgeRevoked
        case .sessionClosed: .sessionClosed
        case .sessionRefused: .sessionRefused
        case .runArrived: .runArrived
        case .runDeparted: .runDeparted
        case .parcelExpected: .parcelExpected
        case .parcelReceived: .parcelReceived
        case .parcelContactGiven: .parcelContactGiven
        case .parcelStored: .parcelStored
        case .parcelRelocated: .parcelRelocated
        case .parcelNoticeDue: .parcelNoticeDue
        case .parcelNoticed: .parcelNoticed
        case .parcelNoticeFailed: .parcelNoticeFailed
        case .parcelCodeReissued: .parcelCodeReissued
        case .parcelHoldExtended: .parcelHoldExtended
        case .parcelOverdue: .parcelOverdue
        case .parcelRecalled: .parcelRecalled
        case .parcelHandedToAgent: .parcelHandedToAgent
        case .parcelCollected: .parcelCollected
        case .parcelRefused: .parcelRefused
        case .parcelDamaged: .parcelDamaged
        case .parcelShort: .parcelShort
        case .parcelLost: .parcelLost
        case .parcelRetrieved: .parcelRetrieved
        case .parcelReturned: .parcelReturned
        case .parcelJoined: .parcelJoined
        case .shipmentDroppedOff: .shipmentDroppedOff
        case .shipmentAccepted: .shipmentAccepted
        case .shipmentStored: .shipmentStored
        case .shipmentHandedOver: .shipmentHandedOver
        case .shipmentRejected: .shipmentRejected
        case .shipmentTakenOut: .shipmentTakenOut
        case .shipmentReturned: .shipmentReturned
        case .delegateRecorded: .delegateRecorded
        case .delegateWithdrawn: .delegateWithdrawn
        case .scanRejected: .scanRejected
        case .pickupAuthorised: .pickupAuthorised
        case .pickupFailed: .pickupFailed
        case .pickupLockedOut: .pickupLockedOut
        case .supportCodeUsed: .supportCodeUsed
        case .doorUnlockRequested: .doorUnlockRequested
        case .doorParcelAdded: .doorParcelAdded
        case .doorPurposeChanged: .doorPurposeChanged
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
        case .serviceComplaintFiled: .serviceComplaintFiled
        case .serviceSurveyAnswered: .serviceSurveyAnswered
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
        case .stationBooksRecovered(let payload): payload
        case .stationJournalPruned(let payload): payload
        case .stationConfigChanged(let payload): payload
        case .sessionOpened(let payload): payload
        case .sessionProven(let payload): payload
        case .sessionWorkChanged(let payload): payload
        case .sessionNoted(let payload): payload
        case .sessionBadgeRevoked(let payload): payload
        case .sessionClosed(let payload): payload
        case .sessionRefused(let payload): payload
        case .runArrived(let payload): payload
        case .runDeparted(let payload): payload
        case .parcelExpected(let payload): payload
        case .parcelReceived(let payload): payload
        case .parcelContactGiven(let payload): payload
        case .parcelStored(let payload): payload
        case .parcelRelocated(let payload): payload
        case .parcelNoticeDue(let payload): payload
        case .parcelNoticed(let payload): payload
        case .parcelNoticeFailed(let payload): payload
        case .parcelCodeReissued(let payload): payload
        case .parcelHoldExtended(let payload): payload
        case .parcelOverdue(let payload): payload
        case .parcelRecalled(let payload): payload
        case .parcelHandedToAgent(let payload): payload
        case .parcelCollected(let payload): payload
        case .parcelRefused(let payload): payload
        case .parcelDamaged(let payload): payload
        case .parcelShort(let payload): payload
        case .parcelLost(let payload): payload
        case .parcelRetrieved(let payload): payload
        case .parcelReturned(let payload): payload
        case .parcelJoined(let payload): payload
        case .shipmentDroppedOff(let payload): payload
        case .shipmentAccepted(let payload): payload
        case .shipmentStored(let payload): payload
        case .shipmentHandedOver(let payload): payload
        case .shipmentRejected(let payload): payload
        case .shipmentTakenOut(let payload): payload
        case .shipmentReturned(let payload): payload
        case .delegateRecorded(let payload): payload
        case .delegateWithdrawn(let payload): payload
        case .scanRejected(let payload): payload
        case .pickupAuthorised(let payload): payload
        case .pickupFailed(let payload): payload
        case .pickupLockedOut(let payload): payload
        case .supportCodeUsed(let payload): payload
        case .doorUnlockRequested(let payload): payload
        case .doorParcelAdded(let payload): payload
        case .doorPurposeChanged(let payload): payload
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
        case .serviceComplaintFiled(let payload): payload
        case .serviceSurveyAnswered(let payload): payload
        }
    }
}

import LockerDomain

/// The short name of a type of event; on the wire `dev.villagelocker.<short>.v1`.
public enum EventType: String, Sendable, Codable, CaseIterable {
    case stationStarted = "station.started"
    case stationStopped = "station.stopped"
    case stationClockChanged = "station.clockChanged"
    case stationStorageLow = "station.storageLow"
    case stationJournalReplaced = "station.journalReplaced"
    case stationJournalPruned = "station.journalPruned"
    case stationConfigChanged = "station.configChanged"
    case sessionOpened = "session.opened"
    case sessionProven = "session.proven"
    case sessionWorkChanged = "session.workChanged"
    case sessionNoted = "session.noted"
    case sessionBadgeRevoked = "session.badgeRevoked"
    case sessionClosed = "session.closed"
    case sessionRefused = "session.refused"
    case runArrived = "run.arrived"
    case runDeparted = "run.departed"
    case parcelExpected = "parcel.expected"
    case parcelReceived = "parcel.received"
    case parcelContactGiven = "parcel.contactGiven"
    case parcelStored = "parcel.stored"
    case parcelRelocated = "parcel.relocated"
    case parcelNoticeDue = "parcel.noticeDue"
    case parcelNoticed = "parcel.noticed"
    case parcelNoticeFailed = "parcel.noticeFailed"
    case parcelCodeReissued = "parcel.codeReissued"
    case parcelHoldExtended = "parcel.holdExtended"
    case parcelOverdue = "parcel.overdue"
    case parcelRecalled = "parcel.recalled"
    case parcelHandedToAgent = "parcel.handedToAgent"
    case parcelCollected = "parcel.collected"
    case parcelRefused = "parcel.refused"
    case parcelDamaged = "parcel.damaged"
    case parcelShort = "parcel.short"
    case parcelLost = "parcel.lost"
    case parcelRetrieved = "parcel.retrieved"
    case parcelReturned = "parcel.returned"
    case parcelJoined = "parcel.joined"
    case shipmentDroppedOff = "shipment.droppedOff"
    case shipmentAccepted = "shipment.accepted"
    case shipmentStored = "shipment.stored"
    case shipmentHandedOver = "shipment.handedOver"
    case shipmentRejected = "shipment.rejected"
    case shipmentTakenOut = "shipment.takenOut"
    case shipmentReturned = "shipment.returned"
    case delegateRecorded = "delegate.recorded"
    case delegateWithdrawn = "delegate.withdrawn"
    case scanRejected = "scan.rejected"
    case pickupAuthorised = "pickup.authorised"
    case pickupFailed = "pickup.failed"
    case pickupLockedOut = "pickup.lockedOut"
    case supportCodeUsed = "support.codeUsed"
    case doorUnlockRequested = "door.unlockRequested"
    case doorParcelAdded = "door.parcelAdded"
    case doorPurposeChanged = "door.purposeChanged"
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
    case serviceComplaintFiled = "service.complaintFiled"
    case serviceSurveyAnswered = "service.surveyAnswered"
    case stationBooksRecovered = "station.booksRecovered"

    /// `type` of the CloudEvent.
    public var wireName: String { "dev.villagelocker.\(rawValue).v1" }

    /// The type of a CloudEvent's `type`; `nil` for one that this version does not know.
    public init?(wireName: String) {
        guard let type = Self.ofWire[wireName] else { return nil }
        self = type
    }

    private static let ofWire = Dictionary(uniqueKeysWithValues: allCases.map { ($0.wireName, $0) })
}

extension Event {
    /// Reads the payload of a known type.
    public init<Key: CodingKey>(_ type: EventType, from box: KeyedDecodingContainer<Key>, forKey key: Key) throws {
        func read<Payload: EventPayload>(_ make: (Payload) -> Event) throws -> Event {
            make(try box.decode(Payload.self, forKey: key))
        }
        switch type {
        case .stationStarted: self = try read(Event.stationStarted)
        case .stationStopped: self = try read(Event.stationStopped)
        case .stationClockChanged: self = try read(Event.stationClockChanged)
        case .stationStorageLow: self = try read(Event.stationStorageLow)
        case .stationJournalReplaced: self = try read(Event.stationJournalReplaced)
        case .stationBooksRecovered: self = try read(Event.stationBooksRecovered)
        case .stationJournalPruned: self = try read(Event.stationJournalPruned)
        case .stationConfigChanged: self = try read(Event.stationConfigChanged)
        case .sessionOpened: self = try read(Event.sessionOpened)
        case .sessionProven: self = try read(Event.sessionProven)
        case .sessionWorkChanged: self = try read(Event.sessionWorkChanged)
        case .sessionNoted: self = try read(Event.sessionNoted)
        case .sessionBadgeRevoked: self = try read(Event.sessionBadgeRevoked)
        case .sessionClosed: self = try read(Event.sessionClosed)
        case .sessionRefused: self = try read(Event.sessionRefused)
        case .runArrived: self = try read(Event.runArrived)
        case .runDeparted: self = try read(Event.runDeparted)
        case .parcelExpected: self = try read(Event.parcelExpected)
        case .parcelReceived: self = try read(Event.parcelReceived)
        case .parcelContactGiven: self = try read(Event.parcelContactGiven)
        case .parcelStored: self = try read(Event.parcelStored)
        case .parcelRelocated: self = try read(Event.parcelRelocated)
        case .parcelNoticeDue: self = try read(Event.parcelNoticeDue)
        case .parcelNoticed: self = try read(Event.parcelNoticed)
        case .parcelNoticeFailed: self = try read(Event.parcelNoticeFailed)
        case .parcelCodeReissued: self = try read(Event.parcelCodeReissued)
        case .parcelHoldExtended: self = try read(Event.parcelHoldExtended)
        case .parcelOverdue: self = try read(Event.parcelOverdue)
        case .parcelRecalled: self = try read(Event.parcelRecalled)
        case .parcelHandedToAgent: self = try read(Event.parcelHandedToAgent)
        case .parcelCollected: self = try read(Event.parcelCollected)
        case .parcelRefused: self = try read(Event.parcelRefused)
        case .parcelDamaged: self = try read(Event.parcelDamaged)
        case .parcelShort: self = try read(Event.parcelShort)
        case .parcelLost: self = try read(Event.parcelLost)
        case .parcelRetrieved: self = try read(Event.parcelRetrieved)
        case .parcelReturned: self = try read(Event.parcelReturned)
        case .parcelJoined: self = try read(Event.parcelJoined)
        case .shipmentDroppedOff: self = try read(Event.shipmentDroppedOff)
        case .shipmentAccepted: self = try read(Event.shipmentAccepted)
        case .shipmentStored: self = try read(Event.shipmentStored)
        case .shipmentHandedOver: self = try read(Event.shipmentHandedOver)
        case .shipmentRejected: self = try read(Event.shipmentRejected)
        case .shipmentTakenOut: self = try read(Event.shipmentTakenOut)
        case .shipmentReturned: self = try read(Event.shipmentReturned)
        case .delegateRecorded: self = try read(Event.delegateRecorded)
        case .delegateWithdrawn: self = try read(Event.delegateWithdrawn)
        case .scanRejected: self = try read(Event.scanRejected)
        case .pickupAuthorised: self = try read(Event.pickupAuthorised)
        case .pickupFailed: self = try read(Event.pickupFailed)
        case .pickupLockedOut: self = try read(Event.pickupLockedOut)
        case .supportCodeUsed: self = try read(Event.supportCodeUsed)
        case .doorUnlockRequested: self = try read(Event.doorUnlockRequested)
        case .doorParcelAdded: self = try read(Event.doorParcelAdded)
        case .doorPurposeChanged: self = try read(Event.doorPurposeChanged)
        case .doorOpened: self = try read(Event.doorOpened)
        case .doorClosed: self = try read(Event.doorClosed)
        case .doorOpenFailed: self = try read(Event.doorOpenFailed)
        case .doorLeftOpen: self = try read(Event.doorLeftOpen)
        case .doorOpenedUnexpectedly: self = try read(Event.doorOpenedUnexpectedly)
        case .doorSensorFault: self = try read(Event.doorSensorFault)
        case .doorOutOfService: self = try read(Event.doorOutOfService)
        case .doorBackInService: self = try read(Event.doorBackInService)
        case .deviceScannerAttached: self = try read(Event.deviceScannerAttached)
        case .deviceScannerDetached: self = try read(Event.deviceScannerDetached)
        case .deviceScannerFaulted: self = try read(Event.deviceScannerFaulted)
        case .auditStarted: self = try read(Event.auditStarted)
        case .auditDifference: self = try read(Event.auditDifference)
        case .auditFinished: self = try read(Event.auditFinished)
        case .cameraOnline: self = try read(Event.cameraOnline)
        case .cameraOffline: self = try read(Event.cameraOffline)
        case .commandReceived: self = try read(Event.commandReceived)
        case .commandCompleted: self = try read(Event.commandCompleted)
        case .commandFailed: self = try read(Event.commandFailed)
        case .serviceComplaintFiled: self = try read(Event.serviceComplaintFiled)
        case .serviceSurveyAnswered: self = try read(Event.serviceSurveyAnswered)
        }
    }
}

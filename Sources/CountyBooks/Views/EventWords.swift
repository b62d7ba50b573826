import LockerDomain
import StationBooks

/// What an event says in words. Who did it, where and how surely stands beside it (`EventDetail`). Never a phone
/// number.
enum EventWords {
    /// The words of any event.
    static func of(_ event: Event) -> Words {
        switch event {
        case .parcelExpected, .parcelReceived, .parcelContactGiven, .parcelStored, .parcelRelocated, .parcelJoined,
            .parcelCodeReissued, .parcelNoticeDue, .parcelNoticed, .parcelNoticeFailed, .parcelHoldExtended,
            .parcelOverdue, .parcelRecalled:
            waiting(event)
        case .parcelHandedToAgent, .parcelCollected, .parcelRefused, .parcelDamaged, .parcelShort, .parcelLost,
            .parcelRetrieved, .parcelReturned:
            end(event)
        case .shipmentDroppedOff, .shipmentAccepted, .shipmentStored, .shipmentHandedOver, .shipmentRejected,
            .shipmentTakenOut, .shipmentReturned:
            shipment(event)
        case .sessionOpened, .sessionProven, .sessionWorkChanged, .sessionNoted, .sessionBadgeRevoked, .sessionClosed,
            .sessionRefused, .runArrived, .runDeparted, .delegateRecorded, .delegateWithdrawn, .scanRejected,
            .pickupAuthorised, .pickupFailed, .pickupLockedOut, .supportCodeUsed, .serviceComplaintFiled,
            .serviceSurveyAnswered:
            people(event)
        case .doorUnlockRequested, .doorParcelAdded, .doorPurposeChanged, .doorOpened, .doorClosed, .doorOpenFailed,
            .doorLeftOpen, .doorOpenedUnexpectedly, .doorSensorFault, .doorOutOfService, .doorBackInService,
            .auditStarted, .auditDifference, .auditFinished:
            door(event)
        case .stationStarted, .stationStopped, .stationClockChanged, .stationStorageLow, .stationJournalReplaced,
            .stationBooksRecovered, .stationJournalPruned, .stationConfigChanged, .deviceScannerAttached,
            .deviceScannerDetached, .deviceScannerFaulted, .cameraOnline, .cameraOffline, .commandReceived,
            .commandCompleted, .commandFailed:
            station(event)
        }
    }

    /// An event that a family does not name stands under its type.
    static func bare(_ event: Event) -> Words { Words(same: event.type.rawValue) }

    /// A word with what is known more of it, between brackets; the word alone where nothing is.
    static func detailed(_ words: Words, _ details: [Words?]) -> Words {
        let details = details.compactMap { $0 }
        guard !details.isEmpty else { return words }
        return Words(
            "\(words.chinese)（\(details.map(\.chinese).joined(separator: "，"))）",
            "\(words.english) (\(details.map(\.english).joined(separator: ", ")))"
        )
    }

    /// The same text in both languages, without phone numbers.
    static func plain(_ text: String) -> Words { Words(same: AuditText.clean(text)) }
}

import LockerDomain
import StationBooks

/// What an event says beside its words: who, where, how surely, and when the door was seen open.
struct EventDetail {
    /// 16 hex digits, or `county`; `nil` where nobody is named.
    private(set) var person: String?
    /// Door or shelf place.
    private(set) var place: String?
    private(set) var evidence: Evidence?
    /// For the camera recording, milliseconds since 1970.
    private(set) var doorOpenedAt: Int64?
    private(set) var parties: Parties?

    init(_ event: Event) {
        readArrival(event)
        readHold(event)
        readEnd(event)
        readShipment(event)
        readThings(event)
    }

    private mutating func readArrival(_ event: Event) {
        switch event {
        case .parcelExpected(let fact): parties = fact.parties
        case .parcelReceived(let fact): (person, parties) = (fact.person, fact.parties)
        case .parcelContactGiven(let fact): (person, parties) = (fact.person, fact.parties)
        case .parcelStored(let fact):
            (person, parties) = (fact.person, fact.parties)
            at(fact.place, fact.evidence, fact.doorOpenedAt)
        case .parcelRelocated(let fact):
            (person, parties) = (fact.person, fact.parties)
            at(fact.place, fact.evidence, fact.doorOpenedAt)
        case .parcelJoined(let fact): (person, parties) = (fact.person, fact.parties)
        default: break
        }
    }

    private mutating func readHold(_ event: Event) {
        switch event {
        case .parcelNoticeDue(let fact): parties = fact.parties
        case .parcelNoticed(let fact): (person, parties) = (fact.person ?? fact.by.county, fact.parties)
        case .parcelNoticeFailed(let fact): (person, parties) = ("county", fact.parties)
        case .parcelCodeReissued(let fact): (person, parties) = (fact.by, fact.parties)
        case .parcelHoldExtended(let fact): (person, parties) = (fact.by, fact.parties)
        case .parcelOverdue(let fact): (place, parties) = ("\(fact.place)", fact.parties)
        case .parcelRecalled(let fact): (person, parties) = (fact.reason == nil ? "county" : nil, fact.parties)
        default: break
        }
    }

    private mutating func readEnd(_ event: Event) {
        switch event {
        case .parcelHandedToAgent(let fact):
            (person, parties) = (fact.person, fact.parties)
            at(fact.place, fact.evidence, fact.doorOpenedAt)
        case .parcelCollected(let fact):
            (person, parties) = (fact.person, fact.parties)
            at(fact.place, fact.evidence, fact.doorOpenedAt)
        case .parcelRefused(let fact):
            parties = fact.parties
            at(fact.place, fact.evidence, fact.doorOpenedAt)
        case .parcelRetrieved(let fact):
            (person, parties) = (fact.person, fact.parties)
            at(fact.place, fact.evidence, fact.doorOpenedAt)
        case .parcelReturned(let fact): (person, parties) = (fact.person, fact.parties)
        case .parcelDamaged(let fact): read(fact.report, fact.parties)
        case .parcelShort(let fact): read(fact.report, fact.parties)
        case .parcelLost(let fact): read(fact.report, fact.parties)
        default: break
        }
    }

    private mutating func readShipment(_ event: Event) {
        switch event {
        case .shipmentDroppedOff(let fact):
            parties = fact.parties
            at(fact.place, fact.evidence, fact.doorOpenedAt)
        case .shipmentAccepted(let fact):
            (person, parties) = (fact.person, fact.parties)
            at(fact.place, nil, fact.doorOpenedAt)
        case .shipmentStored(let fact):
            parties = fact.parties
            at(fact.place, fact.evidence, fact.doorOpenedAt)
        case .shipmentHandedOver(let fact): (person, parties) = (fact.person, fact.parties)
        case .shipmentRejected(let fact): (person, parties) = (fact.person, fact.parties)
        case .shipmentTakenOut(let fact):
            (person, parties) = (fact.person, fact.parties)
            at(fact.place, fact.evidence, fact.doorOpenedAt)
        case .shipmentReturned(let fact):
            (person, parties) = (fact.person, fact.parties)
            at(fact.place, fact.evidence, fact.doorOpenedAt)
        default: break
        }
    }

    private mutating func readThings(_ event: Event) {
        switch event {
        case .sessionOpened(let fact): person = fact.person
        case .sessionClosed(let fact): person = fact.person
        case .runArrived(let fact): person = fact.person
        case .runDeparted(let fact): person = fact.person
        case .delegateRecorded(let fact): person = fact.person
        case .delegateWithdrawn(let fact): person = fact.person
        case .pickupAuthorised(let fact): place = "\(fact.place)"
        case .supportCodeUsed(let fact):
            (person, place) = (fact.requester.isEmpty ? nil : fact.requester, fact.door.rawValue)
        case .doorUnlockRequested(let fact): (person, place) = (fact.badge, fact.door.rawValue)
        case .doorPurposeChanged(let fact): (person, place) = (fact.person, fact.door.rawValue)
        case .doorOutOfService(let fact): (person, place) = (fact.person, fact.door.rawValue)
        case .auditStarted(let fact): person = fact.person
        case .auditDifference(let fact):
            (person, place) = (fact.person, fact.door?.rawValue ?? fact.shelf?.rawValue)
        case .auditFinished(let fact): (person, place) = (fact.person, fact.door.rawValue)
        default: if let door = event.door { place = door.rawValue }
        }
    }

    private mutating func read(_ report: Report, _ parties: Parties) {
        (person, self.parties) = (report.person, parties)
        at(report.place, nil, report.doorOpenedAt)
    }

    private mutating func at(_ place: Place?, _ evidence: Evidence?, _ doorOpenedAt: Int64?) {
        (self.place, self.evidence, self.doorOpenedAt) = (place.map { "\($0)" }, evidence, doorOpenedAt)
    }
}

extension ParcelNoticed.Teller {
    /// As fields that name a person have it; `nil` for the keeper, who has a number.
    fileprivate var county: String? { self == .county ? "county" : nil }
}

extension DoorUnlockRequested {
    /// The person on the badge by which it opened.
    fileprivate var badge: String? {
        let prefix = "badge "
        return authority.hasPrefix(prefix) ? String(authority.dropFirst(prefix.count)) : nil
    }
}

extension Event {
    /// The door of an event that is about nothing else.
    fileprivate var door: DoorName? {
        switch self {
        case .doorParcelAdded(let fact): fact.door
        case .doorOpened(let fact): fact.door
        case .doorClosed(let fact): fact.door
        case .doorOpenFailed(let fact): fact.door
        case .doorLeftOpen(let fact): fact.door
        case .doorOpenedUnexpectedly(let fact): fact.door
        case .doorSensorFault(let fact): fact.door
        case .doorBackInService(let fact): fact.door
        default: nil
        }
    }
}

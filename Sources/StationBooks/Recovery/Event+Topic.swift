public import LockerDomain

/// What one event is about, as far as a recovery asks.
struct EventTopic {
    var waybills: [Waybill] = []
    var recipient: String?
    var door: DoorName?

    var isEmpty: Bool { waybills.isEmpty && recipient == nil && door == nil }
}

extension Event {
    /// Whether the books change when the event comes back from the county.
    public var isRecoverable: Bool {
        switch self {
        case .sessionBadgeRevoked, .commandCompleted, .commandFailed, .parcelNoticeDue, .parcelOverdue: true
        case .sessionNoted(let fact): fact.note == .label
        case .doorUnlockRequested, .auditFinished: false
        case .auditDifference(let fact): fact.finding == .missing || fact.finding == .found
        default: !topic.isEmpty
        }
    }

    /// Whether it says of a parcel only what somebody was told or ordered: nobody has looked where it is, and books that lack how
    /// it left say the same.
    var isHearsay: Bool {
        switch self {
        case .parcelNoticed, .parcelNoticeFailed, .parcelHoldExtended, .parcelRecalled: true
        default: false
        }
    }

    /// The parcels and shipments of which it says more than what somebody was told or ordered. Written while not all is
    /// back from the county, their hold periods begin anew at both ends (DESIGN 4.9).
    public var touchedWaybills: [Waybill] { isHearsay ? [] : topic.waybills }

    /// What the station writes by the clock alone (a reminder, an end of a hold period), what sensors say at a start, and what
    /// a stop has cut short, is about nothing: nobody has looked.
    var topic: EventTopic {
        if let waybills = topicWaybills { return EventTopic(waybills: waybills) }
        switch self {
        case .delegateRecorded(let fact): return EventTopic(recipient: fact.recipientKey)
        case .delegateWithdrawn(let fact): return EventTopic(recipient: fact.recipientKey)
        case .doorUnlockRequested(let fact): return EventTopic(waybills: fact.waybills, door: fact.door)
        case .doorOutOfService(let fact): return EventTopic(door: fact.door)
        case .doorBackInService(let fact): return EventTopic(door: fact.door)
        case .supportCodeUsed(let fact): return EventTopic(door: fact.door)
        case .auditFinished(let fact): return EventTopic(waybills: fact.waybill.map { [$0] } ?? [], door: fact.door)
        case .auditDifference(let fact):
            let isSeen = fact.finding == .missing || fact.finding == .found
            return EventTopic(waybills: isSeen ? fact.waybill.map { [$0] } ?? [] : [])
        default: return EventTopic()
        }
    }

    private var topicWaybills: [Waybill]? {
        switch self {
        case .parcelExpected(let fact): [fact.entry.waybill]
        case .parcelReceived(let fact): [fact.waybill]
        case .parcelContactGiven(let fact): [fact.waybill]
        case .parcelStored(let fact): [fact.waybill]
        case .parcelRelocated(let fact): [fact.waybill]
        case .parcelNoticed(let fact): [fact.waybill]
        case .parcelNoticeFailed(let fact): [fact.waybill]
        case .parcelCodeReissued(let fact): [fact.waybill]
        case .parcelHoldExtended(let fact): [fact.waybill]
        case .parcelRecalled(let fact): [fact.waybill]
        case .parcelHandedToAgent(let fact): [fact.waybill]
        case .parcelCollected(let fact): [fact.waybill]
        case .parcelRefused(let fact): [fact.waybill]
        case .parcelDamaged(let fact): [fact.waybill]
        case .parcelShort(let fact): [fact.waybill]
        case .parcelLost(let fact): [fact.waybill]
        case .parcelRetrieved(let fact): [fact.waybill]
        case .parcelReturned(let fact): [fact.waybill]
        case .parcelJoined(let fact): [fact.waybill, fact.formerly]
        case .shipmentDroppedOff(let fact): [fact.waybill]
        case .shipmentAccepted(let fact): [fact.waybill]
        case .shipmentStored(let fact): [fact.waybill]
        case .shipmentHandedOver(let fact): [fact.waybill]
        case .shipmentRejected(let fact): [fact.waybill]
        case .shipmentTakenOut(let fact): [fact.waybill]
        case .shipmentReturned(let fact): [fact.waybill]
        default: nil
        }
    }
}

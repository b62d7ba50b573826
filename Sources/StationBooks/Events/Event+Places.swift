public import LockerDomain

extension Event {
    /// The parcel whose place, or whether it is here, may change by this; `nil` for all other events.
    public var placedWaybill: Waybill? {
        switch self {
        case .parcelReceived(let fact): fact.waybill
        case .parcelStored(let fact): fact.waybill
        case .parcelRelocated(let fact): fact.waybill
        case .parcelHandedToAgent(let fact): fact.waybill
        case .parcelCollected(let fact): fact.waybill
        case .parcelRefused(let fact): fact.waybill
        case .parcelRetrieved(let fact): fact.waybill
        case .parcelReturned(let fact): fact.waybill
        case .parcelLost(let fact): fact.waybill
        case .auditDifference(let fact): fact.waybill
        default: nil
        }
    }
}

import LockerDomain
import StationBooks

extension Event {
    /// Who did what figures count, by the badge: 16 hex digits; `nil` where a villager did it, or nobody is named.
    var handler: String? {
        switch self {
        case .parcelReceived(let fact): fact.person
        case .parcelStored(let fact): fact.person
        case .parcelCollected(let fact): fact.person
        case .parcelHandedToAgent(let fact): fact.person
        case .parcelLost(let fact): fact.report.person
        case .parcelDamaged(let fact): fact.report.person
        case .parcelShort(let fact): fact.report.person
        case .parcelRetrieved(let fact): fact.person
        case .parcelReturned(let fact): fact.person
        case .shipmentAccepted(let fact): fact.person
        case .shipmentHandedOver(let fact): fact.person
        case .shipmentRejected(let fact): fact.person
        case .shipmentReturned(let fact): fact.person
        default: nil
        }
    }
}

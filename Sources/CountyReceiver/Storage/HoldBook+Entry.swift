import LockerDomain
import StationBooks

extension HoldBook.Entry {
    /// What an event makes of a parcel, as in the station's own books; `nil` when those say nothing of it.
    static func entry(_ before: Self?, after event: Event, at moment: Moment) -> Self? {
        var entry = before ?? Self(status: .expected)
        switch event {
        case .parcelExpected(let fact):
            if fact.late != true { entry = Self(status: .expected) }
            if !entry.announced { entry.chilled = fact.entry.chilled }
            entry.announced = true
            entry.lastFour = entry.lastFour ?? Masking.lastFour(of: fact.entry.phoneMasked)
        case .parcelContactGiven(let fact):
            guard before != nil else { return nil }
            entry.lastFour = Masking.lastFour(of: fact.phoneMasked)
        case .parcelReceived(let fact):
            if before == nil { entry.announced = fact.announced }
            // What was announced of it may be gone with a journal.
            if !fact.announced { (entry.announced, entry.chilled) = (false, false) }
            // What comes back begins anew.
            if entry.status != .expected, entry.status != .stored { entry.hold = Hold() }
            entry.status = .received
            if fact.how != .move { entry.isKeptCold = nil }
        case .parcelStored(let fact):
            entry.status = .stored
            entry.isKeptCold = fact.chilled ?? entry.isKeptCold
        case .parcelRelocated(let fact):
            entry.status = .stored
            entry.isKeptCold = fact.chilled ?? entry.isKeptCold
        case .parcelHandedToAgent: entry.status = .withAgent
        case .parcelCollected: entry.status = .collected
        case .parcelRefused: entry.status = .refused
        case .parcelRetrieved: entry.status = .retrieved
        case .parcelReturned: entry.status = .returned
        case .parcelLost: entry.status = .lost
        case .auditDifference(let fact):
            // What has left, or is lost, is not looked for: a shipment may have its number.
            guard fact.finding == .missing, let before, before.status != .returned, before.status != .lost else {
                return nil
            }
            entry.status = .missing
        default:
            guard before != nil else { return nil }
            entry.hold.take(event, at: moment)
        }
        return entry
    }
}

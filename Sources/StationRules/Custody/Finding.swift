import LockerDomain
import StationBooks

/// The parcel that a person means, when it lies here; else an answer with the reason.
enum Finding {
    /// A parcel that lies here; `nil`, and an answer with the reason, when it does not.
    static func inside(_ waybill: Waybill, in turn: inout Turn) -> Parcel? {
        let door = Unlocking.openingUnderWay(for: waybill, in: turn)?.door
        if door == nil, let parcel = turn.books.parcels[waybill], parcel.isInside { return parcel }
        if let door {
            turn.reject(.outOfContext, .doorBusy, door.rawValue)
        } else {
            turn.reject(.outOfContext, .notHere)
        }
        return nil
    }

    /// What waits for the one recipient whose phone ends so; nothing, and an answer, when there is none or more than
    /// one.
    static func waiting(lastFour digits: String, in turn: inout Turn) -> [Parcel] {
        let parcels = turn.books.parcels.inside(lastFour: digits).filter { $0.status == .stored }
        guard !parcels.isEmpty else {
            turn.reject(.unknown, .notHere)
            return []
        }
        guard Recipients.areOfOne(parcels) else {
            turn.reject(.outOfContext, .peopleWaiting, String(parcels.count))
            return []
        }
        return parcels
    }
}

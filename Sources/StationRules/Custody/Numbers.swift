import LockerDomain
import StationBooks

/// What a scanned number means, and what came as several parcels under one announced number (子母件, DESIGN 4.4).
enum Numbers {
    // MARK: What a number means

    /// The parcel or shipment that a scanned number means. The number of what came in parts means the part that the
    /// person is at: asked for, being taken from the shelf, inside, else any that is here.
    static func meant(by number: Waybill, in turn: borrowing Turn) -> Waybill {
        let name = turn.books.parcels.name(of: number)
        let parts = turn.books.parcels.parts(of: name)
        guard !parts.isEmpty, turn.books.parcels[name]?.isInside != true, turn.books.shipments[name] == nil else {
            return name
        }
        return meant(of: parts, in: turn)?.waybill ?? name
    }

    private static func meant(of parts: [Parcel], in turn: borrowing Turn) -> Parcel? {
        let refused = turn.questions[Refused.self]?.parcels ?? []
        let reported = turn.questions[WhichReported.self]?.parcels ?? []
        let asked = refused + reported
        if let part = parts.first(where: { asked.contains($0.waybill) }) { return part }
        if let session = turn.session, let audited = Looking.auditedDoor(of: session, in: turn),
            let part = parts.first(where: { $0.isInside && $0.place == Place.door(audited) })
        {
            return part
        }
        if let part = parts.first(where: { Labels.isReleased($0, in: turn) }) { return part }
        if let part = parts.first(where: {
            $0.isInside && Unlocking.openingUnderWay(for: $0.waybill, in: turn) == nil
        }) {
            return part
        }
        if let part = parts.first(where: \.isInside) { return part }
        if let part = parts.first(where: { $0.isHere && $0.status != .received }) { return part }
        return parts.first { turn.recent.lastPickup?.parcels.contains($0.waybill) == true }
    }

    /// All that TOLD and EXTEND are about: what holds of one part for its number holds of all that are inside.
    static func allMeant(_ label: Label, in turn: borrowing Turn) -> [Waybill] {
        let all = turn.books.parcels.all(meantBy: label.number).filter(\.isInside).map(\.waybill)
        return all.contains(label.waybill) ? all : [label.waybill]
    }

    // MARK: Coming in

    /// A part of an announced parcel as it comes in for the first time, or anew with a new announcement; `nil` for what
    /// has a line of its own and for all other parcels.
    static func announcedPart(_ waybill: Waybill, in turn: borrowing Turn) -> Parcel? {
        guard let parent = turn.books.parcels.announcement(of: waybill) else { return nil }
        if let known = turn.books.parcels[waybill] {
            guard known.isOver, parent.status == .expected || parent.status == .received else { return nil }
        }
        return Parcel(waybill, partOf: parent, at: turn.now.wall)
    }

    /// The bare number of what comes in parts does not show which part it is: the same parcel would be in twice.
    /// Returns whether the scan was answered so.
    static func asksForPart(_ waybill: Waybill, in turn: inout Turn) -> Bool {
        let parts = turn.books.parcels.parts(of: waybill).filter(\.isHere)
        guard let first = parts.first, turn.books.parcels[waybill]?.isHere != true,
            parts.allSatisfy({ ChildParcel($0.waybill)?.count != nil })
        else { return false }
        if turn.books.parcels[waybill]?.status == .inParts {
            let place = parts.first(where: \.isInside)?.place ?? first.place
            turn.reject(.alreadyStored, .alreadyStored, place?.description ?? "")
        } else {
            turn.reject(.outOfContext, .scanPart)
        }
        return true
    }

    /// While its door stands open for the bare number, that of a part is the second barcode of the same label.
    static func openingForParent(
        of waybill: Waybill,
        in turn: borrowing Turn
    ) -> (door: DoorName, purpose: Purpose)? {
        guard turn.books.parcels[waybill] == nil, let parent = turn.books.parcels.announcement(of: waybill),
            let opening = Unlocking.openingUnderWay(for: parent.waybill, in: turn), opening.purpose == .deposit
        else { return nil }
        return opening
    }
}

import LockerDomain
import StationBooks

/// EXTEND: the keeper keeps a parcel for longer.
enum Extending: WorkFlow {
    static let roles: Set<Role> = [.keeper]
    static let takes: Set<WorkScan> = [.label, .lastFour, .place]
    static var prompt: Answer.ID { .askRecipient }

    static func label(_ label: Label, by session: Session, in turn: inout Turn) {
        let all = Numbers.allMeant(label, in: turn)
        for one in all { extend(one, by: session, in: &turn) }
    }

    /// For all that waits for one recipient: the labels are behind the doors.
    static func lastFour(_ digits: String, by session: Session, in turn: inout Turn) {
        Sessions.touch(in: &turn)
        let parcels = Finding.waiting(lastFour: digits, in: &turn)
        for parcel in parcels { extend(parcel.waybill, by: session, in: &turn) }
    }

    static func place(_ place: Place, _ parcels: [Parcel], by session: Session, in turn: inout Turn) {
        for parcel in parcels { extend(parcel.waybill, by: session, in: &turn) }
    }

    private static func extend(_ waybill: Waybill, by session: Session, in turn: inout Turn) {
        guard Finding.inside(waybill, in: &turn) != nil else { return }
        let hours = Limits.extensionHours
        Holds.extend(of: waybill, hours: hours, by: session.person, in: &turn)
        turn.answer(.extended, String(hours))
    }
}

import LockerDomain
import StationBooks

/// TOLD: the keeper told the recipient that the parcel is here.
enum Telling: WorkFlow {
    static let roles: Set<Role> = [.keeper]
    static let takes: Set<WorkScan> = [.label, .lastFour, .place]
    static var prompt: Answer.ID { .askRecipient }

    static func label(_ label: Label, by session: Session, in turn: inout Turn) {
        let all = Numbers.allMeant(label, in: turn)
        for one in all { tell(one, by: session, in: &turn) }
    }

    /// For all that waits for one recipient: the labels are behind the doors.
    static func lastFour(_ digits: String, by session: Session, in turn: inout Turn) {
        Sessions.touch(in: &turn)
        let parcels = Finding.waiting(lastFour: digits, in: &turn)
        for parcel in parcels { tell(parcel.waybill, by: session, in: &turn) }
    }

    static func place(_ place: Place, _ parcels: [Parcel], by session: Session, in turn: inout Turn) {
        for parcel in parcels { tell(parcel.waybill, by: session, in: &turn) }
    }

    private static func tell(_ waybill: Waybill, by session: Session, in turn: inout Turn) {
        guard let parcel = Finding.inside(waybill, in: &turn) else { return }
        Holds.noticed(parcel, by: .keeper, person: session.person, in: &turn)
        turn.recent.named = (waybill, turn.now.uptime + Limits.followUpMilliseconds)
        turn.answer(.told)
    }
}

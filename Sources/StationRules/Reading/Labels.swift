import LockerDomain
import StationBooks

/// The number of a parcel, a shipment or a bag, which no question asks for.
enum Labels {
    static func read(_ label: Label, in turn: inout Turn) {
        if !label.isKnown, let session = turn.session, Runs.checkInBag(label, by: session, in: &turn) { return }
        guard label.isOfParcel else {
            let isGoods = label.reading.kind == .gtin
            return turn.reject(isGoods ? .goods : .unknown, isGoods ? .goods : .unknownCode)
        }
        let isJoined = turn.session?.work == .join && !Recipients.answersReport(label, in: turn)
        if !isJoined, let parcel = turn.books.parcels[label.waybill], isReleased(parcel, in: turn) {
            return Handing.collectFromShelf(parcel, in: &turn)
        }
        guard let session = turn.session else { return turn.reject(.outOfContext, .scanBadgeFirst) }
        if !isJoined, Looking.finding(label.waybill, by: session, in: &turn) { return }
        work(label, by: session, in: &turn)
    }

    /// Whether the parcel waits to be scanned out of its shelf place. One that the keeper named is handed out by the keeper.
    static func isReleased(_ parcel: Parcel, in turn: borrowing Turn) -> Bool {
        parcel.status == .stored && parcel.releasedUntil > turn.now.wall && parcel.releasedBy != .badge
    }

    private static func work(_ label: Label, by session: Session, in turn: inout Turn) {
        Sessions.touch(in: &turn)
        let flow = session.work.flow
        guard flow.roles.contains(session.role) else { return turn.reject(.outOfContext, .notForYou) }
        flow.label(label, by: session, in: &turn)
    }
}

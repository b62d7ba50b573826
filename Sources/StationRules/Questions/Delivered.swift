import LockerDomain
import StationBooks

/// The agent has one parcel alone: NEXT says that it was delivered (已送达).
struct Delivered: QuestionKind {
    var waybill: Waybill
    var session: Int
    var until: Int64?

    func outlives(_ scan: Scan) -> Bool {
        if case .card(.next) = scan { true } else { !scan.isOfSomebodyNew }
    }

    func fits(_ scan: Scan) -> Bool {
        if case .card(.next) = scan { true } else { false }
    }

    func isAnswered(by scan: Scan, in turn: borrowing Turn) -> Bool {
        guard let session = turn.session, session.id == self.session, let parcel = turn.books.parcels[waybill]
        else { return false }
        return parcel.status == .withAgent && parcel.holder == session.person && parcel.place != nil
    }

    func answer(_ scan: Scan, in turn: inout Turn) -> Outcome {
        guard let session = turn.session, let parcel = turn.books.parcels[waybill], let place = parcel.place else {
            return .done
        }
        Sessions.touch(in: &turn)
        Agents.delivered(parcel, from: place, by: session, evidence: .stated, in: &turn)
        turn.answer(.delivered)
        return .done
    }
}

extension Delivered {
    init?(_ question: Question) {
        guard case .delivered(let one) = question else { return nil }
        self = one
    }

    var question: Question { .delivered(self) }
}

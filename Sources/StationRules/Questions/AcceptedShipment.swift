import LockerDomain
import StationBooks

/// An accepted shipment that the keeper of a session scanned just now: REJECT takes it back.
struct AcceptedShipment: QuestionKind {
    var waybill: Waybill
    var session: Int

    /// Until something else is scanned.
    var until: Int64? { nil }

    func outlives(_ scan: Scan) -> Bool {
        switch scan {
        case .enter, .typed, .card(.reject): true
        case .token, .card, .otherCard, .label: false
        }
    }

    func fits(_ scan: Scan) -> Bool {
        if case .card(.reject) = scan { true } else { false }
    }

    func isAnswered(by scan: Scan, in turn: borrowing Turn) -> Bool { turn.session != nil }

    func answer(_ scan: Scan, in turn: inout Turn) -> Outcome {
        Sessions.touch(in: &turn)
        guard case .card(.reject(let reason)) = scan, let session = turn.session else { return .done }
        let own = session.id == self.session ? waybill : nil
        Counter.rejectShipment(reason, accepted: own, by: session, in: &turn)
        return .done
    }
}

extension AcceptedShipment {
    init?(_ question: Question) {
        guard case .acceptedShipment(let one) = question else { return nil }
        self = one
    }

    var question: Question { .acceptedShipment(self) }
}

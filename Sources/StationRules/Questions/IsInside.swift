import LockerDomain
import StationBooks

/// A deposit was cut short: whether the parcel is inside. The door asks until somebody answers (``DoorState``); here it
/// stands that the people at the station were asked just now, so that NO is about that and about nothing else.
struct IsInside: QuestionKind {
    var until: Int64?

    func outlives(_ scan: Scan) -> Bool {
        switch scan {
        case .enter, .typed, .card(.yes), .card(.no): true
        case .token, .card, .otherCard, .label: false
        }
    }

    /// YES needs no question: the door asks.
    func fits(_ scan: Scan) -> Bool {
        if case .card(.no) = scan { true } else { false }
    }

    func isAnswered(by scan: Scan, in turn: borrowing Turn) -> Bool {
        guard let session = turn.session else { return false }
        return Work.receive.flow.roles.contains(session.role) && CutShort.askedDoor(in: turn) != nil
    }

    func answer(_ scan: Scan, in turn: inout Turn) -> Outcome {
        Sessions.touch(in: &turn)
        guard let session = turn.session else { return .done }
        CutShort.answerInside(false, by: session, in: &turn)
        return .done
    }
}

extension IsInside {
    init?(_ question: Question) {
        guard case .isInside(let one) = question else { return nil }
        self = one
    }

    var question: Question { .isInside(self) }
}

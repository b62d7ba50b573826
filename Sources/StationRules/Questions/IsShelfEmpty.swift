import LockerDomain
import StationBooks

/// A shelf place in use of which the keeper says that its parcel is gone: EMPTY confirms it.
struct IsShelfEmpty: QuestionKind {
    var place: ShelfPlace
    var session: Int
    var until: Int64?

    func outlives(_ scan: Scan) -> Bool {
        switch scan {
        case .enter, .typed, .card(.empty): true
        case .token, .card, .otherCard, .label: false
        }
    }

    func fits(_ scan: Scan) -> Bool {
        if case .card(.empty) = scan { true } else { false }
    }

    /// A door that the keeper looks into comes first.
    func isAnswered(by scan: Scan, in turn: borrowing Turn) -> Bool {
        guard let session = turn.session, session.id == self.session else { return false }
        return session.role.looksIntoDoors && Looking.auditedDoor(of: session, in: turn) == nil
    }

    func answer(_ scan: Scan, in turn: inout Turn) -> Outcome {
        Sessions.touch(in: &turn)
        guard let session = turn.session else { return .done }
        ShelfLook.settle(place, by: session, in: &turn)
        return .done
    }
}

extension IsShelfEmpty {
    init?(_ question: Question) {
        guard case .isShelfEmpty(let one) = question else { return nil }
        self = one
    }

    var question: Question { .isShelfEmpty(self) }
}

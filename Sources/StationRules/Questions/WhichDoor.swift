import LockerDomain
import StationBooks

/// NO could mean several doors: the card of one says which.
struct WhichDoor: QuestionKind {
    var until: Int64?

    func outlives(_ scan: Scan) -> Bool {
        switch scan {
        case .enter, .card(.door): true
        case .token, .card, .otherCard, .typed, .label: false
        }
    }

    func fits(_ scan: Scan) -> Bool {
        if case .card(.door) = scan { true } else { false }
    }

    func isAnswered(by scan: Scan, in turn: borrowing Turn) -> Bool { turn.session != nil }

    func answer(_ scan: Scan, in turn: inout Turn) -> Outcome {
        Sessions.touch(in: &turn)
        guard case .card(.door(let name)) = scan, let session = turn.session else { return .done }
        NothingInside.sayEmpty(turn.site.door(named: name), by: session, in: &turn)
        return .done
    }
}

extension WhichDoor {
    init?(_ question: Question) {
        guard case .whichDoor(let one) = question else { return nil }
        self = one
    }

    var question: Question { .whichDoor(self) }
}

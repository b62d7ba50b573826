import LockerDomain
import StationBooks

/// The first of two numbers of one parcel (转单号) was scanned in a session: the one on the label follows.
struct SecondNumber: QuestionKind {
    var number: Waybill
    var session: Int
    var until: Int64?

    func outlives(_ scan: Scan) -> Bool { true }

    func fits(_ scan: Scan) -> Bool {
        if case .label(let label) = scan { label.isOfParcel } else { false }
    }

    func isAnswered(by scan: Scan, in turn: borrowing Turn) -> Bool {
        guard case .label(let label) = scan, let session = turn.session, session.id == self.session
        else { return false }
        return session.work == .join && label.number != number && !Recipients.answersReport(label, in: turn)
            && Work.join.flow.roles.contains(session.role)
    }

    func answer(_ scan: Scan, in turn: inout Turn) -> Outcome {
        Sessions.touch(in: &turn)
        guard case .label(let label) = scan, let session = turn.session else { return .done }
        Joins.join(label.number, after: self, by: session, in: &turn)
        return .done
    }
}

extension SecondNumber {
    init?(_ question: Question) {
        guard case .secondNumber(let one) = question else { return nil }
        self = one
    }

    var question: Question { .secondNumber(self) }
}

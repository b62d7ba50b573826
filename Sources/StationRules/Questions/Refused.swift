import LockerDomain
import StationBooks

/// Something was taken out and is refused (拒收): the parcel itself is scanned, so that a card alone refuses nothing that
/// somebody carries away.
struct Refused: QuestionKind {
    var parcels: [Waybill]
    var until: Int64?

    func outlives(_ scan: Scan) -> Bool {
        if case .card(.refuse) = scan { true } else { !scan.isOfSomebodyNew }
    }

    func fits(_ scan: Scan) -> Bool {
        if case .label = scan { true } else { false }
    }

    /// Two numbers that are joined are of a parcel in the keeper's hand.
    func isAnswered(by scan: Scan, in turn: borrowing Turn) -> Bool {
        guard case .label(let label) = scan, parcels.contains(label.waybill) else { return false }
        return turn.session?.work != .join || Recipients.answersReport(label, in: turn)
    }

    func answer(_ scan: Scan, in turn: inout Turn) -> Outcome {
        guard case .label(let label) = scan else { return .done }
        Refusals.putBackOnShelf(label.waybill, in: &turn)
        return .done
    }
}

extension Refused {
    init?(_ question: Question) {
        guard case .refused(let one) = question else { return nil }
        self = one
    }

    var question: Question { .refused(self) }
}

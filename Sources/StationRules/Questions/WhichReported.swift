import LockerDomain
import StationBooks

/// A recipient reports one of several parcels: its number says which.
struct WhichReported: QuestionKind {
    var kind: ParcelReport
    var parcels: [Waybill]
    var until: Int64?

    /// A person who shows a badge or a token reports nothing.
    func outlives(_ scan: Scan) -> Bool {
        if case .token = scan { false } else { true }
    }

    func fits(_ scan: Scan) -> Bool {
        if case .label = scan { true } else { false }
    }

    func isAnswered(by scan: Scan, in turn: borrowing Turn) -> Bool {
        guard case .label(let label) = scan, parcels.contains(label.waybill),
            let parcel = turn.books.parcels[label.waybill]
        else { return false }
        return parcel.status == .collected || Unlocking.openingUnderWay(for: label.waybill, in: turn) != nil
    }

    func answer(_ scan: Scan, in turn: inout Turn) -> Outcome {
        guard case .label(let label) = scan else { return .done }
        Reports.fileReport(kind, of: label.waybill, byRecipient: true, in: &turn)
        return .done
    }
}

extension WhichReported {
    init?(_ question: Question) {
        guard case .whichReported(let one) = question else { return nil }
        self = one
    }

    var question: Question { .whichReported(self) }
}

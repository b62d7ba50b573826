import LockerDomain
import StationBooks

/// A villager's drop-off (自助寄件) waits for its label; a digit before it chooses the size of the door.
struct DropOffLabel: QuestionKind {
    var size: Size?
    var until: Int64?

    func outlives(_ scan: Scan) -> Bool { true }

    func fits(_ scan: Scan) -> Bool {
        switch scan {
        case .typed(let typed): typed.isNumber && typed.number.utf8.count == 1
        case .label(let label): label.isOfParcel
        case .enter, .token, .card, .otherCard: false
        }
    }

    func isAnswered(by scan: Scan, in turn: borrowing Turn) -> Bool {
        guard turn.session == nil else { return false }
        // A parcel that waits to be scanned out of its shelf place is its recipient's.
        guard case .label(let label) = scan else { return true }
        return turn.books.parcels[label.waybill].map { !Labels.isReleased($0, in: turn) } ?? true
    }

    func answer(_ scan: Scan, in turn: inout Turn) -> Outcome {
        switch scan {
        case .typed(let typed): DropOffs.chooseSize(typed.number, after: self, in: &turn)
        case .label(let label): DropOffs.dropOff(label, after: self, in: &turn)
        case .enter, .token, .card, .otherCard: break
        }
        return .done
    }
}

extension DropOffLabel {
    init?(_ question: Question) {
        guard case .dropOffLabel(let one) = question else { return nil }
        self = one
    }

    var question: Question { .dropOffLabel(self) }
}

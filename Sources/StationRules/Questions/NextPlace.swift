import LockerDomain
import StationBooks

/// Parcels of the same recipient behind other doors: Enter, or the NEXT card, opens the next one.
struct NextPlace: QuestionKind {
    var parcels: [Waybill]
    var authority: Authority
    var until: Int64?

    func outlives(_ scan: Scan) -> Bool {
        switch scan {
        // The person who refuses one goes on to the next.
        case .card(.next), .card(.refuse): true
        default: !scan.isOfSomebodyNew
        }
    }

    func fits(_ scan: Scan) -> Bool {
        switch scan {
        case .enter, .card(.next): true
        case .token, .card, .otherCard, .typed, .label: false
        }
    }

    func answer(_ scan: Scan, in turn: inout Turn) -> Outcome {
        Handing.openNext(of: self, in: &turn)
        return .done
    }
}

extension NextPlace {
    init?(_ question: Question) {
        guard case .nextPlace(let one) = question else { return nil }
        self = one
    }

    var question: Question { .nextPlace(self) }
}

import LockerDomain
import StationBooks

/// A typed code fits several parcels, or the person has to prove more: the last four digits of the phone decide.
package struct LastFour: QuestionKind {
    var parcels: [Waybill]
    var until: Int64?

    func outlives(_ scan: Scan) -> Bool { true }

    func fits(_ scan: Scan) -> Bool {
        guard case .typed(let typed) = scan else { return false }
        return typed.isNumber && typed.number.utf8.count == Limits.phoneTailDigits
    }

    func answer(_ scan: Scan, in turn: inout Turn) -> Outcome {
        guard case .typed(let typed) = scan else { return .done }
        Codes.answer(typed.number, to: self, in: &turn)
        return .done
    }
}

extension LastFour {
    init?(_ question: Question) {
        guard case .lastFour(let one) = question else { return nil }
        self = one
    }

    var question: Question { .lastFour(self) }
}

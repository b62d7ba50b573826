import LockerDomain
import StationBooks

/// Digits of the DIGIT cards so far. They may be those of a PIN: no event holds them.
struct Digits: QuestionKind {
    var typed: String
    var until: Int64?

    func outlives(_ scan: Scan) -> Bool {
        switch scan {
        case .enter, .card(.next), .card(.end), .card(.digit): true
        case .otherCard(let text): Card.isDigit(text)
        case .card, .token, .typed, .label: false
        }
    }

    func fits(_ scan: Scan) -> Bool {
        if case .card(.next) = scan { true } else { false }
    }

    /// NEXT: they count as if they had been typed.
    func answer(_ scan: Scan, in turn: inout Turn) -> Outcome {
        if turn.session != nil { turn.questions[Survey.self] = nil }
        return .goesOn(.typed(Typed(typed)))
    }
}

extension Digits {
    init?(_ question: Question) {
        guard case .digits(let one) = question else { return nil }
        self = one
    }

    var question: Question { .digits(self) }
}

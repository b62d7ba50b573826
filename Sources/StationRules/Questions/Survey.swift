import LockerDomain
import StationBooks

/// The survey (满意度), one score after the other or all at once.
struct Survey: QuestionKind {
    /// So far.
    var scores: [Int]
    var until: Int64?

    /// A person who shows a badge or a token did not ask for the survey.
    func outlives(_ scan: Scan) -> Bool {
        if case .token = scan { false } else { true }
    }

    func fits(_ scan: Scan) -> Bool {
        guard case .typed(let typed) = scan, typed.isNumber else { return false }
        let count = typed.number.utf8.count
        return count == 1 || count == SurveyQuestion.allCases.count
    }

    func answer(_ scan: Scan, in turn: inout Turn) -> Outcome {
        guard case .typed(let typed) = scan else { return .done }
        Surveys.answer(typed.number, to: self, in: &turn)
        return .done
    }
}

extension Survey {
    init?(_ question: Question) {
        guard case .survey(let one) = question else { return nil }
        self = one
    }

    var question: Question { .survey(self) }
}

import LockerDomain
import StationBooks

/// DIGIT cards, where there is no number pad; NEXT stands for its Enter.
enum DigitCards {
    static func gather(_ digit: Int, in turn: inout Turn) {
        let typed = (turn.questions[Digits.self]?.typed ?? "") + String(digit)
        turn.questions[Digits.self] = nil
        // A reference may be longer than any number of people.
        let most = turn.session?.awaits == nil ? Limits.cardDigitsMax : Limits.noteCharactersMax
        guard typed.utf8.count <= most else { return turn.reject(.unreadable, .digitsOver) }
        let until = turn.now.uptime + Limits.followUpMilliseconds
        turn.questions[Digits.self] = Digits(typed: typed, until: until)
        if turn.questions[Survey.self] != nil, gatherScores(typed, until: until, in: &turn) { return }
        turn.reject(.awaitsScan, .digits, String(typed.utf8.count))
    }

    /// Digits by cards are scores only as long as they can be nothing else, and only NEXT sends them: they may be the first
    /// of a code or a PIN, by somebody who came after the one who asked for the survey. Returns whether they may be scores.
    private static func gatherScores(_ typed: String, until: Int64, in turn: inout Turn) -> Bool {
        let questions = SurveyQuestion.allCases.count
        guard turn.session == nil, typed.utf8.count <= questions,
            typed.utf8.allSatisfy({ SurveyQuestion.scores.contains(Int($0) - 0x30) })
        else {
            turn.questions[Survey.self] = nil
            return false
        }
        turn.questions[Survey.self] = Survey(scores: [], until: until)
        if typed.utf8.count == questions {
            turn.reject(.awaitsScan, .surveyNext)
        } else {
            turn.reject(.awaitsScan, .askSurvey, String(typed.utf8.count + 1))
        }
        return true
    }
}

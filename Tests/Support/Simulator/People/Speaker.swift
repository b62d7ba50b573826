import LockerDomain

/// Somebody who has something to say after a pickup: a report, a complaint, the five questions.
final class Speaker: Visitor {
    override func begin() {
        after(2 * Span.minute) { [self] in leave() }
        switch world.chance.count(0...3) {
        case 0: say([Card.complaint(world.chance.count(1...6)).text])
        case 1: say([Card.report(world.chance.happens(500) ? .damaged : .short).text])
        case 2:
            say([Card.survey.text] + (0..<5).map { _ in Card.digit(world.chance.count(1...6)).text } + [Card.next.text])
        default:
            scan(Card.survey.text) { [self] answers in
                guard answers.last?.id == .askSurvey else { return leave() }
                let scores = (0..<5).map { _ in String(world.chance.count(1...5)) }.joined()
                after(3_000) { [self] in type(scores) { [self] _ in leave() } }
            }
        }
    }

    /// One card after the other; the same digit twice in a row takes as long as the scanner needs.
    private func say(_ texts: [String]) {
        guard let text = texts.first else { return leave() }
        scan(text) { [self] answers in
            let rest = answers.last?.id == .doubled ? texts : Array(texts.dropFirst())
            after(2_500) { [self] in say(rest) }
        }
    }
}

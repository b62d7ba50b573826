extension Station {
    /// One digit by card, where there is no number pad; NEXT stands for its Enter.
    mutating func gather(_ digit: Int, _ card: Card, from source: TextSource) {
        let typed = (dialogue.digits?.typed ?? "") + String(digit)
        dialogue.digits = nil
        // A reference may be longer than any number of people.
        let most = state.session?.awaits == nil ? Limits.cardDigitsMax : Limits.noteCharactersMax
        guard typed.utf8.count <= most else {
            return reject(card, .unreadable, .digitsOver, from: source)
        }
        dialogue.digits = (typed, now.uptime + Limits.followUpMilliseconds)
        if gatherScores(typed, card, from: source) { return }
        reject(card, .awaitsScan, .digits, String(typed.utf8.count), from: source)
    }

    /// Digits by cards are scores only as long as they can be nothing else, and only NEXT sends them: they may be the first
    /// of a code or a PIN, by somebody who came after the one who asked for the survey. Returns whether they may be scores.
    private mutating func gatherScores(_ typed: String, _ card: Card, from source: TextSource) -> Bool {
        guard dialogue.survey != nil else { return false }
        let questions = SurveyQuestion.allCases.count
        guard state.session == nil, typed.utf8.count <= questions,
            typed.utf8.allSatisfy({ SurveyQuestion.scores.contains(Int($0) - 0x30) })
        else {
            dialogue.survey = nil
            return false
        }
        dialogue.survey = ([], now.uptime + Limits.followUpMilliseconds)
        if typed.utf8.count == questions {
            reject(card, .awaitsScan, .surveyNext, from: source)
        } else {
            reject(card, .awaitsScan, .askSurvey, String(typed.utf8.count + 1), from: source)
        }
        return true
    }

    /// NEXT: what was gathered counts as if it had been typed, else it opens the next door of the same recipient, or, at
    /// the counter, the next one with something left behind it.
    mutating func goOn(from source: TextSource) {
        guard let typed = dialogue.digits?.typed else {
            // Enter on the number pad is anybody's: what is the session's goes on by the card alone.
            if deliverAsked() { return }
            if dialogue.followUp == nil, fetchNextShipment(from: source) || leadAuditOn(from: source) { return }
            return openFollowUp(from: source)
        }
        dialogue.digits = nil
        if state.session != nil { dialogue.survey = nil }
        readTyped(typed, from: TextSource(device: source.device, role: .keypad))
    }

    /// Whether digits that were gathered outlive the scan: what somebody began and left is nobody else's.
    static func keepsDigits(_ card: Card?, _ text: String) -> Bool {
        card == .next || card == .end || Card.isDigit(text)
    }
}

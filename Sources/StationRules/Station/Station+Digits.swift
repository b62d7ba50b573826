public import LockerDomain
import StationBooks

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

    /// What was typed, without the spaces and hyphens between groups of digits when it is then as long as a code, a PIN, the
    /// end of a phone or a phone is: people type `9828 7448` as it is written.
    static func typedNumber(_ typed: String) -> String {
        let isSeparator: (UInt8) -> Bool = { $0 == 0x20 || $0 == ChildParcel.hyphen }
        guard typed.utf8.contains(where: isSeparator), typed.utf8.first?.isDigit == true,
            typed.utf8.last?.isDigit == true, typed.utf8.allSatisfy({ $0.isDigit || isSeparator($0) })
        else { return typed }
        let digits = typed.utf8.filter(\.isDigit)
        let lengths = [
            Limits.phoneTailDigits, Limits.pinDigits, Limits.codeDigits, Limits.supportCodeDigits, Limits.mobileDigits,
        ]
        return lengths.contains(digits.count) ? String(decoding: digits, as: UTF8.self) : typed
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
        var keypad = source
        keypad.role = .keypad
        scanned = (typed.utf8.count, nil)
        readTyped(typed, from: keypad)
    }

    /// The phone number in a text that is about to be handed in, typed or by DIGIT cards and NEXT; `nil` for any other.
    public func phone(in text: String, from source: TextSource) -> String? {
        switch source.role {
        case .keypad: return (try? ScanText(text)).map { Self.typedNumber($0.text) }.flatMap { isPhone($0) ? $0 : nil }
        case .scanner:
            guard let typed = dialogue.digits?.typed, isPhone(typed), let scan = try? ScanText(text),
                Card(text: scan.text) == .next
            else { return nil }
            return typed
        }
    }

    /// A mobile number of eleven digits.
    func isPhone(_ text: String) -> Bool {
        text.utf8.count == Limits.mobileDigits && text.hasPrefix("1") && isDigits(text)
    }

    /// Whether digits that were gathered outlive the scan: what somebody began and left is nobody else's.
    static func keepsDigits(_ card: Card?, _ text: String) -> Bool {
        card == .next || card == .end || Card.isDigit(text)
    }
}

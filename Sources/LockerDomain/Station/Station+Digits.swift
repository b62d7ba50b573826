extension Station {
    /// One digit by card, where there is no number pad; NEXT stands for its Enter.
    mutating func gather(_ digit: Int, _ card: Card, from source: TextSource) {
        let typed = (dialogue.digits?.typed ?? "") + String(digit)
        dialogue.digits = nil
        guard typed.utf8.count <= Limits.cardDigitsMax else {
            return reject(card, .unreadable, .digitsOver, from: source)
        }
        dialogue.digits = (typed, now.uptime + Limits.followUpMilliseconds)
        reject(card, .awaitsScan, .digits, String(typed.utf8.count), from: source)
    }

    /// NEXT: what was gathered counts as if it had been typed, else it opens the next door of the same recipient.
    mutating func goOn(from source: TextSource) {
        guard let typed = dialogue.digits?.typed else { return openFollowUp(from: source) }
        dialogue.digits = nil
        readTyped(typed, from: TextSource(device: source.device, role: .keypad))
    }

    /// Whether digits that were gathered outlive the scan: what somebody began and left is nobody else's.
    static func keepsDigits(_ text: String) -> Bool {
        text.hasPrefix(Card.digitPrefix) || text == Card.next.text || text == Card.end.text
    }
}

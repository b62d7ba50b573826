import LockerDomain

/// Typing where there is no number pad, or where somebody takes the cards for it.
extension Visitor {
    /// Types a number on the pad, or scans a DIGIT card for each digit and NEXT. Returns whether it is scanned: that takes
    /// its time, and without an answer on the way the reply is empty.
    @discardableResult
    func typeOrScan(_ number: String, _ reply: @escaping ([Answer]) -> Void) -> Bool {
        let areDigits = !number.isEmpty && number.utf8.allSatisfy { (0x30...0x39).contains($0) }
        guard areDigits, world.chance.happens(world.profile.scansDigits) else {
            type(number, reply)
            return false
        }
        scanDigits(Array(number), reply)
        return true
    }

    /// Enter, or the NEXT card.
    func enterOrNext(_ reply: @escaping ([Answer]) -> Void) {
        if world.chance.happens(world.profile.scansDigits) { scan(Card.next.text, reply) } else { type("", reply) }
    }

    /// Somebody else may scan in between: whoever does not look at the screen goes on all the same.
    private func scanDigits(_ rest: [Character], _ reply: @escaping ([Answer]) -> Void) {
        let digit = rest.first?.wholeNumberValue
        var isHeard = false
        scan(digit.map { Card.digit($0).text } ?? Card.next.text) { [self] answers in
            isHeard = true
            guard answers.last?.id != .doubled else { return after(2_500) { [self] in scanDigits(rest, reply) } }
            guard digit != nil, let answer = answers.last, answer.id != .storageFailed else { return reply(answers) }
            // The same digit twice in a row takes as long as the scanner needs.
            let isTwice = rest.count > 1 && rest[1] == rest[0]
            after(isTwice ? 2_200 : 700) { [self] in scanDigits(Array(rest.dropFirst()), reply) }
        }
        after(10_000) { if !isHeard { reply([]) } }
    }
}

import LockerDomain
import StationBooks

/// What is typed on a number pad, or with DIGIT cards and NEXT, and answers no question.
enum Typing {
    /// - Parameter recipientKey: of a phone number (``TextSource/recipientKey``).
    static func read(_ typed: Typed, recipientKey: String?, in turn: inout Turn) {
        if let code = typed.code { return Codes.pickUp(byCode: code, in: &turn) }
        let number = typed.number
        guard typed.isNumber else { return turn.reject(.unknown, .unknownCode) }
        switch number.utf8.count {
        case ..<Limits.pinDigits where isWeight(in: turn.session):
            if let session = turn.session { Counter.weigh(number, in: session, in: &turn) }
        case Limits.pinDigits where turn.session != nil:
            if let session = turn.session { Sessions.readPIN(number, of: session, in: &turn) }
        case Limits.phoneTailDigits: lastFour(number, in: &turn)
        case Limits.supportCodeDigits: Support.open(number, in: &turn)
        default:
            guard isPhone(number) else { return turn.reject(.unknown, .unknownCode) }
            Contacts.take(number, recipientKey: recipientKey, in: &turn)
        }
    }

    private static func isWeight(in session: Session?) -> Bool { session?.work == .outbound && session?.draft != nil }

    private static func lastFour(_ digits: String, in turn: inout Turn) {
        guard let session = turn.session, session.work.flow.takes.contains(.lastFour) else {
            return countWaiting(digits, in: &turn)
        }
        session.work.flow.lastFour(digits, by: session, in: &turn)
    }

    /// How many parcels wait for the phones that end so: names none, and counts as a wrong code when there is none.
    private static func countWaiting(_ digits: String, in turn: inout Turn) {
        guard turn.books.codeLock.remaining(at: turn.now) == 0 else { return Codes.refuseLocked(.code, in: &turn) }
        let waiting = turn.books.parcels.inside(lastFour: digits).count { $0.status == .stored }
        guard waiting > 0 else { return Codes.wrongCode(.noMatch, .wrongCode, in: &turn) }
        turn.reject(.outOfContext, .peopleWaiting, String(waiting))
    }

    // MARK: Numbers

    /// What was typed, without the spaces and hyphens between groups of digits when it is then as long as a code, a PIN, the
    /// end of a phone or a phone is: people type `9828 7448` as it is written.
    static func number(_ typed: String) -> String {
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

    /// A mobile number of eleven digits.
    static func isPhone(_ text: String) -> Bool {
        text.utf8.count == Limits.mobileDigits && text.hasPrefix("1") && text.isDigits
    }

    /// - Parameter gathered: by DIGIT cards so far.
    static func phone(in text: String, from source: TextSource, gathered: String?) -> String? {
        guard let text = try? ScanText(text).text else { return nil }
        switch source.role {
        case .keypad:
            let number = number(text)
            return isPhone(number) ? number : nil
        case .scanner:
            guard let gathered, isPhone(gathered), Card(text: text) == .next else { return nil }
            return gathered
        }
    }
}

/// What became of a form that was sent.
public enum FormUse: Sendable, Hashable {
    /// It was not sent before: do it, then say by `settle` where it led.
    case first
    /// It was sent before. Where that led; `nil` while it is still being done, or when it failed.
    case again(outcome: String?)
    /// It was given out by no page of this session, or too many others were sent since: show it anew.
    case old
}

/// The forms of one session. Each page numbers its form; a number is good for one sending. The numbers that were sent
/// are kept up to a limit, and those below the kept ones are refused, so that none is ever done twice.
struct FormLedger: Sendable, Hashable, Codable {
    private var given = 0
    private var floor = 0
    private var sent: [Int: String] = [:]

    /// The ledger as it goes on after a restart. Numbers that were given out after it was written are good all the same, and
    /// none of them is given out again.
    func restored() -> FormLedger {
        var ledger = self
        ledger.given += CountyBooksLimits.restoredFormsMax
        return ledger
    }

    /// The number of a form that a page is about to show.
    mutating func open() -> String {
        given += 1
        return String(given)
    }

    /// Takes the number of a form that was sent.
    mutating func send(_ text: String) -> FormUse {
        guard let number = Int(text), String(number) == text, number > 0, number <= given else { return .old }
        if let outcome = sent[number] { return .again(outcome: outcome.isEmpty ? nil : outcome) }
        guard number > floor else { return .old }
        sent[number] = ""
        if sent.count > CountyBooksLimits.sentFormsMax, let least = sent.keys.min() {
            sent[least] = nil
            floor = least
            // It was itself the least: it is done once, now, and refused from here on.
        }
        return .first
    }

    /// Keeps where a form led.
    mutating func settle(_ text: String, outcome: String) {
        guard let number = Int(text), sent[number] != nil else { return }
        sent[number] = String(outcome.prefix(CountyBooksLimits.formOutcomeCharactersMax))
    }
}

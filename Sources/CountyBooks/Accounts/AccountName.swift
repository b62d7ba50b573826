/// The rule for log-in names (账号名).
public enum AccountName {
    /// The name without blanks around it.
    ///
    /// - Throws: `AccountFault` `badName` unless it has 2–32 characters, each a letter or digit of ASCII, a Chinese
    ///   character, or one of `-_.`, the first none of these three; `phoneAsName` for a phone number: the audit log and
    ///   lists show names.
    public static func checked(_ text: String) throws(AccountFault) -> String {
        let name = AuditText.trimmed(text)
        let scalars = name.unicodeScalars
        let lengths = CountyBooksLimits.accountNameCharactersMin...CountyBooksLimits.accountNameCharactersMax
        guard lengths.contains(scalars.count), scalars.allSatisfy({ isWord($0) || "-_.".unicodeScalars.contains($0) }),
            let first = scalars.first, isWord(first)
        else { throw AccountFault(.badName, name) }
        guard !AuditText.holdsPhone(name) else { throw AccountFault(.phoneAsName) }
        return name
    }

    /// What makes two names one: keyboards of phones begin a word with a capital letter. Text of any length is cut, so
    /// that it can be kept of tries.
    static func key(_ text: String) -> String {
        let scalars = AuditText.trimmed(text).unicodeScalars.prefix(CountyBooksLimits.accountNameCharactersMax + 1)
        return String(String.UnicodeScalarView(scalars)).lowercased()
    }

    private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "〇": true
        // One code for each character: those kept for compatibility look like others.
        default: scalar.properties.isUnifiedIdeograph
        }
    }
}

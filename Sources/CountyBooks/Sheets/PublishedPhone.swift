import OfficeSheets

/// The phone number of a site or a firm (公开电话), which is shown whole: mobile, with an area code, of a service.
enum PublishedPhone {
    /// What to write, for messages.
    static let form = "a whole phone number, as 0356-4221234"

    /// Digits of identity cards, of now and of before.
    private static let identityDigits = [15, 18]
    private static let mobileDigits = 11
    private static let localDigits = 7...8
    private static let extensionDigits = 1...6

    /// As registers hold it: `0356-4221234`, `0356-4221234-8`, `13812345678`, `4001234567`; `nil` for what is none. A number
    /// of ten digits may be one whose leading zero Excel has dropped.
    static func plain(_ written: String) -> String? {
        var groups = groups(written)
        let digits = groups.joined()
        guard RegisterNames.isCode(digits), !groups.contains("") else { return nil }
        if let mobile = mobile(digits) { return mobile }
        guard digits.hasPrefix("0") else { return isService(digits) || isLocal(digits) ? digits : nil }
        let areaDigits = digits.hasPrefix("01") || digits.hasPrefix("02") ? 3 : 4
        // 0356-4221234 or 03564221234, and what is dialled behind it.
        let area = String(digits.prefix(areaDigits))
        groups =
            groups[0] == area
            ? Array(groups.dropFirst()) : [String(groups[0].dropFirst(areaDigits))] + groups.dropFirst()
        let isDirect = groups.count == 1 || (groups.count == 2 && extensionDigits.contains(groups[1].utf8.count))
        guard isDirect, isLocal(groups[0]) else { return nil }
        return ([area] + groups).joined(separator: "-")
    }

    /// Whether it has as many digits as the number of an identity card, of now or of before.
    static func isIdentityNumber(_ written: String) -> Bool {
        let groups = groups(written)
        return groups.count == 1 && identityDigits.contains(groups[0].utf8.count)
            && RegisterNames.isCode(String(groups[0].dropLast()))
    }

    private static func mobile(_ digits: String) -> String? {
        let national = digits.suffix(mobileDigits)
        guard ["", "86", "0086"].contains(digits.dropLast(mobileDigits)), national.utf8.count == mobileDigits,
            national.hasPrefix("1"), ("3"..."9").contains(national.dropFirst().prefix(1))
        else { return nil }
        return String(national)
    }

    /// 400, 800, 95, 96 and the short numbers of the state.
    private static func isService(_ digits: String) -> Bool {
        switch digits.utf8.count {
        case 5: ["95", "96", "11", "12"].contains(digits.prefix(2))
        case 6: ["95", "96"].contains(digits.prefix(2))
        case 10: ["400", "800"].contains(digits.prefix(3))
        default: false
        }
    }

    private static func isLocal(_ digits: String) -> Bool {
        localDigits.contains(digits.utf8.count) && !digits.hasPrefix("0") && !digits.hasPrefix("1")
    }

    /// Its groups of digits, however they are set apart; blanks set nothing apart.
    private static func groups(_ written: String) -> [String] {
        let marks: Set<Character> = ["-", "‐", "–", "—", ")"]
        let text = SheetCell.halfWidth(written).filter { !$0.isWhitespace && $0 != "(" && $0 != "+" }
        return text.split(omittingEmptySubsequences: false) { marks.contains($0) }.map { String($0) }
    }
}

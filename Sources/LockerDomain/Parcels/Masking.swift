/// Masking of GB/T 41833: at least one character of a name, at least six digits of a phone, the room of an address.
public enum Masking {
    /// `13812345678` → `1******5678`: six digits of eleven are hidden, the last four stay for pickup. Anything that
    /// is not a phone number is hidden whole.
    public static func phone(_ text: String) -> String {
        let digits = text.utf8.filter { (0x30...0x39).contains($0) }
        guard digits.count >= 10 else { return String(repeating: "*", count: digits.count) }
        let head = String(decoding: digits.prefix(digits.count - 10), as: UTF8.self)
        return head + "******" + String(decoding: digits.suffix(4), as: UTF8.self)
    }

    /// `张三` → `张*`, `欧阳小明` → `欧**明`: the first character stays, from three on the last one too.
    public static func name(_ text: String) -> String {
        // Spaces and invisible characters at the ends would otherwise be what is hidden.
        let name = Array(text.filter(isVisible))
        switch name.count {
        case 0: return ""
        case 1: return "*"
        case 2: return "\(name[0])*"
        case let count: return "\(name[0])" + String(repeating: "*", count: count - 2) + "\(name[count - 1])"
        }
    }

    /// `3号楼2单元501室` → `3号楼2单元***室`, `阳光小区3-2-501` → `阳光小区3-2-***`, `上河村12号` → `上河村**号`: hides the number
    /// of the room or household, which stands before 室, 户 or 房 or at the end, and every number long enough for a phone.
    public static func address(_ text: String) -> String {
        var characters = Array(text)
        var start = 0
        while start < characters.count {
            guard isNumeral(characters[start]) else {
                start += 1
                continue
            }
            let end = characters[start...].firstIndex { !isNumeral($0) } ?? characters.count
            if hides(characters, start..<end) {
                for index in start..<end { characters[index] = "*" }
            }
            start = end
        }
        return String(characters)
    }

    // MARK: Addresses

    private static let chineseNumerals: Set<Character> = Set("〇零一二三四五六七八九十百两○")
    private static let phoneDigitsMin = 7

    /// Part of a number, with the letters of `A1203` and `1203B`.
    private static func isNumeral(_ character: Character) -> Bool {
        chineseNumerals.contains(character) || character.isWholeNumber || isLatin(character)
    }

    private static func isLatin(_ character: Character) -> Bool { character.isLetter && character.utf8.count <= 2 }

    /// Whether the run of numerals names a room or household, or may be a phone.
    private static func hides(_ text: [Character], _ run: Range<Int>) -> Bool {
        let digits = text[run].count { $0.isWholeNumber && !chineseNumerals.contains($0) }
        guard digits > 0 || text[run].contains(where: chineseNumerals.contains) else { return false }
        if digits >= phoneDigitsMin { return true }
        // 张三 ends with a numeral and 五零一 with a room.
        let isRoom = digits > 0 || run.count >= 3
        var rest = text[run.upperBound...]
        if rest.first == "号" { rest = rest.dropFirst() }
        let isNumbered = rest.startIndex > run.upperBound
        guard let next = rest.first else { return isRoom || isNumbered }
        if "室户房".contains(next) {
            // 三户村 is a village.
            return rest.dropFirst().first.map { !"村庄屯乡镇".contains($0) } ?? true
        }
        // A bare number ends its part of the address; a hyphen goes on to the next group of the same number.
        let isHyphen = "-－—–#".contains(next)
        let goesOn = isHyphen && rest.dropFirst().first.map { isNumeral($0) || $0 == "*" } ?? false
        return (isRoom || isNumbered) && !next.isLetter && !next.isWholeNumber && next != "*" && !goesOn
    }

    private static func isVisible(_ character: Character) -> Bool {
        !character.isWhitespace
            && !character.unicodeScalars.allSatisfy { [.format, .control].contains($0.properties.generalCategory) }
    }

    /// Last four digits of a phone, whole or masked; `nil` when they are hidden.
    public static func lastFour(of phone: String?) -> String? {
        guard let phone, phone.utf8.count >= 4 else { return nil }
        let tail = phone.suffix(4)
        return tail.utf8.allSatisfy { (0x30...0x39).contains($0) } ? String(tail) : nil
    }
}

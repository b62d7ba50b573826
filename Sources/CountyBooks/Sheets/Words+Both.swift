public import OfficeSheets

/// Faults and notes stand in both languages in one text, since a command prints both: `is empty 为空: write a day 请填写日期`.
/// A page shows the part of its language.
extension Words {
    /// Takes a text apart: line by line, and in each line part by part between colons. What stands in one language alone
    /// is the same in both.
    public init(both text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(Self.line)
        self.init(
            lines.map(\.chinese).joined(separator: "\n"),
            lines.map(\.english).joined(separator: "\n")
        )
    }

    private static func line(_ text: Substring) -> Words {
        let parts = text.split(separator: ": ", omittingEmptySubsequences: false).map(part)
        return Words(
            parts.map(\.chinese).joined(separator: "："),
            parts.map(\.english).joined(separator: ": ")
        )
    }

    private static func part(_ text: Substring) -> Words {
        place(text) ?? name(text) ?? thing(text) ?? several(text) ?? sentence(text) ?? Words(String(text), String(text))
    }

    /// What faults are about, by its number.
    private static func thing(_ text: Substring) -> Words? {
        switch text {
        case "manifest": return Words("预报单", "manifest")
        case "sheet": return Words("表格", "sheet")
        default: break
        }
        // Making a regular expression costs more than all else: only for what may fit.
        guard ["phone for ", "waybill ", "station ", "manifest "].contains(where: text.hasPrefix) else { return nil }
        if let phone = text.wholeMatch(of: /phone for ([^ ]+)/) { return Words("运单 \(phone.1) 的电话", String(text)) }
        let names = ["waybill": "运单", "station": "站点", "manifest": "预报单"]
        guard let thing = text.wholeMatch(of: /(waybill|station|manifest) ([^ ]+)(?:, formerly ([^ ]+))?/),
            let name = names[String(thing.1)]
        else { return nil }
        return Words("\(name) \(thing.2)\(thing.3.map { "（原单号 \($0)）" } ?? "")", String(text))
    }

    /// Several of them one behind the other, between semicolons, each in both languages.
    private static func several(_ text: Substring) -> Words? {
        let texts = text.split(separator: "; ")
        guard texts.count > 1 else { return nil }
        let parts = texts.map(part)
        guard parts.allSatisfy({ $0.chinese != $0.english }) else { return nil }
        return Words(
            parts.map(\.chinese).joined(separator: "；"),
            parts.map(\.english).joined(separator: "; ")
        )
    }

    /// `row 7, column D 手机号 phone`, as faults of sheets name a cell.
    private static func place(_ text: Substring) -> Words? {
        guard ["row", "column "].contains(where: text.hasPrefix) else { return nil }
        var (rest, parts): (Substring, [String]) = (text, [])
        if let rows = text.prefixMatch(of: /rows? ([0-9]+(?:-[0-9]+)?(?:, [0-9]+(?:-[0-9]+)?)*)/) {
            parts.append("第 \(rows.1) 行")
            rest = text[rows.range.upperBound...]
            if let more = rest.prefixMatch(of: /(?: and )([0-9]+) more/) {
                parts[0] += "等（另有 \(more.1) 行）"
                rest = rest[more.range.upperBound...]
            }
            guard rest.isEmpty || rest.hasPrefix(", ") else { return nil }
            rest = rest.dropFirst(", ".count)
        }
        if let column = rest.wholeMatch(of: /column ([A-Z]+) (.+)/) {
            parts.append("\(column.1) 列“\(name(column.2)?.chinese ?? String(column.2))”")
        } else if let column = rest.wholeMatch(of: /column ([A-Z]+)/) {
            parts.append("\(column.1) 列")
        } else if !rest.isEmpty {
            guard !parts.isEmpty, let name = name(rest) else { return nil }
            parts.append("“\(name.chinese)”")
        }
        return parts.isEmpty ? nil : Words(parts.joined(separator: "，"), String(text))
    }

    /// `行政村 village`; `村 A` is a name of somebody else's.
    private static func name(_ text: Substring) -> Words? {
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 2, words[0].unicodeScalars.allSatisfy(isChinese), !words[0].isEmpty,
            words[1].utf8.allSatisfy({ (0x61...0x7A).contains($0 | 0x20) || $0 == 0x5F }),
            words[1].utf8.first.map({ (0x61...0x7A).contains($0) }) ?? false
        else { return nil }
        return Words(String(words[0]), String(words[1]))
    }

    /// An English sentence with the Chinese one behind it. The Chinese one begins behind a blank and has no English word
    /// that the other does not have: what else it holds are names, figures and what is typed.
    private static func sentence(_ text: Substring) -> Words? {
        for index in text.indices where text[index] == " " {
            let (front, rest) = (text[..<index], text[text.index(after: index)...])
            guard let first = rest.unicodeScalars.first, isChinese(first) || "“《（".unicodeScalars.contains(first) else {
                continue
            }
            let known = plainWords(front)
            if !known.isEmpty, plainWords(rest).isSubset(of: known) { return Words(String(rest), String(front)) }
        }
        return nil
    }

    /// Words of two or more small letters alone; `Excel`, `CSV`, `yc-001` and `3.5` are none.
    private static func plainWords(_ text: Substring) -> Set<Substring> {
        let words = text.split { !($0.isASCII && ($0.isLetter || $0.isNumber || "-_.+/".contains($0))) }
        return Set(words.filter { $0.utf8.count > 1 && $0.utf8.allSatisfy { (0x61...0x7A).contains($0) } })
    }

    private static func isChinese(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isIdeographic }
}

extension SheetFault {
    /// What is wrong and what to do, for a page, which shows one language; without its place.
    public var words: Words { Words(both: "\(cause): \(mend)") }
}

/// The text of a cell as its writer meant it.
public enum SheetCell {
    /// What to do in Excel about numbers that it treats as numbers.
    static let asText =
        "format the column as text, enter the numbers again and save again "
        + "请将该列设为文本（设置单元格格式 → 文本），重新输入后再保存"

    /// `请填写运单号`, with a blank before a figure or a Latin letter: `请填写 9 位区划代码`.
    public static func pleaseWrite(_ what: String) -> String {
        let isLatin = what.first.map { $0.isASCII && ($0.isLetter || $0.isNumber) } ?? false
        return "请填写\(isLatin ? " " : "")\(what)"
    }

    /// What stands between the items of a list in one cell, beside blanks.
    public static let listMarks: Set<Unicode.Scalar> = ["、", ",", "，", ";", "；"]

    /// Without blanks and invisible characters around it, without the `="…"` and the `'` by which offices keep Excel from
    /// reading digits as a number.
    public static func text(_ raw: String) -> String {
        var text = trimmed(raw[...])
        if text.hasPrefix("=\""), text.hasSuffix("\""), text.count > 2 {
            text = trimmed(text.dropFirst(2).dropLast())
        }
        if let first = text.first, "'‘’＇".contains(first) { text = trimmed(text.dropFirst()) }
        return String(text)
    }

    /// The same for numbers and words of our own: full-width digits, letters and signs become those of ASCII, and the `.0`
    /// goes that tools write behind a number.
    static func plain(_ raw: String) -> String {
        let text = halfWidth(text(raw))
        guard let point = text.firstIndex(of: "."), point > text.startIndex else { return text }
        let whole = text[..<point]
        let isNumber = whole.utf8.allSatisfy(isDigit)
        return isNumber && ["0", "00"].contains(text[point...].dropFirst()) ? String(whole) : text
    }

    /// Full-width forms (全角) as ASCII.
    public static func halfWidth(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let isWide = (0xFF01...0xFF5E).contains(scalar.value)
            scalars.append(isWide ? Unicode.Scalar(UInt8(scalar.value - 0xFEE0)) : scalar)
        }
        return String(scalars)
    }

    /// Excel shows a number of more than eleven digits as `7.73277E+14`, and CSV keeps only what it shows.
    static func isRounded(_ text: String) -> Bool {
        let parts = text.utf8.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 | 0x20 == 0x65 }
        guard parts.count == 2, parts[1].first == 0x2B, (2...4).contains(parts[1].count) else { return false }
        let number = parts[0].split(separator: 0x2E, maxSplits: 1, omittingEmptySubsequences: false)
        let digits = number + [parts[1].dropFirst()]
        return number[0].count == 1 && digits.allSatisfy { !$0.isEmpty && $0.allSatisfy(isDigit) }
    }

    /// A number that Excel has cut: it keeps fifteen digits and writes zeros behind them.
    static func mayBeCut(_ text: String) -> Bool {
        isLongNumber(text) && text.utf8.dropFirst(SheetLimits.excelDigits).allSatisfy { $0 == 0x30 }
    }

    /// More digits than Excel keeps, and nothing else.
    static func isLongNumber(_ text: String) -> Bool {
        text.utf8.count > SheetLimits.excelDigits && text.utf8.allSatisfy(isDigit)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    /// A column as Excel calls it: A … Z, AA …
    static func letters(_ index: Int) -> String {
        let letter = String(Unicode.Scalar(UInt8(0x41 + index % 26)))
        return index < 26 ? letter : letters(index / 26 - 1) + letter
    }

    /// Whether a blank, a control character or an invisible mark: phones copied from a chat carry marks of direction.
    static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isWhitespace || [.control, .format].contains(scalar.properties.generalCategory)
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var scalars = text.unicodeScalars
        while let first = scalars.first, isBlank(first) { scalars.removeFirst() }
        while let last = scalars.last, isBlank(last) { scalars.removeLast() }
        return Substring(scalars)
    }
}

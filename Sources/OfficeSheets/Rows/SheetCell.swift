/// The text of a cell as its writer meant it.
enum SheetCell {
    /// Without blanks and invisible characters around it, without the `="…"` and the `'` by which offices keep Excel from
    /// reading digits as a number.
    static func text(_ raw: String) -> String {
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
        let isNumber = whole.utf8.allSatisfy { (0x30...0x39).contains($0) }
        return isNumber && ["0", "00"].contains(text[point...].dropFirst()) ? String(whole) : text
    }

    /// Full-width forms (全角) as ASCII.
    static func halfWidth(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let isWide = (0xFF01...0xFF5E).contains(scalar.value)
            scalars.append(isWide ? Unicode.Scalar(UInt8(scalar.value - 0xFEE0)) : scalar)
        }
        return String(scalars)
    }

    /// Excel shows a number of more than eleven digits as `7.73277E+14`, and CSV keeps only what it shows.
    static func isRounded(_ text: String) -> Bool {
        text.wholeMatch(of: /[0-9](?:\.[0-9]+)?[Ee]\+[0-9]{1,3}/) != nil
    }

    /// A number that Excel has cut: it keeps fifteen digits and writes zeros behind them.
    static func mayBeCut(_ text: String) -> Bool {
        isLongNumber(text) && text.utf8.dropFirst(SheetLimits.excelDigits).allSatisfy { $0 == 0x30 }
    }

    /// More digits than Excel keeps, and nothing else.
    static func isLongNumber(_ text: String) -> Bool {
        text.utf8.count > SheetLimits.excelDigits && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
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

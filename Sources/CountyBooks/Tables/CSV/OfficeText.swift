/// Texts of a CSV file as Excel, WPS and LibreOffice read them: what looks like a formula is computed, and what looks like a
/// number or a date becomes one.
enum OfficeText {
    /// The text, with an apostrophe in front where an office program would take it for a formula: behind blanks it begins with
    /// `=`, `+`, `-` or `@`, half or full width (OWASP, *CSV Injection*), or it begins with a tab or a line end. So does a text
    /// with an apostrophe or single quote of its own, of which a reader that takes one away leaves the text.
    ///
    /// The apostrophe is seen in the office program. That is why only texts get it: numbers of our own are never guarded,
    /// and a text that is a negative number (`-5`), or a lone `-` or `+` as clerks write it where nothing belongs, does no harm.
    static func guarded(_ text: String) -> String {
        let scalars = text.unicodeScalars
        guard let first = scalars.first else { return text }
        if "\t\r\n".unicodeScalars.contains(first) { return "'\(text)" }
        guard let start = scalars.first(where: { !isBlank($0) }), "=+-@＝＋－＠'‘’＇".unicodeScalars.contains(start) else {
            return text
        }
        return isSignAlone(text) || isNegativeNumber(text) ? text : "'\(text)"
    }

    /// Whether an office program would make a number, a date or a time of a code: digits and signs of numbers alone, but for
    /// a number without a leading zero that is short enough to be shown whole.
    static func isMisread(_ code: String) -> Bool {
        let bytes = Array(code.utf8)
        guard let first = bytes.first, isDigit(first) else { return false }
        guard bytes.allSatisfy(isDigit) else {
            return bytes.allSatisfy { isDigit($0) || "-./:,Ee+".utf8.contains($0) }
        }
        return bytes.count > TableLimits.plainDigitsMax || (first == 0x30 && bytes.count > 1)
    }

    /// A sign with nothing behind it but blanks: no office program computes it.
    private static func isSignAlone(_ text: String) -> Bool {
        let marks = text.unicodeScalars.filter { !isBlank($0) }
        return marks.count == 1 && marks.allSatisfy { "+-＋－".unicodeScalars.contains($0) }
    }

    private static func isNegativeNumber(_ text: String) -> Bool {
        text.utf8.count <= TableLimits.plainDigitsMax && text.wholeMatch(of: /-[0-9]+(?:\.[0-9]+)?/) != nil
    }

    /// Blanks and invisible marks, which readers take away.
    private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isWhitespace || [.control, .format].contains(scalar.properties.generalCategory)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}

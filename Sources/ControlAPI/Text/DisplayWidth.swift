/// How wide text stands on a console: East Asian characters take two columns (UAX 11), marks none.
public enum DisplayWidth {
    /// Columns of a text.
    public static func of(_ text: String) -> Int { text.reduce(0) { $0 + of($1) } }

    /// Columns of one character as a reader sees it.
    public static func of(_ character: Character) -> Int {
        guard let first = character.unicodeScalars.first else { return 0 }
        // U+FE0F asks for the emoji form, which is wide.
        if character.unicodeScalars.contains("\u{FE0F}") { return 2 }
        return of(first)
    }

    /// The text cut to so many columns; what was cut is marked by `…`.
    public static func clipped(_ text: String, to columns: Int) -> String {
        guard of(text) > columns else { return text }
        guard columns > 0 else { return "" }
        var kept = ""
        var width = 1
        for character in text {
            width += of(character)
            if width > columns { break }
            kept.append(character)
        }
        return kept + "…"
    }

    /// The text followed by spaces up to so many columns.
    public static func padded(_ text: String, to columns: Int) -> String {
        text + String(repeating: " ", count: max(0, columns - of(text)))
    }

    /// The text in lines of at most so many columns, broken at spaces where there are any.
    public static func wrapped(_ text: String, to columns: Int) -> [String] {
        guard of(text) > columns else { return [text] }
        let columns = max(2, columns)
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ") {
            var word = String(word)
            if !line.isEmpty, of(line) + 1 + of(word) > columns {
                lines.append(line)
                line = ""
            }
            while of(word) > columns {
                let head = head(of: word, columns: columns)
                lines.append(head)
                word.removeFirst(head.count)
            }
            line += line.isEmpty ? word : " " + word
        }
        return line.isEmpty && !lines.isEmpty ? lines : lines + [line]
    }

    private static func head(of text: String, columns: Int) -> String {
        var width = 0
        return String(
            text.prefix { character in
                width += of(character)
                return width <= columns
            }
        )
    }

    private static func of(_ scalar: Unicode.Scalar) -> Int {
        if (0x20..<0x7F).contains(scalar.value) { return 1 }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: break
        }
        if scalar.properties.isEmojiPresentation { return 2 }
        return wide.contains { $0.contains(scalar.value) } ? 2 : 1
    }

    /// Ranges of the classes W and F of EastAsianWidth.txt 16.0, without emoji.
    private static let wide: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0xA4CF, 0xA960...0xA97C,
        0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6B, 0xFF01...0xFF60, 0xFFE0...0xFFE6,
        0x16FE0...0x1B2FB, 0x1D300...0x1D376, 0x1F200...0x1F265, 0x20000...0x3FFFD,
    ]
}

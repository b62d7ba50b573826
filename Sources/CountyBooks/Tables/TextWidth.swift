/// How wide a text is, as fonts with Chinese draw it: the sheet and the plot that will hold it are laid out without a font.
package enum TextWidth {
    /// Half-width columns: a letter takes one, a Chinese character two.
    package static func columns(_ text: String) -> Int {
        text.unicodeScalars.reduce(0) { $0 + columns($1) }
    }

    /// The text, or as much of it as fits with an ellipsis.
    package static func clipped(_ text: String, columns limit: Int) -> String {
        guard columns(text) > limit else { return text }
        var (kept, width) = ("", 1)
        for character in text {
            width += columns(String(character))
            if width > limit { break }
            kept.append(character)
        }
        return kept + "…"
    }

    /// East Asian Wide and Fullwidth, by the blocks that hold them.
    private static func columns(_ scalar: Unicode.Scalar) -> Int {
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
            0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
            2
        default: 1
        }
    }
}

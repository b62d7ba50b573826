/// Texts that people type.
enum FormText {
    /// Without blanks around it, and with plain line ends: browsers send CRLF.
    static func trimmed(_ text: String) -> String {
        let scalars = text.unicodeScalars
        guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
            let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
        else { return "" }
        let inner = String(scalars[first...last])
        return inner.utf8.contains(0x0D) ? inner.replacing("\r\n", with: "\n") : inner
    }
}

/// Why what was sent is no form.
package enum FormReadingFault: Error, Sendable, Hashable {
    /// Neither of the two kinds that browsers send.
    case unsupported
    /// Broken, or not UTF-8.
    case malformed
    /// More fields, files or bytes of a name than `CountyPagesLimits` has.
    case tooMuch
}

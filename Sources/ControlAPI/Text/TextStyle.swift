/// Emphasis on a terminal; nothing elsewhere (a file, a pipe, `NO_COLOR`).
public struct TextStyle: Sendable, Hashable {
    /// Whether escape sequences may be written.
    public var isEnabled: Bool

    /// A style with or without escape sequences.
    public init(isEnabled: Bool) { self.isEnabled = isEnabled }

    /// No escape sequences.
    public static let plain = TextStyle(isEnabled: false)

    /// Headings.
    public func bold(_ text: String) -> String { wrap(text, "1") }
    /// Trouble.
    public func red(_ text: String) -> String { wrap(text, "1;31") }
    /// Done.
    public func green(_ text: String) -> String { wrap(text, "1;32") }

    private func wrap(_ text: String, _ code: String) -> String {
        isEnabled && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}

extension String {
    /// The text without anything that steers a terminal or turns its direction: replies quote scanned labels and
    /// whatever a captive portal answered.
    public var printable: String {
        guard unicodeScalars.contains(where: Self.steers) else { return self }
        var safe = String.UnicodeScalarView()
        safe.append(contentsOf: unicodeScalars.map { Self.steers($0) ? "\u{FFFD}" : $0 })
        return String(safe)
    }

    private static func steers(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x00...0x1F, 0x7F...0x9F, 0x061C, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}

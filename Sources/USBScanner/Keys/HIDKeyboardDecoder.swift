public import LockerDomain

/// Turns the boot reports of one keyboard interface (8 bytes: modifiers, 0, six usages) into lines of text. Pure; time
/// comes in as milliseconds of one monotonic clock. A key counts when it was not in the report before; it never repeats.
///
/// - Role `scanner`: a line ends with Enter, Tab, CR or LF, or `scannerGapMilliseconds` after the last report.
/// - Role `keypad`: a line ends with either Enter; Backspace takes the last character back, `*` and Esc all of them,
///   and `keypadIdleMilliseconds` of silence drop it.
///
/// Empty lines are not reported. A line longer than `Limits.scanCharactersMax` is reported with one character more than
/// that, so that the station can reject it; what follows up to the terminator is dropped.
public struct HIDKeyboardDecoder: Sendable {
    /// Silence that ends a line of a scanner without terminator.
    public static let scannerGapMilliseconds: Int64 = 100
    /// Silence that drops a half-typed line of a keypad.
    public static let keypadIdleMilliseconds: Int64 = 30_000

    private enum Modifier {
        static let control: UInt8 = 0x11
        static let shift: UInt8 = 0x22
        static let alt: UInt8 = 0x44
        static let system: UInt8 = 0x88
    }

    private let role: ScannerRole
    private var line = String.UnicodeScalarView()
    private var lineCount = 0
    private var pressed: [UInt8] = []
    private var alt = AltCode()
    private var lastReportAt: Int64 = 0

    /// A decoder for one interface of a device with this role.
    public init(role: ScannerRole) {
        self.role = role
    }

    /// Takes one report and returns the lines that it ends, in order. Never fails: a report with fewer than three bytes
    /// is skipped, bytes after the eighth are not looked at, and a rollover report (usage 0x01 to 0x03) changes nothing.
    public mutating func feed(report: some Collection<UInt8>, at milliseconds: Int64) -> [String] {
        var lines = idle(at: milliseconds)
        guard report.count >= 3, let modifiers = report.first else { return lines }
        let keys = report.dropFirst(2).prefix(6).filter { $0 != 0 }
        guard !keys.contains(where: { 0x01...0x03 ~= $0 }) else { return lines }
        lastReportAt = max(milliseconds, 0)
        if modifiers & Modifier.alt == 0, let character = alt.take() { take(character, &lines) }
        for key in keys where !pressed.contains(key) { press(key, modifiers, &lines) }
        pressed = keys
        return lines
    }

    /// Ends or drops what has waited too long. To be called at `deadline`; calling it at other times does no harm.
    public mutating func idle(at milliseconds: Int64) -> [String] {
        guard max(milliseconds, 0) - lastReportAt >= patience else { return [] }
        // A key-up that was lost must not swallow the first character of what comes next.
        pressed = []
        var lines: [String] = []
        if let character = alt.take() { take(character, &lines) }
        if role == .scanner { end(&lines) } else { clear() }
        return lines
    }

    /// Whoever reads the device was late: the time until now was no silence.
    mutating func excuse(until milliseconds: Int64) {
        lastReportAt = max(lastReportAt, milliseconds)
    }

    /// When `idle` is due; `nil` while nothing waits.
    public var deadline: Int64? {
        lineCount == 0 && alt.isEmpty ? nil : lastReportAt &+ patience
    }

    private var patience: Int64 {
        role == .scanner ? Self.scannerGapMilliseconds : Self.keypadIdleMilliseconds
    }

    private mutating func press(_ key: UInt8, _ modifiers: UInt8, _ lines: inout [String]) {
        if modifiers & Modifier.alt != 0 {
            if let digit = USLayout.keypadDigit(key) { alt.add(digit) }
            return
        }
        guard modifiers & Modifier.system == 0 else { return }
        let character =
            modifiers & Modifier.control != 0
            ? USLayout.control(key) : USLayout.character(key, shift: modifiers & Modifier.shift != 0)
        if let character { take(character, &lines) }
    }

    private mutating func take(_ character: Unicode.Scalar, _ lines: inout [String]) {
        switch (role, character) {
        case (_, "\r"), (.scanner, "\n"), (.scanner, "\t"): end(&lines)
        case (.keypad, "\u{08}"):
            guard lineCount > 0 else { return }
            line.removeLast()
            lineCount -= 1
        case (.keypad, "*"), (.keypad, "\u{1B}"): clear()
        case (.keypad, "\n"), (.keypad, "\t"): break
        default:
            guard lineCount <= Limits.scanCharactersMax else { return }
            line.append(character)
            lineCount += 1
        }
    }

    private mutating func end(_ lines: inout [String]) {
        if lineCount > 0 { lines.append(String(line)) }
        clear()
    }

    private mutating func clear() {
        line = String.UnicodeScalarView()
        lineCount = 0
    }
}

public import LockerDomain
public import StationBooks

/// The fields of a journalled event that people read; decoded from its line.
public struct EventLine: Sendable, Hashable, Decodable {
    /// Type on the wire.
    public var type: String
    /// UTC text.
    public var time: String
    /// Trust in `time`.
    public var clock: String
    /// What it is about.
    public var subject: String?
    /// What it carries.
    public var data: JSONValue?

    /// The event on one line of the console, cut to its width. A time that the clock could not know carries `?`.
    public func words(at position: JournalPosition, width: Int = ControlLimits.columns) -> String {
        let stamp = TimeStamp(utc: time).map { String($0.short.dropFirst(5)) } ?? time
        let trusted = ClockTrust(rawValue: clock)?.isDated ?? false
        let head = [
            DisplayWidth.padded(stamp + (trusted ? "" : "?"), to: 15),
            DisplayWidth.padded(position.description, to: 7),
            DisplayWidth.padded(shortType, to: 23),
        ].joined(separator: " ")
        let tail = [shownSubject, news].compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: " ")
        return DisplayWidth.clipped((head + " " + tail).printable, to: width)
    }

    /// The subject is a person when the event names the same one.
    private var shownSubject: String? {
        guard case .object(let fields)? = data, let subject, fields["person"] == .string(subject)
        else { return subject }
        return PersonNumber.shown(subject)
    }

    /// What the event carries beyond its subject.
    private var news: String? {
        guard case .object(let fields)? = data else { return data?.words }
        return JSONValue.object(fields.filter { $0.value != subject.map { .string($0) } }).words
    }

    private var shortType: String {
        var short = type[...]
        if short.hasPrefix("dev.villagelocker.") { short = short.dropFirst("dev.villagelocker.".count) }
        if short.hasSuffix(".v1") { short = short.dropLast(3) }
        return String(short)
    }
}

extension JSONValue {
    /// `S1-07`, `7`, `yes`, `[…]`, `key=value …`.
    var words: String { words(of: "") }

    /// The same; a person is named by the number on the badge.
    private func words(of field: String) -> String {
        switch self {
        case .string(let text): PersonNumber.shown(text, field: field)
        case .integer(let number): String(number)
        case .bool(let truth): truth ? "yes" : "no"
        case .array(let list): "[" + list.map(\.words).joined(separator: " ") + "]"
        case .object(let fields):
            fields.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.words(of: $0.key))" }.joined(
                separator: " "
            )
        }
    }
}

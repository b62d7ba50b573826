import LockerDomain

/// One entry in journald's own protocol (systemd.io/JOURNAL_NATIVE_PROTOCOL): a line `NAME=value` for each field, or, where
/// the value holds a newline, the name, the length in 64 bits, the lowest byte first, and the value.
struct JournalEntry {
    private var fields: [(name: String, value: String)] = []

    /// Adds a field under a name that journald takes as it is.
    mutating func add(_ name: String, _ value: String) { fields.append((name, value)) }

    /// Adds metadata under its key, as far as that makes a name of a field.
    mutating func add(metadata key: String, _ value: String) { add(Self.name(of: key), value) }

    /// The datagram; each value cut to so many bytes.
    func bytes(valuesUpTo limit: Int = .max) -> [UInt8] {
        var bytes: [UInt8] = []
        for field in fields {
            let value = Self.cut(field.value, to: limit)
            bytes += Array(field.name.utf8)
            if value.contains(0x0A) {
                bytes.append(0x0A)
                bytes += (0..<8).map { UInt8(truncatingIfNeeded: value.count >> (8 * $0)) }
            } else {
                bytes.append(0x3D)
            }
            bytes += value
            bytes.append(0x0A)
        }
        return bytes
    }

    private static let ellipsis = Array("…".utf8)

    private static func cut(_ value: String, to limit: Int) -> [UInt8] {
        let bytes = Array(value.utf8)
        guard bytes.count > limit else { return bytes }
        var end = max(0, limit - ellipsis.count)
        // Not within a character: bytes behind the first of one begin with 10.
        while end > 0, bytes[end] & 0xC0 == 0x80 { end -= 1 }
        return bytes[..<end] + ellipsis
    }

    /// Fields that have a meaning of their own in the journal.
    private static let taken: Set<String> = [
        "MESSAGE", "MESSAGE_ID", "PRIORITY", "SYSLOG_IDENTIFIER", "SYSLOG_PID", "SYSLOG_FACILITY", "ERRNO", "TID",
    ]

    /// Capitals, digits and underscores, a letter first: what journald would drop becomes an underscore, or a letter in front.
    static func name(of key: String) -> String {
        let units = key.utf8.map { unit -> UInt8 in
            switch unit {
            case 0x61...0x7A: unit - 0x20
            case 0x41...0x5A, 0x30...0x39: unit
            default: 0x5F
            }
        }
        var name = String(decoding: units, as: UTF8.self)
        let isProper = name.utf8.first.map { (0x41...0x5A).contains($0) } ?? false
        // A leading underscore is for what journald itself has found out.
        if !isProper || taken.contains(name) { name = "LOG_" + name.drop { $0 == "_" } }
        return String(name.prefix(ServiceLimits.logFieldCharactersMax))
    }
}

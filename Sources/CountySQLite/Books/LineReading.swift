import FoundationEssentials
import LockerDomain
import StationBooks
package import SyncWire

/// What a program understands of stored lines.
package struct LineReading: Sendable {
    /// Another one for a program that reads other lines: books that it finds are made anew.
    package let fingerprint: String
    private let decode: @Sendable ([UInt8]) -> EventLine?

    /// - Parameter decode: `nil` for a line that it cannot interpret.
    package init(fingerprint: String, decode: @escaping @Sendable ([UInt8]) -> EventLine?) {
        (self.fingerprint, self.decode) = (fingerprint, decode)
    }

    /// What this program understands: its types of events, up to the length that it reads.
    package static let own = LineReading(
        fingerprint: fingerprint(of: EventType.allCases.map(\.wireName), bytesMax: Limits.eventBytesMax)
    ) { try? EventLine(decoding: $0) }

    /// Whether it reads lines as those are read that come in.
    var isOwn: Bool { fingerprint == Self.own.fingerprint }

    private static func fingerprint(of types: [String], bytesMax: Int) -> String {
        let text = types.sorted().joined(separator: "\n") + "\n\(bytesMax)"
        return Hex.encode(Chain.next(after: Chain.start, bytes: Array(text.utf8)))
    }

    /// What a stored line says; `nil` for one that this program cannot interpret, or that another station sent.
    func line(of stored: EventSource.Stored) -> EventLine? {
        guard stored.bytes.count <= Limits.eventBytesMax, let line = decode(Array(stored.bytes)),
            line.station == stored.station
        else { return nil }
        return line
    }
}

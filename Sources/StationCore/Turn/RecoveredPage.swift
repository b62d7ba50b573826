import LockerDomain
import StationBooks
import StationPorts
import SyncWire

/// Events of one incarnation that the county gave back, without a gap but for ranges that it never had.
package struct RecoveredPage: Sendable {
    package var incarnation: String
    /// The first number that was asked for, and that of the last line.
    package var first: Int
    package var last: Int
    /// Hash of the county's chain behind the last line.
    package var hash: [UInt8]
    /// The very bytes of each line.
    package var lines: [[UInt8]]

    package init(incarnation: String, first: Int, last: Int, hash: [UInt8], lines: [[UInt8]]) {
        (self.incarnation, self.first, self.last) = (incarnation, first, last)
        (self.hash, self.lines) = (hash, lines)
    }

    /// The lines that change the books, with what they say. What the county has only quarantined is left out.
    func counting(of station: String, besides touched: Topics) -> [(bytes: [UInt8], event: RecoveredEvent)] {
        lines.compactMap { bytes in
            guard let line = try? EventLine(decoding: bytes), line.station == station, line.incarnation == incarnation,
                line.event.isRecoverable, !touched.contain(line.event)
            else { return nil }
            return (bytes, RecoveredEvent(line.event, at: line.time))
        }
    }

    static func digest(of lines: [[UInt8]]) -> String { Digest.sha256(lines.flatMap { $0 + [0x0A] }) }

    /// The lines that lie beside an event; `nil` when they are not those that it names.
    static func lines(
        keptAt position: JournalPosition,
        _ fact: BooksRecovered,
        in journal: any JournalPort
    ) throws -> [RecoveredEvent]? {
        let kept = try journal.recovered(at: position)
        guard kept.count == fact.kept, digest(of: kept) == fact.digest else { return nil }
        let events = try kept.map { try EventLine(decoding: $0) }
        return events.map { RecoveredEvent($0.event, at: $0.time) }
    }
}

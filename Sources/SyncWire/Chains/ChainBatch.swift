public import LockerDomain

/// A batch whose lines fit its header. Made before any book is touched: a body that does not fit its own header says
/// nothing about the station.
public struct ChainBatch: Sendable {
    public let header: ChainHeader
    /// At least one, of the sequences that the header names.
    public let lines: [ChainLine]

    /// Splits, counts, hashes and reads a body.
    ///
    /// - Parameters:
    ///   - body: the batch in clear, in the layout of `Batch`.
    ///   - station: who sent it; lines of another `source` are kept and quarantined.
    ///   - eventsMax: events that one batch may hold.
    /// - Throws: `Problem` 400 for a body that is no batch or does not fit its header, 413 for one of too many events.
    public init(
        _ body: [UInt8],
        header: ChainHeader,
        station: String,
        eventsMax: Int = Limits.batchEventsMax
    ) throws(Problem) {
        let rows = try Self.split(body, eventsMax: eventsMax)
        guard rows.count == header.last - header.first + 1 else {
            throw Self.malformed("\(rows.count) lines, Locker-Chain has \(header.first) to \(header.last)")
        }
        guard header.first > 1 || header.before == Chain.start else {
            throw Self.malformed("an incarnation begins at a hash of 32 zero bytes")
        }
        var hash = header.before
        var lines: [ChainLine] = []
        lines.reserveCapacity(rows.count)
        for row in rows {
            let line = try ChainLine(
                row,
                sequence: header.first + lines.count,
                after: hash,
                incarnation: header.incarnation,
                station: station
            )
            hash = line.hash
            lines.append(line)
        }
        guard hash == header.after else {
            throw Self.malformed("the hash behind the last line is not Locker-Chain's after")
        }
        self.header = header
        self.lines = lines
    }

    private static func split(_ body: [UInt8], eventsMax: Int) throws(Problem) -> [[UInt8]] {
        let rows: [[UInt8]]
        do {
            rows = try Batch.split(body, limit: .max)
        } catch {
            throw malformed(error.description)
        }
        guard rows.count <= eventsMax else {
            throw Problem(
                .tooLarge,
                status: 413,
                title: "Too many events",
                detail: "\(rows.count) events in one batch, at most \(eventsMax): send fewer"
            )
        }
        return rows
    }

    private static func malformed(_ detail: String) -> Problem {
        Problem(.malformed, status: 400, title: "Not a batch", detail: detail)
    }
}

/// The body of `POST /v1/stations/{id}/events`: `[` LF, lines joined by `,` LF, LF `]` (DESIGN 4.3).
public enum Batch {
    /// `application/cloudevents-batch+json`
    public static let contentType = "application/cloudevents-batch+json"

    /// A body that has another layout.
    public struct Fault: Error, Sendable, Equatable, CustomStringConvertible {
        public var description: String
    }

    /// Joins lines, which hold no line feed.
    public static func join(_ lines: some Sequence<[UInt8]>) -> [UInt8] {
        var body: [UInt8] = [0x5B, 0x0A]
        var first = true
        for line in lines {
            if !first { body += [0x2C, 0x0A] }
            body += line
            first = false
        }
        return body + [0x0A, 0x5D]
    }

    /// The very bytes of each line; any other layout is refused.
    public static func split(_ body: [UInt8], limit: Int) throws(Fault) -> [[UInt8]] {
        guard body.count >= 5, body.prefix(2) == [0x5B, 0x0A], body.suffix(2) == [0x0A, 0x5D] else {
            throw Fault(description: "a batch is [ LF, event lines joined by , LF, LF ]")
        }
        let rows = rows(body, in: 2..<body.count - 2)
        guard rows.count <= limit else { throw Fault(description: "more than \(limit) events: send fewer") }
        var lines: [[UInt8]] = []
        for (index, row) in rows.enumerated() {
            let last = index == rows.count - 1
            guard row.first == 0x7B, last || row.last == 0x2C else {
                throw Fault(description: "line \(index + 1) of the batch is not one event followed by , LF")
            }
            let line = last ? row : row.dropLast()
            guard line.last == 0x7D else {
                throw Fault(description: "line \(index + 1) of the batch does not end in }")
            }
            lines.append(Array(line))
        }
        return lines
    }

    private static func rows(_ body: [UInt8], in range: Range<Int>) -> [ArraySlice<UInt8>] {
        var rows: [ArraySlice<UInt8>] = []
        var start = range.lowerBound
        for index in range where body[index] == 0x0A {
            rows.append(body[start..<index])
            start = index + 1
        }
        return rows + [body[start..<range.upperBound]]
    }
}

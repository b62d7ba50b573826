import CZlib

/// The parts of a zip file that libxlsxwriter made: deflated, below 4 GiB, without comments.
package struct ZipEntries {
    /// In the order of the file.
    package let names: [String]
    private let bytes: [UInt8]
    private let entries: [String: Entry]

    private struct Entry {
        var method: Int
        var crc: ArraySlice<UInt8>
        var packed: Int
        var size: Int
        var start: Int
    }

    /// Reads the list of parts.
    package init(_ bytes: [UInt8]) throws(WorkbookFault) {
        self.bytes = bytes
        let endBytes = 22
        guard bytes.count >= endBytes, bytes.suffix(endBytes).starts(with: [0x50, 0x4B, 0x05, 0x06]) else {
            throw .damaged(part: "zip")
        }
        let end = bytes.count - endBytes
        var place = Self.number(bytes, end + 16, 4)
        var names: [String] = []
        var entries: [String: Entry] = [:]
        for _ in 0..<Self.number(bytes, end + 10, 2) {
            guard place + 46 <= end, bytes[place...].starts(with: [0x50, 0x4B, 0x01, 0x02]) else {
                throw .damaged(part: "zip")
            }
            let lengths = [28, 30, 32].map { Self.number(bytes, place + $0, 2) }
            let next = place + 46 + lengths.reduce(0, +)
            guard next <= end else { throw .damaged(part: "zip") }
            let name = String(decoding: bytes[(place + 46)..<(place + 46 + lengths[0])], as: UTF8.self)
            names.append(name)
            entries[name] = Entry(
                method: Self.number(bytes, place + 10, 2),
                crc: bytes[(place + 16)..<(place + 20)],
                packed: Self.number(bytes, place + 20, 4),
                size: Self.number(bytes, place + 24, 4),
                start: Self.number(bytes, place + 42, 4)
            )
            place = next
        }
        (self.names, self.entries) = (names, entries)
    }

    /// A part, inflated; throws for one that is missing, or whose checksum is another.
    package func part(_ name: String) throws(WorkbookFault) -> [UInt8] {
        guard let entry = entries[name], entry.method == 8, entry.size <= WorkbookLimits.partBytesMax,
            entry.start + 30 <= bytes.count
        else { throw .damaged(part: name) }
        let start = entry.start + 30 + Self.number(bytes, entry.start + 26, 2) + Self.number(bytes, entry.start + 28, 2)
        guard start + entry.packed <= bytes.count else { throw .damaged(part: name) }
        // A part is what gzip holds between its head and its end; so zlib compares the checksum and the length.
        let size = (0..<4).map { UInt8(truncatingIfNeeded: entry.size >> ($0 * 8)) }
        let head: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0]
        let gzip = head + bytes[start..<(start + entry.packed)] + entry.crc + size
        var part = [UInt8](repeating: 0, count: max(1, entry.size))
        let length = lk_gunzip(gzip, gzip.count, &part, part.count)
        guard length == entry.size else { throw .damaged(part: name) }
        return Array(part.prefix(entry.size))
    }

    /// Little-endian.
    private static func number(_ bytes: [UInt8], _ start: Int, _ count: Int) -> Int {
        (0..<count).reduce(0) { $0 | Int(bytes[start + $1]) << ($1 * 8) }
    }
}

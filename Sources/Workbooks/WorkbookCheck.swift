/// Reads a finished file back. libxlsxwriter does not notice when its temporary files lose bytes because the disk is full:
/// the file is then a good zip with half a sheet in it.
package struct WorkbookCheck {
    /// What was written into a sheet: rows with something in them, and their cells.
    package struct Sheet: Sendable, Hashable {
        package var rows: Int
        package var cells: Int

        package init(rows: Int, cells: Int) { (self.rows, self.cells) = (rows, cells) }
    }

    private let bytes: [UInt8]

    package init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Throws unless every part ends as it began, and every sheet holds the rows and cells that were written.
    package func check(sheets: [Sheet]) throws(WorkbookFault) {
        let entries = try ZipEntries(bytes)
        for (index, sheet) in sheets.enumerated() {
            let name = "xl/worksheets/sheet\(index + 1).xml"
            let part = try entries.part(name)
            guard Self.isClosed(part), Self.count("<row ", in: part) == sheet.rows,
                Self.count("<c ", in: part) == sheet.cells
            else { throw .damaged(part: name) }
        }
        for name in entries.names where !name.hasPrefix("xl/worksheets/") {
            guard Self.isClosed(try entries.part(name)) else { throw .damaged(part: name) }
        }
    }

    /// Whether a document ends with the end of its first element.
    private static func isClosed(_ part: [UInt8]) -> Bool {
        let isName: (UInt8) -> Bool = { ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A || $0 == 0x3A }
        guard let start = part.indices.first(where: { part[$0] == 0x3C && $0 + 1 < part.count && isName(part[$0 + 1]) })
        else { return false }
        let name = part[(start + 1)...].prefix(while: isName)
        let end = Array("</".utf8) + name + [0x3E]
        let isBlank: (UInt8) -> Bool = { $0 == 0x0A || $0 == 0x0D || $0 == 0x20 }
        guard let last = part.lastIndex(where: { !isBlank($0) }) else { return false }
        return part[...last].suffix(end.count).elementsEqual(end)
    }

    /// Markup is found by its bracket, which no text holds.
    private static func count(_ mark: String, in part: [UInt8]) -> Int {
        let mark = Array(mark.utf8)
        var (count, index) = (0, 0)
        part.withUnsafeBufferPointer { bytes in
            while index + mark.count <= bytes.count {
                if bytes[index] == 0x3C, bytes[index..<(index + mark.count)].elementsEqual(mark) { count += 1 }
                index += 1
            }
        }
        return count
    }
}

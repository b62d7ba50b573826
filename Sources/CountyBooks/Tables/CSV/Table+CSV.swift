extension Table {
    /// A file for office programs: UTF-8 with a byte order mark, which tells Excel that it is UTF-8; CRLF; quotes as RFC 4180
    /// has them. First a row of the columns' names, then the rows; neither title nor notes, so that a program can read it.
    ///
    /// Two rules keep an office program from changing what it reads. OfficeSheets undoes both.
    /// - A number that it would shorten or take for a date (`773276912345678`, `00731`, `12E5`, `3-12`) is written as
    ///   `="773276912345678"` in a column of codes.
    /// - A text that begins like a formula gets an apostrophe in front (`OfficeText.guarded`).
    public func csv(in language: Language = .chinese) -> [UInt8] {
        var bytes: [UInt8] = [0xEF, 0xBB, 0xBF]
        Self.append(columns.map { OfficeText.guarded($0.header[language]) }, lineEnd: [0x0D, 0x0A], to: &bytes)
        for row in rows {
            let fields = zip(columns, row).map { column, cell in
                let text = cell.text(in: language)
                guard cell.isWords else { return text }
                return column.kind == .code && OfficeText.isMisread(text) ? "=\"\(text)\"" : OfficeText.guarded(text)
            }
            Self.append(fields, lineEnd: [0x0D, 0x0A], to: &bytes)
        }
        return bytes
    }

    /// The rows of a closed report, to be kept with their SHA-256: UTF-8 without a byte order mark, LF behind each row, quotes
    /// only around a field that holds a comma, a quote or a line end, and around the empty field of a row with no other.
    /// Equal texts give equal bytes, on every machine and in every version; nothing is guarded for office programs.
    public static func canonicalCSV(header: [String], rows: [[String]]) -> [UInt8] {
        var bytes: [UInt8] = []
        append(header, lineEnd: [0x0A], to: &bytes)
        for row in rows { append(row, lineEnd: [0x0A], to: &bytes) }
        return bytes
    }

    private static func append(_ fields: [String], lineEnd: [UInt8], to bytes: inout [UInt8]) {
        for (index, field) in fields.enumerated() {
            if index > 0 { bytes.append(0x2C) }
            append(field, isAlone: fields.count == 1, to: &bytes)
        }
        bytes += lineEnd
    }

    private static func append(_ field: String, isAlone: Bool, to bytes: inout [UInt8]) {
        let needsQuotes = field.utf8.contains { $0 == 0x2C || $0 == 0x22 || $0 == 0x0D || $0 == 0x0A }
        // A row of one empty field would be an empty line, which readers pass over.
        guard needsQuotes || (isAlone && field.isEmpty) else {
            bytes += field.utf8
            return
        }
        bytes.append(0x22)
        for byte in field.utf8 {
            if byte == 0x22 { bytes.append(0x22) }
            bytes.append(byte)
        }
        bytes.append(0x22)
    }
}

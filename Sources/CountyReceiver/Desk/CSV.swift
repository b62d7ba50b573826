/// Comma-separated values (RFC 4180): quoted cells may hold commas, doubled quotes and line ends.
enum CSV {
    /// One record and the line of the file on which it begins, from 1.
    struct Row: Equatable {
        var number: Int
        var cells: [String]
    }

    /// All records. A byte order mark in front is dropped; LF and CRLF both end a record.
    static func rows(_ text: String) -> [Row] {
        var units = Array(text.utf8)[...]
        if units.starts(with: [0xEF, 0xBB, 0xBF]) { units = units.dropFirst(3) }
        var rows: [Row] = []
        var row = Row(number: 1, cells: [])
        var cell: [UInt8] = []
        var line = 1
        var quoted = false
        var index = units.startIndex
        func endCell() {
            row.cells.append(String(decoding: cell, as: UTF8.self))
            cell = []
        }
        while index < units.endIndex {
            let unit = units[index]
            index += 1
            if unit == 0x0A { line += 1 }
            switch unit {
            case 0x22 where quoted && index < units.endIndex && units[index] == 0x22:
                cell.append(0x22)
                index += 1
            case 0x22 where quoted || cell.isEmpty: quoted.toggle()
            case _ where quoted: cell.append(unit)
            case 0x2C: endCell()
            case 0x0D where index < units.endIndex && units[index] == 0x0A: continue
            case 0x0A:
                endCell()
                rows.append(row)
                row = Row(number: line, cells: [])
            default: cell.append(unit)
            }
        }
        if !cell.isEmpty || !row.cells.isEmpty {
            endCell()
            rows.append(row)
        }
        return rows
    }
}

/// Separated values (RFC 4180): quoted cells may hold separators, doubled quotes and line ends.
public enum CSV {
    /// One record.
    public struct Row: Sendable, Equatable {
        /// As Excel counts it, from 1; a quoted line end begins no row.
        public var number: Int
        public var cells: [String]
    }

    /// What may stand between two cells: a comma, the tab of Excel's "Unicode 文本", a semicolon.
    public enum Separator: UInt8, Sendable, CaseIterable {
        case comma = 0x2C
        case tab = 0x09
        case semicolon = 0x3B

        /// For messages.
        var names: (chinese: String, english: String) {
            switch self {
            case .comma: ("逗号", "comma")
            case .tab: ("制表符", "tab")
            case .semicolon: ("分号", "semicolon")
            }
        }
    }

    /// All records. LF, CRLF and CR end a record. Throws for a quote that opens a cell and does not close it, and for a
    /// cell or row that is longer than those of Excel, as soon as it is.
    public static func rows(_ text: String, separator: Separator = .comma) throws(SheetFault) -> [Row] {
        var reader = Reader(units: Array(text.utf8), separator: separator.rawValue)
        return try reader.rows()
    }

    private struct Reader {
        let units: [UInt8]
        let separator: UInt8
        var index = 0

        /// Row as Excel counts it, and place of the cell in it, from 0.
        private typealias Place = (row: Int, column: Int)

        mutating func rows() throws(SheetFault) -> [Row] {
            var rows: [Row] = []
            while index < units.count {
                var row = Row(number: rows.count + 1, cells: [])
                repeat {
                    let place = (row: row.number, column: row.cells.count)
                    guard place.column < SheetLimits.columnsMax else { throw tooWide(place.row) }
                    row.cells.append(try cell(at: place))
                } while endCell()
                rows.append(row)
            }
            return rows
        }

        /// Steps over what ends a cell; false where the row ends too.
        private mutating func endCell() -> Bool {
            guard index < units.count else { return false }
            if units[index] == separator {
                index += 1
                return true
            }
            index += units[index] == 0x0D && index + 1 < units.count && units[index + 1] == 0x0A ? 2 : 1
            return false
        }

        private func endsCell(_ unit: UInt8) -> Bool { unit == separator || unit == 0x0A || unit == 0x0D }

        private mutating func cell(at place: Place) throws(SheetFault) -> String {
            guard index < units.count, units[index] == 0x22 else {
                let start = index
                while index < units.count, !endsCell(units[index]) {
                    index += 1
                    guard index - start <= SheetLimits.cellBytesMax else { throw tooLong(place) }
                }
                return String(decoding: units[start..<index], as: UTF8.self)
            }
            var bytes: [UInt8] = []
            index += 1
            while index < units.count {
                let unit = units[index]
                index += 1
                if unit != 0x22 {
                    bytes.append(unit)
                } else if index < units.count, units[index] == 0x22 {
                    bytes.append(unit)
                    index += 1
                } else {
                    while index < units.count, units[index] == 0x20 { index += 1 }
                    guard index == units.count || endsCell(units[index]) else { break }
                    return String(decoding: bytes, as: UTF8.self)
                }
                guard bytes.count <= SheetLimits.cellBytesMax else { throw tooLong(place) }
            }
            throw SheetFault(
                row: place.row,
                "a quote (\") opens a cell here and does not close it 此处的引号（\"）只开不闭",
                mend: "take it out, or double each quote inside a cell 请删去，或将单元格内的引号写成两个"
            )
        }

        private func tooLong(_ place: Place) -> SheetFault {
            SheetFault(
                row: place.row,
                column: "column \(SheetCell.letters(place.column))",
                "the cell has more than \(SheetLimits.cellCharactersMax) characters "
                    + "单元格超过 \(SheetLimits.cellCharactersMax) 个字符",
                mend: "look for a quote (\") that is not closed, or shorten what stands there "
                    + "请检查只开不闭的引号（\"），或缩短内容"
            )
        }

        private func tooWide(_ row: Int) -> SheetFault {
            SheetFault(
                row: row,
                "has more than \(SheetLimits.columnsMax) columns 超过 \(SheetLimits.columnsMax) 列",
                mend: "look for a line end that is missing, or delete columns 请检查是否缺少换行，或删去多余的列"
            )
        }
    }
}

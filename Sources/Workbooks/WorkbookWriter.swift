import CXlsxWriter
import CountyBooks

/// Fills a workbook of the C part, and counts what it wrote.
struct WorkbookWriter {
    private(set) var sheets: [WorkbookCheck.Sheet] = []
    private let workbook: OpaquePointer
    private var fault = [CChar](repeating: 0, count: Int(LK_WORKBOOK_FAULT_BYTES))

    /// The caller closes it.
    init(made: Int64) throws(WorkbookFault) {
        guard let workbook = lk_workbook_open(max(1, made), &fault) else { throw Self.library(fault) }
        self.workbook = workbook
    }

    func close() { lk_workbook_free(workbook) }

    /// Adds a sheet.
    mutating func add(_ table: Table, name: String, in language: Language) throws(WorkbookFault) {
        let columns = table.columns.indices.map { place in
            lk_column(width: Double(Self.width(table, place, language)), cell: Self.look(table.columns[place].kind))
        }
        let rows = UInt32(table.rows.count)
        try done(lk_workbook_sheet(workbook, name, columns, Int32(columns.count), rows, &fault))
        sheets.append(WorkbookCheck.Sheet(rows: 0, cells: 0))
        let headers = table.columns.map { ($0.header[language], LK_CELL_HEADER) }
        try write(0, headers.map { .text($0.0, $0.1) }, of: name)
        for (row, cells) in table.rows.enumerated() {
            try write(row + 1, zip(table.columns, cells).map { Self.content($1, $0.kind, language) }, of: name)
        }
        // Below an empty row, so that no office program takes them for rows of the table.
        for (index, note) in table.notes.enumerated() {
            try write(table.rows.count + 2 + index, [.text(note[language], LK_CELL_TEXT)], of: name)
        }
    }

    /// Makes the file.
    mutating func finish() throws(WorkbookFault) -> [UInt8] {
        var length = 0
        try done(lk_workbook_finish(workbook, &length, &fault))
        var bytes = [UInt8](repeating: 0, count: length)
        try done(lk_workbook_copy(workbook, &bytes, length, &fault))
        return bytes
    }

    private enum Content {
        case text(String, lk_cell)
        case number(Double, lk_cell)
        case nothing
    }

    private static func content(_ cell: Table.Cell, _ kind: Table.Kind, _ language: Language) -> Content {
        switch cell {
        case .number(let number):
            if number.magnitude > WorkbookLimits.exactNumberMax { return .text(String(number), LK_CELL_CODE) }
            return .number(Double(number), LK_CELL_WHOLE)
        case .decimal(let tenths):
            if tenths.magnitude > WorkbookLimits.exactNumberMax { return .text(cell.text(in: language), LK_CELL_CODE) }
            return .number(Double(tenths) / 10, LK_CELL_TENTHS)
        case .hundredths(let hundredths):
            if hundredths.magnitude > WorkbookLimits.exactNumberMax {
                return .text(cell.text(in: language), LK_CELL_CODE)
            }
            return .number(Double(hundredths) / 100, LK_CELL_HUNDREDTHS)
        case .none: return .nothing
        case .text, .words, .link, .state, .unknown:
            let text = cell.text(in: language)
            return text.isEmpty ? .nothing : .text(text, kind == .code ? LK_CELL_CODE : LK_CELL_TEXT)
        }
    }

    private mutating func write(_ row: Int, _ contents: [Content], of name: String) throws(WorkbookFault) {
        var cells = 0
        for (column, content) in contents.enumerated() {
            let (row, place) = (UInt32(row), UInt16(column))
            switch content {
            case .nothing: continue
            case .number(let number, let cell):
                try done(lk_workbook_number(workbook, row, place, cell, number, &fault))
            case .text(let text, let cell):
                let plain = CellText.escaped(text)
                guard plain.utf16.count <= WorkbookLimits.textCharactersMax else {
                    throw .textTooLong(sheet: name, row: Int(row) + 1, column: column + 1)
                }
                try done(lk_workbook_text(workbook, row, place, cell, plain, &fault))
            }
            cells += 1
        }
        sheets[sheets.count - 1].cells += cells
        sheets[sheets.count - 1].rows += cells > 0 ? 1 : 0
    }

    private static func look(_ kind: Table.Kind) -> lk_cell {
        switch kind {
        case .code: LK_CELL_CODE
        case .text, .number, .date, .time, .state: LK_CELL_TEXT
        }
    }

    /// Wide enough for the longest of the first texts, and for the filter's button beside the header.
    private static func width(_ table: Table, _ place: Int, _ language: Language) -> Int {
        let buttonColumns = 3
        let header = TextWidth.columns(table.columns[place].header[language]) + buttonColumns
        let cells = table.rows.prefix(WorkbookLimits.measuredRowsMax).map { row in
            place < row.count ? TextWidth.columns(row[place].text(in: language)) + 1 : 0
        }
        let widest = max(header, cells.max() ?? 0)
        return min(max(widest, WorkbookLimits.widthColumnsMin), WorkbookLimits.widthColumnsMax)
    }

    private func done(_ result: Int32) throws(WorkbookFault) {
        guard result == 0 else { throw Self.library(fault) }
    }

    private static func library(_ fault: [CChar]) -> WorkbookFault {
        .library(String(decoding: fault.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self))
    }
}

public import CountyBooks

/// Tables as an Excel workbook (.xlsx), a sheet each: a header that stays in sight and can be filtered by, waybills and other
/// codes as text, numbers as numbers, what is unknown as the word, notes below the rows.
public enum Workbook {
    /// The bytes of the file. Equal tables and an equal time give equal bytes.
    ///
    /// It works on the caller's thread, some three seconds for a million cells, and writes temporary files without a name into
    /// the folder TMPDIR, else `/tmp`.
    ///
    /// - Parameter made: When, in seconds since 1970-01-01 UTC: stands in the file's properties.
    /// - Throws: `WorkbookFault` where a limit is passed, or memory or the folder is full.
    public static func xlsx(
        _ tables: [Table],
        made: Int64,
        in language: Language = .chinese
    ) throws(WorkbookFault) -> [UInt8] {
        let names = SheetNames.names(tables.map { $0.title[language] })
        try check(tables, names)
        var writer = try WorkbookWriter(made: made)
        defer { writer.close() }
        for (table, name) in zip(tables, names) { try writer.add(table, name: name, in: language) }
        let bytes = try writer.finish()
        try WorkbookCheck(bytes).check(sheets: writer.sheets)
        return bytes
    }

    private static func check(_ tables: [Table], _ names: [String]) throws(WorkbookFault) {
        guard !tables.isEmpty, tables.allSatisfy({ !$0.columns.isEmpty }) else { throw .empty }
        guard tables.count <= WorkbookLimits.sheetsMax else { throw .tooManySheets(tables.count) }
        for (table, name) in zip(tables, names) {
            guard table.columns.count <= WorkbookLimits.columnsMax else {
                throw .tooManyColumns(sheet: name, table.columns.count)
            }
            guard table.rows.count <= WorkbookLimits.rowsMax else { throw .tooManyRows(sheet: name, table.rows.count) }
        }
        let cells = tables.reduce(0) { $0 + ($1.rows.count + 1) * $1.columns.count }
        guard cells <= WorkbookLimits.cellsMax else { throw .tooManyCells(cells) }
    }
}

/// Why no workbook (.xlsx) can be made: the thing, the cause and the fix, in Chinese and English.
public enum WorkbookFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// No table, or one without columns.
    case empty
    /// More tables than `WorkbookLimits.sheetsMax`.
    case tooManySheets(Int)
    /// A table with more columns than `WorkbookLimits.columnsMax`.
    case tooManyColumns(sheet: String, Int)
    /// A table with more rows than `WorkbookLimits.rowsMax`.
    case tooManyRows(sheet: String, Int)
    /// More cells than `WorkbookLimits.cellsMax`.
    case tooManyCells(Int)
    /// A text of more than `WorkbookLimits.textCharactersMax` UTF-16 units. Row as Excel counts it, column from 1.
    case textTooLong(sheet: String, row: Int, column: Int)
    /// libxlsxwriter or the system refused; its words.
    case library(String)
    /// What was made is not whole: the folder for temporary files is full.
    case damaged(part: String)

    /// Two lines: one a language.
    public var description: String {
        let less = ("请缩小范围（日期、乡镇）后重新导出，或导出 CSV", "choose fewer days or a township, or take CSV")
        switch self {
        case .empty: return Self.lines(("Excel 文件", "workbook"), ("没有表格", "there is no table"), less)
        case .tooManySheets(let count):
            let max = WorkbookLimits.sheetsMax
            return Self.lines(
                ("Excel 文件", "workbook"),
                ("有 \(count) 张表，最多 \(max) 张", "\(count) sheets, \(max) at most"),
                less
            )
        case .tooManyColumns(let sheet, let count):
            let max = WorkbookLimits.columnsMax
            return Self.lines((sheet, sheet), ("有 \(count) 列，最多 \(max) 列", "\(count) columns, \(max) at most"), less)
        case .tooManyRows(let sheet, let count):
            let max = WorkbookLimits.rowsMax
            return Self.lines((sheet, sheet), ("有 \(count) 行，最多 \(max) 行", "\(count) rows, \(max) at most"), less)
        case .tooManyCells(let count):
            let max = WorkbookLimits.cellsMax
            return Self.lines(
                ("Excel 文件", "workbook"),
                ("有 \(count) 个单元格，最多 \(max) 个", "\(count) cells, \(max) at most"),
                less
            )
        case .textTooLong(let sheet, let row, let column):
            return Self.lines(
                ("\(sheet) 第 \(row) 行第 \(column) 列", "\(sheet), row \(row), column \(column)"),
                ("文字超过 Excel 单元格的上限", "the text is longer than an Excel cell holds"),
                ("请导出 CSV", "take CSV")
            )
        case .library(let words):
            return Self.lines(
                ("Excel 文件", "workbook"),
                ("无法生成（\(words)）", "libxlsxwriter makes none (\(words))"),
                ("请让管理员检查内存和 /tmp，或导出 CSV", "let the administrator look at memory and /tmp, or take CSV")
            )
        case .damaged(let part):
            return Self.lines(
                ("Excel 文件", "workbook"),
                ("生成的 \(part) 不完整：/tmp 可能已满", "its \(part) is not whole: /tmp may be full"),
                ("请让管理员清理 /tmp 后重试，或导出 CSV", "let the administrator free /tmp and try again, or take CSV")
            )
        }
    }

    private typealias Pair = (chinese: String, english: String)

    private static func lines(_ thing: Pair, _ cause: Pair, _ fix: Pair) -> String {
        "\(thing.chinese)：\(cause.chinese)。\(fix.chinese)。\n\(thing.english): \(cause.english); \(fix.english)"
    }
}

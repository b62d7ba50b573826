/// Limits of sheets.
enum SheetLimits {
    /// Characters that Excel keeps in a cell; a longer one is many cells behind a quote that does not close.
    static let cellCharactersMax = 32_767
    /// Bytes of UTF-8 that so many characters have at most.
    static let cellBytesMax = 3 * cellCharactersMax
    /// Columns of Excel.
    static let columnsMax = 16_384
    /// Bytes of a line in which the separator is looked for, from its start.
    static let separatorBytesMax = 65_536
    /// Bytes of a header, with the notes that templates put around a name; a longer cell names no column.
    static let headerBytesMax = 4_096
    /// Rows at the top of a sheet among which its header is looked for: titles and notes stand above it.
    static let headerRowsMax = 20
    /// Characters of a column's name.
    static let nameCharactersMax = 30
    /// Digits from which on a text is no name of a column.
    static let nameDigitsMax = 5
    /// Digits that Excel keeps of a number; those behind them it writes as zeros.
    static let excelDigits = 15
    /// Digits of a village's 区划代码.
    static let villageCodeDigits = 12
    /// Lines of faults that are shown; more are a sheet of another kind.
    static let faultLinesMax = 100
    /// Spans of rows that one line names.
    static let spansMax = 50
}

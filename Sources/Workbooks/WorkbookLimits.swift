/// Limits of a workbook. Excel's own are wider; these keep one file within some seconds of a processor.
public enum WorkbookLimits {
    /// Sheets of a workbook.
    public static let sheetsMax = 20
    /// Rows of one sheet, without its header and notes.
    public static let rowsMax = 200_000
    /// Columns of one sheet: `LK_SHEET_COLUMNS_MAX` of the C part.
    public static let columnsMax = 100
    /// Cells of all sheets together: some three seconds.
    public static let cellsMax = 1_000_000
    /// Characters of one cell, in UTF-16 units as Excel counts them.
    public static let textCharactersMax = 32_767
    /// Characters of a sheet's name, in UTF-16 units as Excel counts them.
    static let nameCharactersMax = 31
    /// Largest part of a finished file that is read back, before compression.
    static let partBytesMax = 512 * 1_024 * 1_024
    /// Narrowest and widest column, in characters of half width; longer texts wrap or are cut in sight, not in the file.
    static let widthColumnsMin = 6
    static let widthColumnsMax = 50
    /// Rows by which the width of columns is measured.
    static let measuredRowsMax = 500
    /// Largest whole number that a cell holds to its last digit (2⁵³): longer ones are digits, as a text.
    static let exactNumberMax = 9_007_199_254_740_992
}

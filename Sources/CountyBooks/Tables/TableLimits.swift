/// Limits of tables, their files and plots.
public enum TableLimits {
    /// Rows of a page that names no size, and of the largest page.
    public static let pageRows = 100
    public static let pageRowsMax = 500
    /// Number of the last page that an address may ask for.
    public static let pagesMax = 1_000_000
    /// Characters of the text that rows are filtered by; what is behind them is not looked at.
    public static let filterCharactersMax = 64
    /// Characters of a column's id in an address.
    public static let columnCharactersMax = 40
    /// Digits of a number up to which an office program shows them all; longer ones it shows as `7.73E+14`.
    static let plainDigitsMax = 11
    /// Bars of one plot, and series of one bar.
    public static let plotBarsMax = 60
    public static let plotSeriesMax = 3
    /// Half-width columns of a bar's label and of a series' name.
    static let plotLabelColumnsMax = 14
    static let plotNameColumnsMax = 12
}

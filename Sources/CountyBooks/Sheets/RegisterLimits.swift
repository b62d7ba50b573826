/// Limits of registers and their sheets.
public enum RegisterLimits {
    /// Rows of one sheet.
    public static let sheetRowsMax = 20_000
    /// Characters of the number of a site (网点编号).
    static let siteNumberCharactersMax = 32
    /// Characters of the name of a township, a village, a site, a person.
    static let nameCharactersMax = 64
    /// Characters of a brand, as manifests take them.
    static let brandCharactersMax = 32
    /// Characters of an address, and of a list of equipment.
    static let addressCharactersMax = 200
    static let equipmentCharactersMax = 500
    /// Villages that one site serves in one way, and stations of one site.
    static let servedVillagesMax = 200
    static let siteStationsMax = 50
    /// Residents of a village.
    static let residentsMax = 1_000_000
    /// Kilometres from a village to the seat of its township.
    static let townKilometresMax = 1_000
    /// Pieces of one village and brand in a month.
    static let monthPiecesMax = 1_000_000
    /// Days of a month.
    static let monthDaysMax = 31
    /// Years of 生效日期 and 月份.
    static let yearMin: Int64 = 2_000
    static let yearMax: Int64 = 2_099
}

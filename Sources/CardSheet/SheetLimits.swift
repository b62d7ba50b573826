/// Bounds of a printed sheet.
public enum SheetLimits {
    /// Pages of one sheet: a station of 256 doors and 500 shelf places fits, a typing error does not fill a disk.
    public static let pagesMax = 100
    /// Rectangles of one barcode; a card's Code 128 has some 80, its QR code some 300.
    public static let barsMax = 4_096
    /// Width of the narrowest bar or gap: cheap scanners read 0.33 mm from a hand's breadth away.
    public static let moduleMillimetresMin = 0.33
    /// Height of a linear barcode: a scanner held by hand has to cross all of it.
    public static let barMillimetresMin = 12.0
    /// White modules left and right of Code 128 (ISO/IEC 15417).
    public static let linearQuietModulesMin = 10
    /// White modules around a QR code (ISO/IEC 18004).
    public static let squareQuietModulesMin = 4
}

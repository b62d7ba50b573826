public import LockerDomain

/// The barcode of a card, as wide as it fits: linear if it can be, since every scanner reads that.
public struct FittedBarcode: Sendable, Hashable {
    /// What is drawn.
    public var barcode: Barcode
    /// Width of one module, in millimetres.
    public var module: Double
    /// Whether the card takes the whole width of the page.
    public var isWide: Bool

    /// With its quiet zones, in millimetres.
    public var width: Double { Double(barcode.columnsWithQuiet) * module }

    /// Half the page's width with Code 128, else all of it, else a QR code: its long text needs the room.
    public init(_ card: Card) throws(SheetFault) {
        let text = card.text
        let dots = SheetMetrics.moduleDots
        let half = SheetMetrics.cardWidth - 2 * SheetMetrics.padding
        if let linear = try? Barcode(text, as: .code128) {
            if let module = Self.module(linear, dots: dots[...], width: half) {
                self.init(barcode: linear, module: module, isWide: false)
                return
            }
            // The narrowest module: a scanner held close sees some ten centimetres.
            if let module = Self.module(linear, dots: dots.suffix(1), width: half + SheetMetrics.cardWidth) {
                self.init(barcode: linear, module: module, isWide: true)
                return
            }
        }
        let square = try Barcode(text, as: .qr)
        let side = SheetMetrics.cardHeight - SheetMetrics.barTop - SheetMetrics.padding
        guard let module = Self.module(square, dots: dots[...], width: side) else { throw .tooLong(text) }
        self.init(barcode: square, module: module, isWide: true)
    }

    private init(barcode: Barcode, module: Double, isWide: Bool) {
        self.barcode = barcode
        self.module = module
        self.isWide = isWide
    }

    /// The widest module with which the barcode and its quiet zone fit.
    private static func module(_ barcode: Barcode, dots: ArraySlice<Int>, width: Double) -> Double? {
        dots.lazy.map { Double($0) * SheetMetrics.dot }
            .first { $0 >= SheetLimits.moduleMillimetresMin && Double(barcode.columnsWithQuiet) * $0 <= width }
    }
}

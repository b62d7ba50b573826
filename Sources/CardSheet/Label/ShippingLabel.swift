public import LockerDomain

/// A label (面单) for a shipment whose sender has none: 100 × 60 mm, printed on the station's own printer. It names no
/// person: who sends and who receives is in the carrier's books (DESIGN rule 10).
public struct ShippingLabel: Sendable {
    public var waybill: Waybill
    /// Words above the barcode: the station, its filing number, the hotline.
    public var lines: [String]

    static let page = Box(x: 0, y: 0, width: 100, height: 60)
    static let linesMax = 3
    private static let bars = Box(x: 0, y: 26, width: 100, height: 18)

    public init(_ waybill: Waybill, lines: [String] = []) {
        self.waybill = waybill
        self.lines = Array(lines.prefix(Self.linesMax))
    }

    /// The label as an SVG document. Throws when the number does not fit a barcode of its width.
    public func document() throws(SheetFault) -> String {
        let barcode = try Barcode(waybill.rawValue, as: .code128)
        let dots = SheetMetrics.moduleDots.map { Double($0) * SheetMetrics.dot }
        let module = dots.first { Double(barcode.columnsWithQuiet) * $0 <= Self.page.width }
        guard let module, module >= SheetLimits.moduleMillimetresMin else { throw .tooLong(waybill.rawValue) }
        var svg = SVG(page: Self.page, title: waybill.rawValue)
        svg.words("上行寄件　Outbound", x: 4, y: 8, size: 4.8, "font-weight=\"bold\"")
        for (index, line) in lines.enumerated() {
            svg.words(line, x: 4, y: 13 + Double(index) * 4, size: 3)
        }
        let left = (Self.page.width - Double(barcode.columns) * module) / 2
        svg.bars(barcode, x: left, y: Self.bars.y, moduleWidth: module, moduleHeight: Self.bars.height)
        let number = "font-weight=\"bold\" text-anchor=\"middle\" font-family=\"DejaVu Sans Mono, monospace\""
        svg.words(waybill.rawValue, x: Self.page.width / 2, y: 51, size: 5, number)
        svg.close()
        return svg.text
    }
}

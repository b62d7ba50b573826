import CZint

/// A barcode as rectangles, counted in modules (the width of the narrowest bar), without its quiet zone.
public struct Barcode: Sendable, Hashable {
    /// What kind of reader it needs.
    public enum Symbology: Sendable, Hashable {
        /// Read by every scanner.
        case code128
        /// Needs a scanner with a camera.
        case qr
    }

    /// A dark rectangle.
    public struct Bar: Sendable, Hashable {
        /// Modules from the left edge.
        public var x: Int
        /// Modules from the upper edge.
        public var y: Int
        /// Modules across.
        public var width: Int
        /// Modules down.
        public var height: Int
    }

    /// The kind.
    public var symbology: Symbology
    /// Modules across.
    public var columns: Int
    /// Modules down; 1 for a linear code, whose height is free.
    public var rows: Int
    /// Everything dark.
    public var bars: [Bar]

    /// White modules that each side needs.
    public var quietModules: Int {
        symbology == .code128 ? SheetLimits.linearQuietModulesMin : SheetLimits.squareQuietModulesMin
    }

    /// Modules across with the quiet zone.
    public var columnsWithQuiet: Int { columns + 2 * quietModules }

    /// Draws a text of printable ASCII.
    public init(_ text: String, as symbology: Symbology) throws(SheetFault) {
        guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { throw .unprintable(text) }
        var size = lk_barcode()
        var drawn = [lk_bar](repeating: lk_bar(), count: SheetLimits.barsMax)
        var fault = [CChar](repeating: 0, count: Int(LK_BARCODE_FAULT_BYTES))
        let kind = symbology == .qr ? LK_QR : LK_CODE_128
        let length = Int32(clamping: text.utf8.count)
        let count = lk_barcode_draw(kind, text, length, &size, &drawn, Int32(drawn.count), &fault)
        guard count >= 0 else {
            let words = fault.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
            throw .library(text: text, words: String(decoding: words, as: UTF8.self))
        }
        self.symbology = symbology
        columns = Int(size.columns)
        rows = Int(size.rows)
        bars = drawn.prefix(Int(count)).map {
            Bar(x: Int($0.x), y: Int($0.y), width: Int($0.width), height: Int($0.height))
        }
    }
}

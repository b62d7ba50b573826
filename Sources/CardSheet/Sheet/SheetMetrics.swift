/// Where things stand on the page, in millimetres.
package enum SheetMetrics {
    /// A4.
    package static let page = Box(x: 0, y: 0, width: 210, height: 297)
    /// Cards stay out of the margin that printers leave white.
    package static let cards = Box(x: 8, y: 15, width: 194, height: 269)
    /// A card is half or the whole width.
    package static let cardWidth = 97.0
    /// Eight rows and a heading fill a page.
    package static let cardHeight = 32.0
    /// Heading of a group, and each line of its hint.
    static let headingHeight = 9.0
    static let hintLineHeight = 4.4
    /// Coloured strip along the upper edge of a card.
    static let stripHeight = 2.0
    /// From the upper edge of a card to its bars, and their height.
    static let barTop = 14.4
    package static let barHeight = max(15.6, SheetLimits.barMillimetresMin)
    /// White between a card's edge and anything on it, on top of the quiet zone.
    static let padding = 1.0
    /// Text starts here.
    package static let textInset = 3.0
    /// Sizes of the Chinese title, the English one, the literal text at most, and a hint.
    package static let titleSize = 5.4
    package static let subtitleSize = 3.2
    package static let literalSize = 2.5
    package static let hintSize = 3.0
    /// Part of the second line that the literal text may take from the English title.
    package static let literalShare = 0.45
    /// Width of a monospaced letter, in sizes of its font.
    package static let monospaced = 0.6
    /// One dot of a printer with 300 dots to the inch.
    static let dot = 25.4 / 300
    /// Widths of a module in dots, widest first. Whole dots print every bar as wide as its neighbours; the
    /// narrowest is 0.339 mm.
    static let moduleDots = [6, 5, 4]
}

/// A rectangle on the page, in millimetres from the upper left corner.
public struct Box: Sendable, Hashable {
    /// Left edge.
    public var x: Double
    /// Upper edge.
    public var y: Double
    /// To the right edge.
    public var width: Double
    /// To the lower edge.
    public var height: Double

    /// Right edge.
    public var right: Double { x + width }
    /// Lower edge.
    public var bottom: Double { y + height }

    /// Whether another lies inside; edges may touch.
    public func holds(_ other: Box) -> Bool {
        other.x >= x && other.y >= y && other.right <= right && other.bottom <= bottom
    }

    /// Whether both share more than an edge.
    public func overlaps(_ other: Box) -> Bool {
        x < other.right && other.x < right && y < other.bottom && other.y < bottom
    }
}

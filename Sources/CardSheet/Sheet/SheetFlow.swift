import LockerDomain

/// Fills pages from the top down, two cards a row.
struct SheetFlow {
    private(set) var pages: [SheetPage] = []
    private var group: CardGroup?
    /// Upper edge of the row that is filled.
    private var top = SheetMetrics.cards.bottom
    /// Whether the left half of the row is taken.
    private var isHalfTaken = false
    /// Whether the heading of the group is still to come: it must not be the last thing on a page.
    private var owesHeading = false

    /// Ends the row and the group before.
    mutating func begin(_ group: CardGroup) {
        endRow()
        self.group = group
        owesHeading = true
    }

    /// Puts a card into the next place that it fits.
    mutating func place(_ card: Card, _ barcode: FittedBarcode) {
        if barcode.isWide { endRow() }
        let heading = owesHeading ? headingHeight(isContinued: false) : 0
        if top + heading + SheetMetrics.cardHeight > SheetMetrics.cards.bottom {
            pages.append(SheetPage())
            top = SheetMetrics.cards.y
            isHalfTaken = false
            addHeading(isContinued: !owesHeading)
        } else if owesHeading {
            addHeading(isContinued: false)
        }
        let box = Box(
            x: SheetMetrics.cards.x + (isHalfTaken ? SheetMetrics.cardWidth : 0),
            y: top,
            width: SheetMetrics.cardWidth * (barcode.isWide ? 2 : 1),
            height: SheetMetrics.cardHeight
        )
        add(SheetPage.PlacedCard(card: card, box: box, barcode: barcode, barcodeBox: Self.inside(box, barcode)))
        if isHalfTaken || barcode.isWide { top += SheetMetrics.cardHeight }
        isHalfTaken = !isHalfTaken && !barcode.isWide
    }

    private mutating func add(_ card: SheetPage.PlacedCard) {
        pages[pages.count - 1].cards.append(card)
    }

    private mutating func addHeading(isContinued: Bool) {
        owesHeading = false
        guard let group else { return }
        let height = headingHeight(isContinued: isContinued)
        let box = Box(x: SheetMetrics.cards.x, y: top, width: SheetMetrics.cards.width, height: height)
        pages[pages.count - 1].headings.append(.init(group: group, isContinued: isContinued, box: box))
        top += height
    }

    private mutating func endRow() {
        if isHalfTaken { top += SheetMetrics.cardHeight }
        isHalfTaken = false
    }

    private func headingHeight(isContinued: Bool) -> Double {
        let lines = isContinued ? 0 : group?.hint.count ?? 0
        return SheetMetrics.headingHeight + Double(lines) * SheetMetrics.hintLineHeight
    }

    /// The barcode with its quiet zone, in the middle of the card.
    private static func inside(_ card: Box, _ barcode: FittedBarcode) -> Box {
        let isSquare = barcode.barcode.symbology == .qr
        return Box(
            x: card.x + (card.width - barcode.width) / 2,
            y: card.y + SheetMetrics.barTop,
            width: barcode.width,
            height: isSquare ? barcode.width : SheetMetrics.barHeight
        )
    }
}

import LockerDomain

extension CardSheet {
    /// One SVG document a page, to be printed on A4 at its own size.
    public var documents: [String] {
        pages.enumerated().map { index, page in page.svg(number: index + 1, of: pages.count) }
    }
}

extension SheetPage {
    /// The page as an SVG document.
    public func svg(number: Int, of count: Int) -> String {
        var svg = SVG(page: SheetMetrics.page, title: "VillageLocker command cards 指令卡 \(number)/\(count)")
        Self.drawMargins(number, count, on: &svg)
        for heading in headings { heading.draw(on: &svg) }
        for card in cards { card.draw(on: &svg) }
        svg.close()
        return svg.text
    }

    private static func drawMargins(_ number: Int, _ count: Int, on svg: inout SVG) {
        let area = SheetMetrics.cards
        svg.words("指令卡　Command cards", x: area.x, y: 11, size: 4, "font-weight=\"bold\"")
        svg.words("\(number) / \(count)", x: area.right, y: 11, size: 3.4, "text-anchor=\"end\"")
        // A printer that shrinks the page to fit is seen by this line.
        let ruler = Box(x: area.x, y: 289, width: 50, height: 0.3)
        svg.rectangle(ruler, "fill=\"#000000\"")
        for end in [ruler.x, ruler.right - 0.3] {
            svg.rectangle(Box(x: end, y: 287.6, width: 0.3, height: 2.9), "fill=\"#000000\"")
        }
        svg.words(
            "按 100 % 打印，不要缩放；左边的线应长 50 毫米。　Print at 100 %: the line on the left is 50 mm long.",
            x: ruler.right + 3,
            y: 290.2,
            size: 3
        )
    }
}

extension SheetPage.Heading {
    fileprivate func draw(on svg: inout SVG) {
        let caption = group.caption
        let title = caption.zh + (isContinued ? "（续）" : "")
        let mark = Box(x: box.x, y: box.y + 2, width: 2, height: 5)
        svg.rectangle(mark, "fill=\"\(group.colour)\"")
        svg.words("\(title)　\(caption.en)", x: mark.right + 2, y: box.y + 6.3, size: 4.8, "font-weight=\"bold\"")
        guard !isContinued else { return }
        for (index, line) in group.hint.enumerated() {
            let y = box.y + SheetMetrics.headingHeight + Double(index) * SheetMetrics.hintLineHeight + 2.2
            svg.words(line, x: box.x, y: y, size: SheetMetrics.hintSize)
        }
    }
}

extension SheetPage.PlacedCard {
    fileprivate func draw(on svg: inout SVG) {
        let strip = Box(x: box.x, y: box.y, width: box.width, height: SheetMetrics.stripHeight)
        svg.rectangle(strip, "fill=\"\(card.group.colour)\"")
        svg.rectangle(box, "fill=\"none\" stroke=\"#999999\" stroke-width=\"0.2\"")
        let left = box.x + SheetMetrics.textInset
        let right = box.right - SheetMetrics.textInset
        svg.words(card.caption.zh, x: left, y: box.y + 8, size: SheetMetrics.titleSize, "font-weight=\"bold\"")
        svg.words(card.caption.en, x: left, y: box.y + 12.4, size: SheetMetrics.subtitleSize)
        svg.words(
            card.text,
            x: right,
            y: box.y + 12.4,
            size: literalSize,
            "text-anchor=\"end\" font-family=\"DejaVu Sans Mono, Liberation Mono, Consolas, monospace\" fill=\"#444444\""
        )
        let quiet = Double(barcode.barcode.quietModules) * barcode.module
        let isSquare = barcode.barcode.symbology == .qr
        svg.bars(
            barcode.barcode,
            x: barcodeBox.x + quiet,
            y: barcodeBox.y + (isSquare ? quiet : 0),
            moduleWidth: barcode.module,
            moduleHeight: isSquare ? barcode.module : barcodeBox.height
        )
    }

    /// A long text is written smaller: it must not run into the English title.
    private var literalSize: Double {
        let room = (box.width - 2 * SheetMetrics.textInset) * SheetMetrics.literalShare
        return min(SheetMetrics.literalSize, room / (SheetMetrics.monospaced * Double(max(1, card.text.count))))
    }
}

import CardSheet
import LockerDomain
import Testing

@Suite("Layout of the sheet")
struct SheetTests {
    /// Cards with names: short, long, longest.
    static let named: [Card] = [
        .run("0700"), .handOver("0700"), .bag("7"), .door("A01"), .door(String(repeating: "B", count: 32)),
        .shelf("S1-07"), .shelf(String(repeating: "C", count: 36)), .run("0700:XIN-3:晋E12345"),
    ]

    /// All that a large station prints.
    static let everything: [Card] =
        Card.fixed + named + (2...33).map { .door("A\($0)") } + (1...41).map { .shelf("S2-\($0)") }

    @Test("no two cards, headings or barcodes overlap, and all lie inside A4 and the printer's margin")
    func boxes() throws {
        let sheet = try CardSheet(Self.everything)
        #expect(sheet.pages.count > 10)
        for page in sheet.pages {
            let boxes = page.cards.map(\.box) + page.headings.map(\.box)
            for (index, box) in boxes.enumerated() {
                #expect(SheetMetrics.page.holds(box) && SheetMetrics.cards.holds(box), "\(box)")
                for other in boxes[..<index] { #expect(!box.overlaps(other), "\(box) \(other)") }
            }
            for card in page.cards { #expect(card.box.holds(card.barcodeBox), "\(card.card)") }
        }
    }

    @Test("every card is printed once, under a heading of its group on the same page")
    func complete() throws {
        let sheet = try CardSheet(Self.everything + Self.everything)
        let printed = sheet.pages.flatMap { $0.cards.map(\.card) }
        #expect(printed.count == Self.everything.count && Set(printed) == Set(Self.everything))
        for page in sheet.pages {
            for card in page.cards {
                let above = page.headings.last { $0.box.y < card.box.y }
                #expect(above?.group == card.card.group)
            }
            for heading in page.headings {
                #expect(page.cards.contains { $0.box.y == heading.box.bottom }, "a heading stands alone")
            }
        }
    }

    @Test("every command card is Code 128, so that a scanner without a camera reads it", arguments: Card.fixed)
    func linear(card: Card) throws {
        let fitted = try FittedBarcode(card)
        #expect(fitted.barcode.symbology == .code128)
        #expect(fitted.module >= SheetLimits.moduleMillimetresMin)
        #expect(SheetMetrics.barHeight >= SheetLimits.barMillimetresMin)
        #expect(fitted.barcode.columnsWithQuiet == fitted.barcode.columns + 20)
    }

    @Test("a barcode begins and ends with a bar, and bars do not touch")
    func bars() throws {
        let barcode = try Barcode("VLK1:RECEIVE", as: .code128)
        // Start, 12 characters and check digit of 11 modules each, stop of 13.
        #expect(barcode.columns == 14 * 11 + 13 && barcode.rows == 1)
        #expect(barcode.bars.first?.x == 0 && barcode.bars.last.map { $0.x + $0.width } == barcode.columns)
        for (left, right) in zip(barcode.bars, barcode.bars.dropFirst()) { #expect(left.x + left.width < right.x) }
    }

    @Test("a long name takes the whole width, a longer one a QR code")
    func long() throws {
        #expect(try FittedBarcode(.door(String(repeating: "A", count: 10))).isWide == false)
        let wide = try FittedBarcode(.door(String(repeating: "A", count: 32)))
        #expect(wide.isWide && wide.barcode.symbology == .code128)
        let longest = try FittedBarcode(.shelf(String(repeating: "A", count: 36)))
        #expect(longest.isWide && longest.barcode.symbology == .qr)
    }

    @Test("what no card can hold names the card, the cause and the mend")
    func faults() {
        #expect(throws: SheetFault.unprintable("VLK1:DOOR:格口一")) { _ = try CardSheet([.door("格口一")]) }
        #expect(throws: SheetFault.unprintable("VLK1:DOOR:A 1")) { _ = try CardSheet([.door("a 1")]) }
        let endless = Card.door(String(repeating: "A", count: 600))
        #expect(throws: SheetFault.self) { _ = try CardSheet([endless]) }
        #expect(throws: SheetFault.tooLong("VLK1:BAG:" + String(repeating: "A", count: 300))) {
            _ = try CardSheet([.bag(String(repeating: "A", count: 300))])
        }
        #expect(SheetFault.unprintable("VLK1:DOOR:格口一").message.contains("station.toml"))
        #expect(throws: SheetFault.unprintable("VLK1:RUN:0700:北线:SX-E12345")) {
            _ = try CardSheet([.run("0700:北线:晋E12345")])
        }
    }

    @Test("a sheet has a limit of pages, beyond which nothing is made")
    func pages() {
        let most = SheetLimits.pagesMax * 16
        #expect(throws: SheetFault.tooManyPages(SheetLimits.pagesMax + 1)) {
            _ = try CardSheet((0...most).map { .shelf("S1-\($0)") })
        }
    }
}

import CardSheet
import Foundation
import FoundationXML
import LockerDomain
import Testing

@Suite("SVG documents")
struct DocumentTests {
    @Test("every page is well-formed XML, one SVG root of A4 in millimetres")
    func wellFormed() throws {
        for document in try CardSheet(SheetTests.everything).documents {
            let reader = Reader()
            let parser = XMLParser(data: Data(document.utf8))
            parser.delegate = reader
            #expect(parser.parse(), "\(String(describing: parser.parserError))")
            let root = try #require(reader.elements.first)
            #expect(root.name == "svg" && root.attributes["viewBox"] == "0 0 210 297")
            #expect(root.attributes["width"] == "210mm" && root.attributes["height"] == "297mm")
            #expect(!reader.elements.dropFirst().contains { $0.name == "svg" })
        }
    }

    @Test("a name full of signs stays text")
    func escaped() throws {
        let name = "<&>\"'"
        let document = try #require(try CardSheet([.door(name)]).documents.first)
        let reader = Reader()
        let parser = XMLParser(data: Data(document.utf8))
        parser.delegate = reader
        #expect(parser.parse() && reader.text.contains("VLK1:DOOR:<&>\"'"))
        #expect(SVG.escaped("\u{1}a\u{FFFE}") == "\u{FFFD}a\u{FFFD}")
    }

    @Test("every page shows each card's titles and its literal text")
    func words() throws {
        let sheet = try CardSheet(Card.fixed)
        for (page, document) in zip(sheet.pages, sheet.documents) {
            for card in page.cards.map(\.card) {
                for words in [card.caption.zh, card.caption.en, card.text] {
                    #expect(document.contains(">\(SVG.escaped(words))</text>"), "\(words)")
                }
            }
        }
    }

    @Test("no line of text runs out of its card or of the page")
    func widths() throws {
        for card in Card.fixed + CaptionTests.named {
            let width = try SheetMetrics.cardWidth * (FittedBarcode(card).isWide ? 2 : 1) - 2 * SheetMetrics.textInset
            #expect(Self.width(card.caption.zh, size: SheetMetrics.titleSize) <= width, "\(card.caption.zh)")
            let literal = Double(card.text.count) * SheetMetrics.monospaced * SheetMetrics.literalSize
            let second = Self.width(card.caption.en, size: SheetMetrics.subtitleSize)
            #expect(second + min(literal, width * SheetMetrics.literalShare) <= width, "\(card.caption.en)")
        }
        for line in CardGroup.allCases.flatMap(\.hint) {
            #expect(Self.width(line, size: SheetMetrics.hintSize) <= SheetMetrics.cards.width, "\(line)")
        }
    }

    @Test("numbers are decimal, without an exponent")
    func numbers() {
        let numbers = [0, 1.5, -0.25, 25.4 / 300, 0.00001, 210]
        #expect(numbers.map(SVG.number) == ["0", "1.5", "-0.25", "0.08467", "0.00001", "210"])
    }

    /// Chinese takes the font's size, the rest some 0.55 of it.
    private static func width(_ text: String, size: Double) -> Double {
        text.unicodeScalars.reduce(0) { $0 + size * ($1.value >= 0x2E80 ? 1 : 0.55) }
    }
}

/// What a document holds.
private final class Reader: NSObject, XMLParserDelegate {
    var elements: [(name: String, attributes: [String: String])] = []
    var text = ""

    func parser(
        _ parser: XMLParser,
        didStartElement name: String,
        namespaceURI: String?,
        qualifiedName: String?,
        attributes: [String: String]
    ) {
        elements.append((name, attributes))
    }

    func parser(_ parser: XMLParser, foundCharacters characters: String) { text += characters }
}

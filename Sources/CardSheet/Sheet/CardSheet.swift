public import LockerDomain

/// A printable sheet of command cards (指令卡): A4 pages, cut along the grey lines.
public struct CardSheet: Sendable {
    /// In printing order.
    public let pages: [SheetPage]

    /// Lays cards out under the headings of their groups, in the order of `CardGroup`; a card that is named twice is
    /// printed once.
    public init(_ cards: [Card]) throws(SheetFault) {
        var flow = SheetFlow()
        for section in Self.sections(cards) {
            flow.begin(section.group)
            // A wide card between narrow ones would leave holes.
            let fitted = try Self.fitted(section.cards)
            for (card, barcode) in fitted where !barcode.isWide { flow.place(card, barcode) }
            for (card, barcode) in fitted where barcode.isWide { flow.place(card, barcode) }
            guard flow.pages.count <= SheetLimits.pagesMax else { throw .tooManyPages(flow.pages.count) }
        }
        pages = flow.pages
    }

    /// Cards by group, each once.
    public static func sections(_ cards: [Card]) -> [(group: CardGroup, cards: [Card])] {
        var seen: Set<Card> = []
        let groups = Dictionary(grouping: cards.filter { seen.insert($0).inserted }, by: \.group)
        return CardGroup.allCases.compactMap { group in groups[group].map { (group, $0) } }
    }

    private static func fitted(_ cards: [Card]) throws(SheetFault) -> [(Card, FittedBarcode)] {
        var fitted: [(Card, FittedBarcode)] = []
        for card in cards { fitted.append((card, try FittedBarcode(card))) }
        return fitted
    }
}

/// One page.
public struct SheetPage: Sendable {
    /// A group's heading, with its hint below.
    public struct Heading: Sendable {
        /// Which group.
        public var group: CardGroup
        /// Whether the group began on an earlier page.
        public var isContinued: Bool
        /// Where it stands, with the hint.
        public var box: Box
    }

    /// A card with its place.
    public struct PlacedCard: Sendable {
        /// What it says.
        public var card: Card
        /// The grey line around it.
        public var box: Box
        /// What is scanned.
        public var barcode: FittedBarcode
        /// The barcode with its quiet zone.
        public var barcodeBox: Box
    }

    /// From the top down.
    public internal(set) var headings: [Heading] = []
    /// From the top down, left before right.
    public internal(set) var cards: [PlacedCard] = []
}

import LockerDomain
import Testing

@Suite("Captions of command cards")
struct CaptionTests {
    /// Cards with words that somebody else chose, at their longest.
    static let named: [Card] = {
        let name = String(repeating: "W", count: 40)
        return [
            .door(name), .shelf(name), .run(name), .handOver(name), .bag(name), .seal(name), .category(name),
            .platform(name), .reason(99), .complaint(9),
        ]
    }()

    @Test("every card has a Chinese and an English title within the limits", arguments: Card.fixed + named)
    func limits(card: Card) {
        let caption = card.caption
        #expect((1...CardLimits.chineseCharactersMax).contains(caption.zh.count), "\(caption.zh)")
        #expect((1...CardLimits.englishCharactersMax).contains(caption.en.count), "\(caption.en)")
        #expect(caption.zh.unicodeScalars.contains { $0.value >= 0x4E00 })
        #expect(caption.en.unicodeScalars.allSatisfy { $0.isASCII || $0 == "…" })
    }

    @Test("no two cards have the same title")
    func unique() {
        #expect(Set(Card.fixed.map(\.caption.zh)).count == Card.fixed.count)
        #expect(Set(Card.fixed.map(\.caption.en)).count == Card.fixed.count)
    }

    @Test("every printed text is read back as its card", arguments: Card.fixed)
    func read(card: Card) {
        #expect(Card(text: card.text) == card)
    }

    @Test("every card hangs in one group, and a group without cards is one of names")
    func groups() {
        let cards = CardGroup.allCases.flatMap(\.cards)
        #expect(cards.count == Card.fixed.count && Set(cards) == Set(Card.fixed))
        #expect(CardGroup.allCases.filter(\.cards.isEmpty) == [.runs, .doors, .shelf])
    }

    @Test("every station can end, repeat and refuse with the cards for everybody")
    func common() {
        #expect(Set(CardGroup.common.cards) == [.end, .reopen, .refuse, .next, .yes, .no])
    }

    @Test("the numbers of complaints and reasons are those of their cards, without a gap")
    func numbers() {
        #expect(ComplaintCategory.allCases.map(\.rawValue) == Array(1...6))
        #expect(AuditReason.allCases.map(\.rawValue) == Array(1...9))
    }

    @Test("the survey asks the five things of the county's plan, in its order")
    func survey() {
        #expect(SurveyQuestion.allCases.map(\.zh) == ["设置便捷性", "时效性", "快件投递", "服务态度", "损毁(丢失)赔偿"])
    }

    @Test("a name that is too long for a title is cut and marked")
    func clipped() {
        #expect(Card.door("A01").caption.zh == "格口 A01")
        #expect(Card.door(String(repeating: "A", count: 32)).caption.zh == "格口 AAAAAAAAAAAA…")
    }

    @Test("a shelf's places are named as in station.toml")
    func places() {
        #expect([1, 10, 100].map { ShelfPlace(shelf: "S1", number: $0) } == ["S1-01", "S1-10", "S1-100"])
    }
}

import LockerDomain
import Testing

@Suite("What is asked")
struct AskedTests {
    private static let words = [
        AnswerWord(""), AnswerWord("A01"), AnswerWord("6506 -> S12-499"),
        AnswerWord(String(repeating: "7", count: Limits.scanCharactersMax)),
    ]

    @Test("each question has at most 40 characters, whatever word is in it", arguments: Asked.ID.allCases)
    func length(id: Asked.ID) {
        for word in Self.words where !word.zh.isEmpty || id != .number {
            let asked = Asked(id, word, of: .anybody, answers: [])
            #expect((1...40).contains(asked.zh.count), "\(asked.zh)")
            #expect((1...40).contains(asked.en.count), "\(asked.en)")
            #expect(asked.en.utf8.allSatisfy { (0x20...0x7E).contains($0) }, "\(asked.en)")
        }
    }

    @Test("each answer has at most 40 characters, and its capitals are a card", arguments: Asked.Choice.ID.allCases)
    func answers(id: Asked.Choice.ID) {
        let choice = Asked.Choice(id)
        #expect((1...40).contains(choice.zh.count) && (1...40).contains(choice.en.count))
        #expect(choice.en.utf8.allSatisfy { (0x20...0x7E).contains($0) }, "\(choice.en)")
        for word in choice.en.matches(of: /[A-Z]{2,}/).map({ String($0.0) }) {
            let texts = [word, "\(word):FORBIDDEN"].map { Card.prefix + $0 }
            #expect(texts.contains { Card(text: $0) != nil }, "\(word)")
        }
        let titles = CardGroup.allCases.flatMap(\.cards).map(\.caption.zh)
        for name in choice.zh.matches(of: /“([^”]+)”/).map({ String($0.1) }) {
            #expect(titles.count { $0 == name } == 1, "\(name)")
        }
    }

    @Test("the end of a word that is too long stays")
    func end() {
        let number = String(repeating: "7", count: 90) + "1234"
        let asked = Asked(.isShelfEmpty, AnswerWord(number), of: .session(.keeper), answers: [.empty])
        #expect(asked.en.count == 40 && asked.en.hasPrefix("Is shelf ..7") && asked.en.hasSuffix("1234 empty?"))
    }
}

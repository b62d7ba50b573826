import LockerDomain
import Testing

@Suite("Cards that answers name")
struct AnswerCardTests {
    /// Capitals that are no card.
    private static let others: Set<String> = ["ID", "QR", "PIN"]

    @Test("every word in capitals is the first word of a card", arguments: Answer.ID.allCases)
    func capitals(_ id: Answer.ID) {
        let answer = Answer(id, "")
        for text in [answer.zh, answer.en] {
            for word in text.matches(of: /[A-Z]{2,}/).map({ String($0.0) }) where !Self.others.contains(word) {
                let texts = [word, "\(word):1", "\(word):A01", "\(word):DAMAGED"].map { Card.prefix + $0 }
                #expect(texts.contains { Card(text: $0) != nil }, "\(text)")
            }
        }
    }

    @Test("every card quoted in Chinese is found by its title, and only one", arguments: Answer.ID.allCases)
    func titles(_ id: Answer.ID) {
        let titles = CardGroup.allCases.flatMap(\.cards).map(\.caption.zh)
        for name in Answer(id, "").zh.matches(of: /“([^”]+)”/).map({ String($0.1) }) {
            let first = titles.filter { $0.hasPrefix(name) }
            let found = first.isEmpty ? titles.filter { $0.contains(name) } : first
            #expect(found.count == 1, "\(name): \(found)")
        }
    }
}

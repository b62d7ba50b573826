import LockerDomain
import StationBooks
import Testing

@Suite("Answers")
struct AnswerTests {
    @Test("each text has at most 40 characters, whatever word is in it", arguments: Answer.ID.allCases)
    func length(id: Answer.ID) {
        let roles: [Answer.ID] = [.welcome, .hello, .askPIN]
        let named: [Answer.ID] = [.putInstead, .shelveInstead, .askInsideOf]
        let words = ["A01", "S1-07", "S12-499", "12"] + (roles.contains(id) ? Role.allCases.map(\.rawValue) : [])
        let tails = id == .takeOnly ? ["S12-499 5380 5381"] : named.contains(id) ? ["6506 -> S12-499"] : []
        for word in words + tails {
            let answer = Answer(id, word)
            #expect((1...40).contains(answer.zh.count), "\(answer.zh)")
            #expect((1...40).contains(answer.en.count), "\(answer.en)")
            #expect(answer.en.utf8.allSatisfy { (0x20...0x7E).contains($0) }, "\(answer.en)")
        }
    }

    @Test("the longest word that may be inserted leaves 40 characters in both languages", arguments: Answer.ID.allCases)
    func longest(id: Answer.ID) {
        let numbers = [
            String(repeating: "7", count: Limits.waybillCharactersMax),
            String(repeating: "W", count: Limits.scanCharactersMax),
            "S1-01 S12-499 +120", "0356-1234567-8901", "12345678",
        ].map { AnswerWord($0) }
        let notes = SessionNoted.Note.allCases.flatMap { note in
            ["produce", "9", "CHERRY", String(repeating: "B", count: Limits.noteCharactersMax)].map { note.word($0) }
        }
        for word in numbers + notes + Role.allCases.map(\.word) + [.counter] {
            let answer = Answer(id, word)
            #expect((1...Limits.answerCharactersMax).contains(answer.zh.count), "\(answer.zh)")
            #expect((1...Limits.answerCharactersMax).contains(answer.en.count), "\(answer.en)")
            #expect(answer.en.utf8.allSatisfy { (0x20...0x7E).contains($0) }, "\(answer.en)")
            #expect(answer.zh.last != " " && answer.en.last != " ", "\(answer.en)")
        }
        // What is left off stands in front: the end of a number tells it from others.
        let long = Answer(.finishFirst, "VL" + String(repeating: "7", count: 90) + "123")
        #expect(long.en.hasSuffix("7123") && long.en.hasPrefix("First: .."))
    }

    @Test("no Chinese text holds an English term, no English text a Chinese one")
    func terms() {
        let notes = SessionNoted.Note.allCases.map { $0.word($0 == .kind ? "produce" : "4") }
        for word in notes + Role.allCases.map(\.word) + [.counter] {
            #expect(word.zh.allSatisfy { !$0.isASCII || !$0.isLetter }, "\(word.zh)")
            #expect(word.en.utf8.allSatisfy { (0x20...0x7E).contains($0) }, "\(word.en)")
        }
    }

    @Test("a red light is heard too, and no answer is dark and silent")
    func perceptible() {
        for id in Answer.ID.allCases {
            let answer = Answer(id)
            if answer.light == .red { #expect(answer.beep != .none) }
            #expect(answer.light != .off || answer.beep != .none)
        }
    }

    @Test("a question that waits for a card is told from all else by both lights and three beeps")
    func questions() {
        let questions: Set<Answer.ID> = [.askInside, .askInsideOf, .whichDoor, .askShelfEmpty, .askDelivered]
        for id in Answer.ID.allCases {
            #expect((Answer(id).light == .both) == questions.contains(id), "\(id)")
            #expect((Answer(id).beep == .triple) == questions.contains(id), "\(id)")
        }
    }

    @Test("roles are granted by bits, the mightiest first")
    func roles() {
        #expect(Role.granted(by: 0) == nil)
        for role in Role.allCases { #expect(Role.granted(by: role.grant) == role) }
        #expect(Role.granted(by: 1 | 2 | 4) == .keeper)
        #expect(Role.granted(by: 1 | 4) == .technician)
        #expect(Role.granted(by: 0xFFE0) == nil)
    }
}

@Suite("Days")
struct MomentTests {
    @Test(
        "a day begins at midnight in Shanghai",
        arguments: [
            (0, 0), (57_599_999, 0), (57_600_000, 1), (-28_800_000, 0), (-28_800_001, -1), (-115_200_001, -2),
            (1_767_196_799_999, 20_453), (1_767_196_800_000, 20_454),
        ] as [(Int64, Int64)]
    )
    func days(wall: Int64, day: Int64) {
        #expect(Moment(wall: wall, uptime: 0, clock: .ntp).shanghaiDay == day)
    }

    @Test("only a time that somebody vouches for is confirmed; a battery is enough to know the day")
    func trust() {
        #expect(ClockTrust.allCases.filter(\.isConfirmed) == [.ntp, .county, .manual])
        #expect(ClockTrust.allCases.filter(\.isDated) == [.ntp, .county, .manual, .rtc])
    }
}

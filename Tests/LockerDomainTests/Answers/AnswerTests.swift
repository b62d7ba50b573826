import LockerDomain
import Testing

@Suite("Answers")
struct AnswerTests {
    @Test("each text has at most 40 characters, whatever word is in it", arguments: Answer.ID.allCases)
    func length(id: Answer.ID) {
        let roles: [Answer.ID] = [.welcome, .askPIN]
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

    @Test("a red light is heard too, and no answer is dark and silent but the one for a bounce")
    func perceptible() {
        for id in Answer.ID.allCases {
            let answer = Answer(id)
            if answer.light == .red { #expect(answer.beep != .none) }
            if id != .doubled { #expect(answer.light != .off || answer.beep != .none) }
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

    @Test("only a clock that somebody set is trusted")
    func trust() {
        #expect(ClockTrust.allCases.filter(\.isTrusted) == [.ntp, .rtc, .manual])
    }
}

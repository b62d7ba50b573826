import LockerDomain
import SyncWire
import Testing

@Suite("Command numbers and the question for commands")
struct CommandNumberRuleTests {
    @Test("the next number is above all that were given or named, within bounds")
    func next() {
        let far = Limits.commandNumbersAheadMax
        let rows: [(last: Int, heard: [Int], next: Int, strange: Int?)] = [
            (0, [], 1, nil), (10, [10, 3], 11, nil), (10, [13], 14, nil), (10, [10 + far], 11 + far, nil),
            (10, [11 + far], 11, 11 + far), (10, [12, 1 << 50], 13, 1 << 50),
        ]
        for row in rows {
            var numbers = CommandNumbers(last: row.last)
            for number in row.heard { numbers.heard(number) }
            #expect(numbers.strange == row.strange)
            let next = numbers.next()
            #expect(next == row.next)
        }
        var numbers = CommandNumbers(last: 1, strange: 1 << 50)
        numbers.asked(highest: 5)
        #expect(numbers.strange == nil && numbers.floor == 5)
    }

    @Test("what is at or below the settled is numbered anew, in the old order, once the county has the events")
    func passed() {
        let numbers = CommandNumbers(last: 9, floor: 13)
        #expect(numbers.passed([12, 11, 14], through: 13, knowsEnd: true) == [11, 12])
        #expect(numbers.passed([12, 11, 14], through: 13, knowsEnd: false) == [])
        #expect(numbers.passed([12, 11, 14], through: 1 << 50, knowsEnd: true) == [])
    }

    @Test("the question and its end are written and read")
    func query() {
        let incarnation = String(repeating: "0f", count: 16)
        let end = CommandQuery.End(incarnation: incarnation, last: 57)
        #expect(
            CommandQuery(wait: 55, after: 11, highest: 13, end: end).text
                == "wait=55&after=11&highest=13&end=\(incarnation).57"
        )
        #expect(CommandQuery.End("\(incarnation).57") == end)
        for text in [
            "", incarnation, "\(incarnation).", "\(incarnation).-1", "\(incarnation).+1", "zz.1", "\(incarnation).1.2",
        ] {
            #expect(CommandQuery.End(text) == nil, "\(text)")
        }
    }
}

import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

@Suite("Complaints and the survey")
struct ServiceTests {
    private var cabinet = Cabinet()
    private let waybill: Waybill = "SF7444404156506"

    @Test("a complaint is about what was just taken, not about the first of two, forty minutes before")
    mutating func longOpen() {
        cabinet.bring(ManifestEntry("SF7444404156506", of: "k1"), ManifestEntry("YT8962646785389", of: "k1"))
        cabinet.collect("SF7444404156506")
        cabinet.wait(Limits.nextPlaceMilliseconds + 1)
        cabinet.typeCode(of: "YT8962646785389")
        let door = cabinet.pulses.first ?? ""
        cabinet.open(door)
        cabinet.wait(40 * 60_000)
        cabinet.shut(door)
        #expect(cabinet.status("YT8962646785389") == .collected)
        cabinet.card(.complaint(2))
        #expect(cabinet.event(ComplaintFiled.self)?.waybill == "YT8962646785389")
    }

    @Test("a complaint is on record, and the answer names the hotline", arguments: [1, 9])
    mutating func complaint(category: Int) {
        cabinet.card(.complaint(category))
        #expect(cabinet.event(ComplaintFiled.self)?.category == category)
        #expect(cabinet.event(ComplaintFiled.self)?.waybill == nil)
        #expect(cabinet.words.contains("12305"))
        cabinet.rebuild { $0.promise.hotline = "0356-12345" }
        cabinet.bring(ManifestEntry(waybill))
        cabinet.collect(waybill)
        cabinet.card(.complaint(category))
        #expect(cabinet.event(ComplaintFiled.self)?.waybill == waybill)
        #expect(cabinet.words.contains("0356-12345"))
    }

    @Test("after somebody else's pickup a complaint or a survey names no parcel", arguments: [true, false])
    mutating func severalPeople(isLater: Bool) {
        let other: Waybill = "YT8962646785389"
        cabinet.bring(ManifestEntry(waybill, of: "zhang"), ManifestEntry(other, of: "li"))
        cabinet.collect(waybill)
        if isLater { cabinet.wait(Limits.lastPickupMilliseconds) }
        cabinet.collect(other)
        cabinet.card(.complaint(3))
        #expect(cabinet.event(ComplaintFiled.self)?.waybill == (isLater ? other : nil))
        cabinet.card(.survey)
        cabinet.type("54321")
        #expect(cabinet.event(SurveyAnswered.self)?.waybill == (isLater ? other : nil))
    }

    @Test("a complaint and a survey at an open door are about what lies behind it", arguments: [1, 2])
    mutating func atOpenDoor(doors: Int) {
        let (other, third): (Waybill, Waybill) = ("YT8962646785389", "JT5261988016578")
        cabinet.bring(ManifestEntry(waybill, of: "li"), ManifestEntry(other, of: "zhang"), ManifestEntry(third))
        cabinet.collect(waybill)
        for parcel in [other, third].prefix(doors) {
            cabinet.typeCode(of: parcel)
            for door in cabinet.pulses { cabinet.open(door) }
        }
        cabinet.card(.complaint(3))
        #expect(cabinet.event(ComplaintFiled.self) != nil)
        #expect(cabinet.event(ComplaintFiled.self)?.waybill == (doors == 1 ? other : nil))
        cabinet.card(.survey)
        cabinet.type("54321")
        #expect(cabinet.event(SurveyAnswered.self)?.waybill == (doors == 1 ? other : nil))
    }

    @Test("a category that is not printed is no card", arguments: ["0", "10", "x", ""])
    mutating func category(text: String) {
        cabinet.scan("VLK1:COMPLAINT:\(text)")
        #expect(cabinet.answers == [.unknownCode])
    }

    @Test("five digits one by one, by keys or by cards", arguments: [true, false])
    mutating func oneByOne(byKeys: Bool) {
        cabinet.bring(ManifestEntry(waybill))
        cabinet.collect(waybill)
        cabinet.card(.survey)
        #expect(cabinet.answers == [.askSurvey])
        for (number, digit) in [5, 4, 3, 2, 1].enumerated() {
            #expect(cabinet.words.contains("\(number + 1)"))
            if byKeys { cabinet.type("\(digit)") } else { cabinet.card(.digit(digit)) }
        }
        if !byKeys {
            #expect(cabinet.event(SurveyAnswered.self) == nil)
            #expect(cabinet.answers == [.surveyNext])
            cabinet.card(.next)
        }
        #expect(cabinet.event(SurveyAnswered.self)?.scores == [5, 4, 3, 2, 1])
        #expect(cabinet.event(SurveyAnswered.self)?.waybill == waybill)
        #expect(cabinet.answers == [.surveyThanks])
        cabinet.card(.digit(3))
        #expect(cabinet.answers == [.digits])
    }

    @Test("five at once, also after some one by one", arguments: [0, 2, 4])
    mutating func atOnce(before: Int) {
        cabinet.card(.survey)
        for _ in 0..<before { cabinet.type("1") }
        cabinet.type("54545")
        #expect(cabinet.event(SurveyAnswered.self)?.scores == [5, 4, 5, 4, 5])
    }

    @Test("out of range the same question is asked again", arguments: ["0", "6", "9"])
    mutating func outOfRange(digit: String) {
        cabinet.card(.survey)
        cabinet.type("5")
        cabinet.type(digit)
        #expect(cabinet.answers == [.askSurvey])
        #expect(cabinet.words.contains("2"))
        for _ in 2...5 { cabinet.type("4") }
        #expect(cabinet.event(SurveyAnswered.self)?.scores == [5, 4, 4, 4, 4])
    }

    @Test("five at once with one out of range answer nothing")
    mutating func partlyOut() {
        cabinet.card(.survey)
        cabinet.type("54640")
        #expect(cabinet.event(SurveyAnswered.self) == nil)
        #expect(cabinet.answers == [.askSurvey])
    }

    @Test("without SURVEY, and two minutes after it, digits are no answers", arguments: [true, false])
    mutating func without(isLate: Bool) {
        if isLate {
            cabinet.card(.survey)
            cabinet.wait(Limits.followUpMilliseconds)
        }
        cabinet.type("5")
        #expect(cabinet.answers == [.unknownCode])
        cabinet.card(.digit(5))
        #expect(cabinet.answers == [.digits])
        cabinet.type("55555")
        #expect(cabinet.event(SurveyAnswered.self) == nil)
    }

    /// Scans digits, then NEXT.
    private mutating func enter(_ digits: String) {
        for digit in digits.compactMap(\.wholeNumberValue) { cabinet.card(.digit(digit)) }
        cabinet.card(.next)
    }

    @Test("a keeper's PIN by cards after a survey that somebody left is no answer to it", arguments: [true, false])
    mutating func pinMeanwhile(isSessionFirst: Bool) {
        if isSessionFirst { cabinet.begin(.keeper, proven: false) }
        cabinet.card(.survey)
        if !isSessionFirst { cabinet.begin(.keeper, proven: false) }
        for digit in [1, 3, 5, 2, 4] { cabinet.card(.digit(digit)) }
        #expect(cabinet.answers == [.digits])
        cabinet.card(.next)
        #expect(cabinet.answers == [.unknownCode])
        enter(Cabinet.keeperPIN)
        #expect(cabinet.state.session?.proven == true)
        #expect(!cabinet.journal.contains { $0.event.type == .serviceSurveyAnswered })
    }

    @Test("no digit of a code by cards is an answer, and the code works", arguments: 0..<40)
    mutating func codeByCards(number: Int) {
        let waybill = Waybill(rawValue: "YT89626467854\(10 + number)")
        cabinet.bring(ManifestEntry(waybill))
        cabinet.card(.survey)
        enter(cabinet.code(of: waybill))
        #expect(cabinet.pulses == ["A02"])
        #expect(!cabinet.journal.contains { $0.event.type == .serviceSurveyAnswered })
    }

    @Test("a sixth digit by card, and one that is no score, makes all of them ordinary digits", arguments: ["1", "6"])
    mutating func ordinary(last: String) {
        cabinet.card(.survey)
        let digits = last == "1" ? "111111" : "1116"
        enter(digits)
        #expect(cabinet.event(SurveyAnswered.self) == nil)
        #expect(!cabinet.answers.contains(.surveyThanks) && !cabinet.answers.contains(.askSurvey))
    }

    @Test("DROPOFF ends the survey: the next digit is the size of the door")
    mutating func dropOffMeanwhile() {
        cabinet.send(.camera("front", .good))
        cabinet.card(.survey)
        cabinet.card(.dropOff)
        enter("3")
        #expect(cabinet.answers == [.dropOffSize])
    }

    @Test("a recipient's code in the middle of the survey opens the door")
    mutating func codeMeanwhile() {
        cabinet.bring(ManifestEntry(waybill))
        cabinet.card(.survey)
        cabinet.type("5")
        cabinet.typeCode(of: waybill)
        #expect(cabinet.pulses == ["A02"])
    }
}

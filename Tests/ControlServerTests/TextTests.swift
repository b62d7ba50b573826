import ControlAPI
import Foundation
import LockerDomain
import Testing

@Suite("Text for the console")
struct TextTests {
    @Test(
        "times are Shanghai times",
        arguments: [
            (Int64(0), "1970-01-01T08:00:00.000+08:00"), (1_787_275_800_123, "2026-08-21T09:30:00.123+08:00"),
            (951_753_600_000, "2000-02-29T00:00:00.000+08:00"), (-28_800_001, "1969-12-31T23:59:59.999+08:00"),
            (4_107_542_400_000, "2100-03-01T08:00:00.000+08:00"),
        ]
    )
    func time(milliseconds: Int64, text: String) {
        #expect(TimeStamp(milliseconds).text == text)
    }

    @Test("event times are read back")
    func eventTime() {
        #expect(TimeStamp(utc: "2026-08-21T01:30:00.123Z")?.milliseconds == 1_787_275_800_123)
        #expect(TimeStamp(utc: "1970-01-01T00:00:00.000Z")?.milliseconds == 0)
        for text in ["", "2026-08-21T01:30:00Z", "2026-08-21 01:30:00.123Z", "2026-08-21T01:30:00.12xZ"] {
            #expect(TimeStamp(utc: text) == nil)
        }
    }

    @Test("every day of four centuries survives the calendar", arguments: [0, 365, 10_957, 11_016, 20_686, 146_096])
    func calendar(day: Int64) {
        let stamp = TimeStamp(day * 86_400_000 - 8 * 3_600_000)
        #expect(TimeStamp(utc: stamp.text.prefix(23) + "Z")?.milliseconds == day * 86_400_000)
    }

    @Test(
        "East Asian characters take two columns",
        arguments: [
            ("", 0), ("A01", 3), ("格口", 4), ("ＳＦ", 4), ("e\u{301}", 1), ("……", 2), ("🚚", 2), ("，", 2),
            ("가", 2), ("═", 1), ("👨‍👩‍👧", 2),
        ]
    )
    func width(text: String, columns: Int) {
        #expect(DisplayWidth.of(text) == columns)
    }

    @Test("a cut text never is wider than asked, even through a wide character")
    func clipped() {
        #expect(DisplayWidth.clipped("请放入格口", to: 10) == "请放入格口")
        #expect(DisplayWidth.clipped("请放入格口", to: 9) == "请放入格…")
        #expect(DisplayWidth.clipped("请放入格口", to: 8) == "请放入…")
        #expect(DisplayWidth.clipped("A", to: 0) == "")
        for columns in 0...12 {
            #expect(DisplayWidth.of(DisplayWidth.clipped("a请b放c入", to: columns)) <= columns)
        }
    }

    @Test("long values go on below themselves")
    func wrapped() {
        #expect(DisplayWidth.wrapped("one two three", to: 8) == ["one two", "three"])
        #expect(DisplayWidth.wrapped("取件取件取", to: 4) == ["取件", "取件", "取"])
        #expect(DisplayWidth.wrapped("", to: 4) == [""])
    }

    @Test("columns align under wide characters and fit 80 columns")
    func table() {
        var table = TextTable([.init("DOOR 格口"), .init("N", isNumber: true), .init("WHY", shrinks: true)])
        table.rows = [
            ["A01", "7", "锁没有反应"], ["甲01", "12", String(repeating: "很长", count: 60)], ["A03"],
        ]
        let lines = table.lines(style: .plain)
        #expect(lines[0] == "DOOR 格口   N  WHY")
        #expect(lines[1] == "A01         7  锁没有反应")
        #expect(lines[2].hasPrefix("甲01       12  很长很长"))
        #expect(lines[2].hasSuffix("…"))
        #expect(lines[3] == "A03")
        #expect(lines.allSatisfy { DisplayWidth.of($0) <= 80 })
    }

    @Test("nothing in a reply steers the terminal")
    func printable() {
        #expect("a\u{1B}[2Jb\u{7}\u{9B}c\u{202E}d\n".printable == "a\u{FFFD}[2Jb\u{FFFD}\u{FFFD}c\u{FFFD}d\u{FFFD}")
        #expect("取件 é 🚚".printable == "取件 é 🚚")
    }

    @Test("emphasis only where it is wanted")
    func style() {
        #expect(TextStyle.plain.red("x") == "x")
        #expect(TextStyle(isEnabled: true).red("x") == "\u{1B}[1;31mx\u{1B}[0m")
    }

    @Test("positions are read strictly")
    func position() {
        #expect(JournalPosition("2.0") == JournalPosition(generation: 2, sequence: 0))
        for text in ["", ".", "1.", "1", "0.1", "1.-1", "+1.2", "1.2.3", "1.99999999999999999999", "１.2"] {
            #expect(JournalPosition(text) == nil)
        }
    }

    @Test("an event is one line of 80 columns; a time nobody could know carries a mark")
    func event() throws {
        let json =
            #"{"type":"dev.villagelocker.parcel.stored.v1","time":"2026-08-21T01:30:00.123Z","clock":"fake","#
            + #""subject":"SF7444404156506","data":{"waybill":"SF7444404156506","n":7,"place":{"door":"A01"},"ok":true,"list":["x",1]}}"#
        let line = try JSONDecoder().decode(EventLine.self, from: Data(json.utf8))
        let words = line.words(at: JournalPosition(generation: 1, sequence: 57), width: 120)
        #expect(
            words
                == "08-21 09:30:00? 1.57    parcel.stored           SF7444404156506 list=[x 1] n=7 ok=yes place=door=A01"
        )
        #expect(DisplayWidth.of(line.words(at: JournalPosition(generation: 1, sequence: 57))) == 80)
    }

    @Test("a time carries the mark where its day is not known", arguments: ClockTrust.allCases)
    func mark(clock: ClockTrust) throws {
        let json =
            #"{"type":"dev.villagelocker.parcel.stored.v1","time":"2026-08-21T01:30:00.123Z","#
            + #""clock":"\#(clock.rawValue)","subject":"SF7444404156506"}"#
        let line = try JSONDecoder().decode(EventLine.self, from: Data(json.utf8))
        let words = line.words(at: JournalPosition(generation: 1, sequence: 57))
        #expect(words.contains("?") == [ClockTrust.fake, .none].contains(clock), "\(words)")
    }

    @Test(
        "an event names people by the number on the badge, and a badge by its id",
        arguments: [
            (
                "session.opened", #""00000000000007d1""#,
                #"{"person":"00000000000007d1","badge":"00000000000007d2","role":"keeper","session":1}"#,
                "2001 badge=00000000000007d2 role=keeper session=1"
            ),
            ("session.refused", #""00000000000007d2""#, #"{"badge":"00000000000007d2"}"#, "00000000000007d2 "),
            (
                "door.unlockRequested", #""A01""#, #"{"door":"A01","authority":"badge 00000000000007d1"}"#,
                "A01 authority=badge 2001"
            ),
            (
                "delegate.recorded", "null", #"{"delegate":{"agent":"00000000000007d1"},"person":"00000000000003e9"}"#,
                "delegate=agent=2001 person=1001"
            ),
            ("parcel.holdExtended", "null", #"{"by":"00000000000007d1","hours":24}"#, "by=2001 hours=24"),
            ("parcel.codeReissued", "null", #"{"by":"county","n":128}"#, "by=county n=128"),
            ("support.codeUsed", "null", #"{"counter":1,"requester":"00000000000007d1"}"#, "requester=2001"),
            ("shipment.accepted", "null", #"{"inspectedBy":"00000000000007d1"}"#, "inspectedBy=2001"),
        ]
    )
    func people(type: String, subject: String, data: String, words: String) throws {
        let json =
            #"{"type":"dev.villagelocker.\#(type).v1","time":"2026-08-21T01:30:00.123Z","clock":"ntp","#
            + #""subject":\#(subject),"data":\#(data)}"#
        let line = try JSONDecoder().decode(EventLine.self, from: Data(json.utf8))
        let text = line.words(at: JournalPosition(generation: 1, sequence: 57), width: 200) + " "
        #expect(text.contains(words), "\(text)")
    }

    @Test("a text that is no barcode says why", arguments: [ScanText.Fault.empty, .tooLong, .controlBytes])
    func scanFault(fault: ScanText.Fault) {
        #expect(fault.words(characters: 10_000).hasPrefix("the text"))
    }
}

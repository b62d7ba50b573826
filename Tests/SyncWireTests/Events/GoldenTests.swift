import FoundationEssentials
import LockerDomain
import LockerTestKit
import StationBooks
import SyncWire
import Testing

@Suite("Event lines")
struct GoldenTests {
    @Test("each type of event has a golden line and is encoded as it, byte for byte", arguments: EventType.allCases)
    func golden(type: EventType) throws {
        let line = try Samples.line(type).encoded()
        if GoldenFile.isWriting { try GoldenFile.write(line, type) }
        let golden = try #require(GoldenLines.bytes(type), "no golden line: run once with LOCKER_WRITE_GOLDEN=1")
        #expect(String(decoding: line, as: UTF8.self) == String(decoding: golden, as: UTF8.self))
        #expect(line == golden)
    }

    @Test("each golden line reads back as the same event", arguments: EventType.allCases)
    func readsBack(type: EventType) throws {
        let golden = try #require(GoldenLines.bytes(type))
        let line = try EventLine(decoding: golden)
        #expect(line == (try Samples.line(type)))
        #expect(try line.encoded() == golden)
        #expect(!golden.contains(0x0A))
        #expect(golden.count < Limits.eventBytesMax)
    }

    @Test("no golden line is left of a type that is gone")
    func noneLeft() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: GoldenLines.folder)
        #expect(Set(files) == Set(EventType.allCases.map { "\($0.rawValue).json" }))
    }

    /// Fields that hold 16 hex digits and name no person.
    private static let notPeople: Set<String> = ["badge", "keyID", "recipientKey", "relative", "token"]

    @Test("every field that may name a person is known as one, so that people read decimal numbers")
    func people() throws {
        let pattern = /"(\w+)":"(?:badge )?[0-9a-f]{16}"/
        var named: Set<String> = []
        for type in EventType.allCases {
            let text = String(decoding: try #require(GoldenLines.bytes(type)), as: UTF8.self)
            let fields = text.matches(of: pattern).map { String($0.1) }
            for field in fields where field != "subject" && !Self.notPeople.contains(field) {
                #expect(PersonNumber.fields.contains(field), "\(type.rawValue): \(field)")
                named.insert(field)
            }
            let line = try EventLine(decoding: Array(text.utf8))
            let isPerson = line.event.payload.subject.map { text.contains(#""person":"\#($0)""#) } ?? false
            #expect(isPerson == (line.event.payload.shownSubject != line.event.payload.subject), "\(type.rawValue)")
        }
        #expect(named == PersonNumber.fields)
    }

    @Test("a sequence has twelve digits, more when it needs them")
    func sequences() {
        #expect(EventLine.text(ofSequence: 1) == "000000000001")
        #expect(EventLine.text(ofSequence: 999_999_999_999) == "999999999999")
        #expect(EventLine.text(ofSequence: 1_000_000_000_000) == "1000000000000")
    }

    private static let sequence = EventLine.text(ofSequence: Samples.sequence(of: .doorOpened))

    @Test(
        "a line that is no station's envelope is refused",
        arguments: [
            ("dev.villagelocker.door.opened.v1", "dev.villagelocker.door.opened.v2"), ("/stations/", "/trains/"),
            ("/\(sequence)", sequence), ("/\(sequence)", "/x"), ("2026-05-12T", "2026-05-12 "),
            (#""uptimems":"86400250""#, #""uptimems":"soon""#), (#""clock":"ntp""#, #""clock":"sundial""#),
            (#","door":"A01""#, ""), (#""bootid""#, #""bootId""#), ("{", "["), (#""1.0""#, #""1.1""#),
            (#""sequence":"\#(sequence)""#, #""sequence":"000000000099""#), (#""cycle":3"#, #""cycle":3.5"#),
        ]
    )
    func refused(old: String, new: String) throws {
        let golden = String(decoding: try #require(GoldenLines.bytes(.doorOpened)), as: UTF8.self)
        #expect(golden.contains(old))
        let changed = golden.replacing(old, with: new, maxReplacements: 1)
        #expect(throws: (any Error).self) { try EventLine(decoding: Array(changed.utf8)) }
    }

    @Test("absent fields stay absent rather than null")
    func absent() throws {
        let line = EventLine(
            station: "s",
            incarnation: "0f1e2d3c4b5a69788796a5b4c3d2e1f0",
            sequence: 1,
            time: Moment(wall: 0, uptime: 0, clock: .none),
            bootID: "b",
            event: .stationJournalReplaced(
                JournalReplaced(previous: nil, lastSequence: nil, lastHash: nil, reason: .forked)
            )
        )
        let text = String(decoding: try line.encoded(), as: UTF8.self)
        #expect(text.contains(#""data":{"reason":"forked"}"#))
        #expect(!text.contains("null"))
        #expect(!text.contains("subject"))
        #expect(try EventLine(decoding: Array(text.utf8)) == line)
    }

    @Test("a line is the same whatever was decoded before: keys are in order")
    func canonical() throws {
        for type in EventType.allCases {
            let golden = try #require(GoldenLines.bytes(type))
            let free = try CanonicalJSON.decode(JSONValue.self, from: golden)
            #expect(try CanonicalJSON.encode(free) == golden)
        }
    }
}

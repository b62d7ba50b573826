import LockerDomain
import StationBooks
import StationRules
import SyncWire
import Testing

@Suite("Commands and answers")
struct MessageTests {
    private let key = SigningKey()
    private var county: CountyKey? { CountyKey(bytes: key.publicBytes) }

    private func command() throws -> CommandMessage {
        let reference = CommandMessage.ManifestReference(manifest: "m-17", count: 3, sha256: Digest.sha256([]))
        return CommandMessage(
            id: "c-91",
            number: 91,
            station: "yc-beiliu-0231",
            incarnation: "0f",
            type: "manifest",
            issued: "2026-05-12T00:31:07.250Z",
            expires: "2026-05-13T00:31:07.250Z",
            data: try JSONValue(encoding: reference)
        )
    }

    @Test("a signed command is genuine for its station, also after a journey over the wire")
    func genuine() throws {
        let signed = try command().signed(by: key)
        let read = try CanonicalJSON.decode(CommandMessage.self, from: try CanonicalJSON.encode(signed))
        let county = try #require(county)
        #expect(read.isGenuine(county, station: "yc-beiliu-0231"))
        #expect(!read.isGenuine(county, station: "yc-beiliu-0232"))
        #expect(!(try command()).isGenuine(county, station: "yc-beiliu-0231"))
        let stranger = try #require(CountyKey(bytes: SigningKey().publicBytes))
        #expect(!read.isGenuine(stranger, station: "yc-beiliu-0231"))
        #expect(try read.data.decoded(as: CommandMessage.ManifestReference.self).count == 3)
    }

    @Test("a change of any field breaks the signature")
    func tamper() throws {
        let signed = try command().signed(by: key)
        let county = try #require(county)
        let changes: [(inout CommandMessage) -> Void] = [
            { $0.id = "c-92" }, { $0.number = 92 }, { $0.incarnation = "" }, { $0.type = "pins" },
            { $0.issued = "2026-05-12T00:31:07.251Z" }, { $0.expires = "2099-05-13T00:31:07.250Z" },
            { $0.data = .object([:]) }, { $0.signature = nil }, { $0.signature = "" }, { $0.signature = "?" },
            { $0.signature = $0.signature.map { "A" + $0.dropFirst() } == $0.signature ? "B" : "A" },
        ]
        for (index, change) in changes.enumerated() {
            var changed = signed
            change(&changed)
            #expect(!changed.isGenuine(county, station: "yc-beiliu-0231"), "change \(index)")
        }
        var moved = signed
        moved.station = "yc-beiliu-0232"
        #expect(!moved.isGenuine(county, station: "yc-beiliu-0232"))
    }

    @Test("the signed bytes are canonical and hold no signature")
    func signedBytes() throws {
        let signed = try command().signed(by: key)
        #expect(try signed.signedBytes == (try command().signedBytes))
        #expect(String(decoding: try signed.signedBytes, as: UTF8.self).hasPrefix(#"{"data":{"count":3,"#))
    }

    @Test("an acknowledgement and a list of commands come back")
    func acknowledgement() throws {
        let acknowledgement = Acknowledgement(
            incarnation: "0f",
            acknowledged: 57,
            hash: Digest.sha256([]),
            commands: [try command()],
            time: WireTime.text(0)
        )
        #expect(
            try CanonicalJSON.decode(Acknowledgement.self, from: try CanonicalJSON.encode(acknowledgement))
                == acknowledgement
        )
        var stick = acknowledgement
        (stick.commands, stick.time) = ([], nil)
        let bytes = try CanonicalJSON.encode(stick)
        #expect(try CanonicalJSON.decode(Acknowledgement.self, from: bytes) == stick)
        #expect(!String(decoding: bytes, as: UTF8.self).contains("time"))
        let list = CommandList(commands: [], time: WireTime.text(0))
        #expect(
            String(decoding: try CanonicalJSON.encode(list), as: UTF8.self)
                == #"{"commands":[],"time":"1970-01-01T00:00:00.000Z"}"#
        )
    }

    @Test("a problem has the shape of RFC 9457, and a kind that later versions may not know")
    func problem() throws {
        let problem = Problem(.gap, status: 409, title: "Gap", detail: "57 comes next", expected: 57)
        #expect(
            String(decoding: try CanonicalJSON.encode(problem), as: UTF8.self)
                == #"{"detail":"57 comes next","expected":57,"status":409,"title":"Gap","type":"https://villagelocker.dev/problems/gap"}"#
        )
        let replayed = Problem(.replayed, status: 409, title: "t", detail: "d", highest: LockerCounter(start: 3, n: 18))
        #expect(String(decoding: try CanonicalJSON.encode(replayed), as: UTF8.self).contains(#""highest":"3.18""#))
        let foreign = #"{"type":"https://example.com/x","title":"t","status":500,"detail":"d","instance":"/1"}"#
        let read = try CanonicalJSON.decode(Problem.self, from: Array(foreign.utf8))
        #expect(read.kind == nil)
        #expect(read.description == "t: d")
        for kind in [
            "gap", "chain-forked", "malformed", "unsigned", "unknown-station", "too-large", "replayed", "token-refused",
            "not-found",
        ] {
            #expect(Problem.Kind(rawValue: kind) != nil)
        }
    }

    @Test("a manifest comes back, its entries with the county's names")
    func manifest() throws {
        let entry = ManifestEntry(waybill: "SF7444404156506", brand: "SF", operatorName: "县共配中心", reach: .low)
        let manifest = ManifestMessage(id: "m-17", entries: [entry])
        let bytes = try CanonicalJSON.encode(manifest)
        #expect(try CanonicalJSON.decode(ManifestMessage.self, from: bytes) == manifest)
        #expect(String(decoding: bytes, as: UTF8.self).contains(#""operator":"县共配中心""#))
    }

    @Test("a line that cannot be read is named, and the others are read")
    func unreadLines() throws {
        let good = ManifestEntry(waybill: "SF7444404156506", brand: "SF", operatorName: "县共配中心")
        let text = String(decoding: try CanonicalJSON.encode(good), as: UTF8.self)
        let bad = [
            (text.replacing(#""size":"M""#, with: #""size":"HUGE""#), "size", "SF7444404156506"),
            (text.replacing(#""n":0"#, with: #""n":-1"#), "the line", "SF7444404156506"),
            (text.replacing(#""brand":"SF","#, with: ""), "brand", "SF7444404156506"),
            (text.replacing(#""waybill":"SF7444404156506""#, with: #""waybill":7"#), "waybill", "?"),
            (#""SF7444404156506""#, "the line", "?"),
        ]
        func read(_ lines: [String]) throws -> ManifestMessage {
            let body = #"{"entries":[\#(lines.joined(separator: ","))],"id":"m-17"}"#
            return try CanonicalJSON.decode(ManifestMessage.self, from: Array(body.utf8))
        }
        for (line, field, _) in bad { #expect(try read([line]).unread.map(\.field) == [field]) }
        let manifest = try read([text] + bad.map(\.0) + [text])
        #expect(manifest.entries == [good, good])
        #expect(manifest.unread.map(\.field) == bad.map(\.1))
        #expect(manifest.unread.map(\.waybill.rawValue) == bad.map(\.2))
        #expect(manifest.unread.allSatisfy { $0.kind == .unreadable })
    }

    @Test(
        "the largest line that passes the check fits its bounds in bytes, and so does its event",
        arguments: ["\"", "\u{1F69A}"]
    )
    func largestLine(character: String) throws {
        func text(_ count: Int) -> String { String(repeating: character, count: count) }
        let entry = ManifestEntry(
            waybill: Waybill(rawValue: String(repeating: "\\", count: 32)),
            formerly: Waybill(rawValue: String(repeating: "\"", count: 32)),
            brand: text(128),
            operatorName: text(128),
            cooperation: .transportExpress,
            recipientKey: text(128),
            phoneMasked: text(32),
            n: .max,
            consent: .senderNamedLocker,
            reach: .mid,
            run: text(64),
            bag: text(64),
            village: text(64),
            hamlet: text(64),
            station: String(repeating: "y", count: 64)
        )
        #expect(entry.fault == nil)
        #expect(try CanonicalJSON.encode(entry).count <= Limits.manifestEntryBytesMax)
        var station = Station(settings: StationSettings(id: "yc", doors: []))
        let command = Command(
            id: "c1",
            number: 1,
            kind: .manifest(id: String(repeating: "m", count: 64), entries: [entry])
        )
        let decision = station.decide(.command(command), at: Moment(wall: 0, uptime: 0, clock: .ntp))
        #expect(decision.events.contains { $0.type == .parcelExpected })
        for event in decision.events {
            let line = EventLine(
                station: String(repeating: "y", count: 64),
                incarnation: String(repeating: "a", count: 32),
                sequence: 1,
                time: Moment(wall: 0, uptime: 0, clock: .ntp),
                bootID: String(repeating: "b", count: 36),
                event: event
            )
            #expect(try line.encoded().count <= Limits.eventBytesMax)
        }
    }
}

@Suite("Status reports")
struct StatusReportTests {
    @Test("unknown is absent or said, never taken for zero")
    func unknown() throws {
        let settings = StationSettings(
            id: "yc",
            doors: [DoorSettings(name: "A01", size: .small)],
            shelfPlaces: ["S1-01"],
            cameras: ["front"]
        )
        var station = Station(settings: settings)
        let now = Moment(wall: 0, uptime: 0, clock: .none)
        _ = station.decide(.scanner(.faulted("1-1", reason: "busy")), at: now)
        let report = StatusReport(
            station.state,
            settings: settings,
            storage: .ok,
            now: now,
            version: "0.1.0",
            eventsWaiting: 1,
            oldestUnsentSeconds: nil
        )
        let text = String(decoding: try CanonicalJSON.encode(report), as: UTF8.self)
        #expect(
            text
                == #"{"cameras":[{"name":"front"}],"clock":"none","doors":[{"contents":"empty","level":"unknown","name":"A01"}],"#
                + #""eventsWaiting":1,"parcelsWaiting":0,"scanners":[{"attached":false,"fault":"busy","name":"1-1"}],"#
                + #""storage":"ok","time":"1970-01-01T00:00:00.000Z","version":"0.1.0"}"#
        )
        #expect(try CanonicalJSON.decode(StatusReport.self, from: Array(text.utf8)) == report)
    }

    @Test("a door, a camera and a wait are reported")
    func known() throws {
        let settings = StationSettings(id: "yc", doors: [DoorSettings(name: "A01", size: .small)], cameras: ["front"])
        var station = Station(settings: settings)
        let now = Moment(wall: 1_778_545_867_250, uptime: 0, clock: .ntp)
        _ = station.decide(.started(version: "0.1.0", levels: ["A01": .closed]), at: now)
        _ = station.decide(.camera("front", .good), at: now)
        _ = station.decide(.level("A01", .open), at: now)
        let report = StatusReport(
            station.state,
            settings: settings,
            storage: .reserve,
            now: now,
            version: "0.1.0",
            eventsWaiting: 4,
            oldestUnsentSeconds: 90
        )
        #expect(report.doors.map(\.level) == [.open])
        #expect(report.doors.map(\.contents) == [.unknown])
        #expect(report.cameras.map(\.online) == [true])
        #expect(report.oldestUnsentSeconds == 90)
        #expect(report.storage == .reserve)
    }

    @Test("the end of the journal is reported, and a report without it can be read")
    func journal() throws {
        let settings = StationSettings(id: "yc", doors: [])
        let journal = JournalReport(incarnation: "ab", last: 9, hash: "00", acknowledged: 7)
        for journal in [journal, nil] {
            let report = StatusReport(
                StationState(),
                settings: settings,
                storage: .ok,
                now: Moment(wall: 0, uptime: 0, clock: .ntp),
                version: "0.1.0",
                eventsWaiting: 2,
                oldestUnsentSeconds: nil,
                journal: journal
            )
            let read = try CanonicalJSON.decode(StatusReport.self, from: try CanonicalJSON.encode(report))
            #expect(read == report && read.journal == journal)
        }
    }
}

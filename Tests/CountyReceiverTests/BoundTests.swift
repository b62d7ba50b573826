import CountyBooks
import CountyReceiver
import Hummingbird
import HummingbirdTesting
import LockerDomain
import PortFakes
import StationBooks
import StationRules
import SyncWire
import Testing

@Suite("Bounds that both ends share")
struct BoundTests {
    /// Random texts at and beyond the bounds, seeded.
    private struct Noise {
        var state: UInt64

        mutating func below(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }

        mutating func text(_ bound: Int) -> String {
            let pieces = [
                "x", "县", "\u{1F69A}", "\"\"", "\\", " ", "\u{2029}", "13812345678", ":", "-", "7", "e\u{301}",
            ]
            let piece = pieces[below(pieces.count)]
            let counts = [0, 1, bound - 1, bound, bound + 1, bound / piece.unicodeScalars.count]
            return below(3) > 0 ? "x\(below(99))" : String(repeating: piece, count: max(0, counts[below(counts.count)]))
        }
    }

    @Test("whatever passes the county's check of a sheet, a station announces: seeded")
    func sheets() async throws {
        let seed = UInt64.random(in: .min ... .max)
        print("manifest bounds: seed \(seed)")
        try await withStation { county, station, client in
            var noise = Noise(state: seed)
            var settled = 0
            for round in 0..<20 {
                var sheet = "运单号,品牌,经营企业,班次,集包号,自然村,手机号\n"
                for row in 0..<25 {
                    let texts = [32, 64, 64, 64, 64].map { "\"\(noise.text($0))\"" }
                    sheet += "YT\(8_962_646_000_000 + round * 25 + row),\(texts.joined(separator: ",")),13812345678\n"
                }
                let file = Array(sheet.utf8)
                guard let loaded = try? county.county.loadManifest(file, station: station.id, skippingBadRows: true)
                else { continue }
                let answer = try await station.send(
                    .get,
                    "/v1/stations/\(station.id)/manifests/\(loaded.manifest)",
                    client
                )
                let manifest = try answer.decoded(ManifestMessage.self)
                #expect(manifest.unread.isEmpty && manifest.entries.count == loaded.count)
                var taker = Station(settings: StationSettings(id: station.id, doors: []))
                let kind = Command.Kind.manifest(id: loaded.manifest, entries: manifest.entries)
                let decision = taker.decide(
                    .command(Command(id: "c", number: 1, kind: kind)),
                    at: Moment(wall: county.clock.now, uptime: 0, clock: .ntp)
                )
                #expect(decision.events.last?.type == .commandCompleted, "\(decision.events.last as Any)")
                #expect(decision.events.count { $0.type == .parcelExpected } == loaded.count)
                settled += loaded.count
            }
            #expect(settled > 50, "some rows are good")
        }
    }

    /// One vector of bad lines for both ends.
    static let badLines: [@Sendable (inout ManifestEntry) -> Void] = [
        { $0.brand = "" }, { $0.brand = String(repeating: "x", count: 129) }, { $0.brand = "a\nb" },
        { $0.operatorName = String(repeating: "县", count: 129) }, { $0.run = String(repeating: "x", count: 65) },
        { $0.bag = "" }, { $0.bag = "B7\u{7F}" }, { $0.hamlet = String(repeating: "沟", count: 65) },
        { $0.hamlet = "东沟 13812345678" }, { $0.station = "YC-1" }, { $0.station = "北留村" },
        { $0.station = String(repeating: "y", count: 65) },
    ]

    @Test("each bad line is refused by the county before it is announced, and left out by a station", arguments: 0..<12)
    func both(index: Int) async throws {
        let good = ManifestEntry(waybill: "SF7444404156506", brand: "SF", operatorName: "SF")
        var line = ManifestEntry(waybill: "YT8962646785389", brand: "YTO", operatorName: "YTO")
        Self.badLines[index](&line)
        let bad = line
        let fault = try #require(bad.fault)
        try await withStation { county, station, _ in
            let file = try CanonicalJSON.encode(ManifestMessage(id: "m-1", entries: [good, bad]))
            let refused = #expect(throws: CountyFault.self) {
                try county.county.loadManifest(file, station: station.id)
            }
            #expect(refused?.description.contains("YT8962646785389") == true)
            #expect(refused?.description.contains(fault.field) == true, "\(refused?.description ?? "")")
            #expect(try county.county.pickupNotice("YT8962646785389", station: station.id).state == nil)
        }
        var taker = Station(settings: StationSettings(id: "yc", doors: []))
        let command = Command(id: "c", number: 1, kind: .manifest(id: "m-1", entries: [good, bad]))
        let decision = taker.decide(.command(command), at: Moment(wall: 1, uptime: 0, clock: .ntp))
        #expect(decision.events.map(\.type) == [.commandReceived, .parcelExpected, .commandFailed])
    }

    @Test("a station whose exchange or signing key is of a small order is not enrolled", arguments: [true, false])
    func smallOrder(isExchange: Bool) async throws {
        let county = try TestCounty()
        defer { county.remove() }
        let token = try county.county.makeEnrolmentToken(station: "yc-1").token
        let station = TestStation(id: "yc-1", county: county.county.publicKey)
        let zeros = [UInt8](repeating: 0, count: 32)
        try await county.serving { client in
            let request = EnrolmentRequest(
                token: token,
                signingKey: isExchange ? station.key.publicBytes : zeros,
                exchangeKey: isExchange ? zeros : station.exchange.publicBytes
            )
            let answer = try await station.send(
                .post,
                "/v1/enrolments",
                client,
                headers: [("content-type", "application/json")],
                body: CanonicalJSON.encode(request)
            )
            #expect(answer.status == 400 && answer.problem == .malformed)
            // The token is good still.
            #expect(try await station.enrol(token, client).status == 200)
        }
    }

    @Test(
        "the ids that county and station take are the same",
        arguments: [
            ("yc-1", true), ("0", true), (String(repeating: "a", count: 64), true), ("", false), ("YC-1", false),
            ("yc_1", false), ("yc.1", false), ("站", false), (String(repeating: "a", count: 65), false), ("a/b", false),
        ]
    )
    func ids(id: String, isOne: Bool) throws {
        #expect(StationID.isValid(id) == isOne)
        let county = try TestCounty()
        defer { county.remove() }
        let token = try? county.county.makeEnrolmentToken(station: id)
        #expect((token != nil) == isOne)
    }

    @Test("an event line over the bound is stored and quarantined, and those behind it arrive")
    func longLine() async throws {
        try await withStation { county, station, client in
            var journal = WrittenJournal(station.id)
            journal.append("scan.rejected", #"{"reason":"\#(String(repeating: "x", count: Limits.eventBytesMax))"}"#)
            journal.append()
            let answer = try await station.post(journal, 1...2, client)
            #expect(answer.status == 200)
            #expect(try answer.decoded(Acknowledgement.self).acknowledged == 2)
        }
    }

    @Test(
        "numbers at the end of their range end no program",
        arguments: ["9223372036854775807", "-9223372036854775808"]
    )
    func extremes(number: String) async throws {
        try await withStation { county, station, client in
            var journal = WrittenJournal(station.id)
            journal.append(
                "station.started",
                #"{"version":"1","doors":1,"shelfPlaces":0,"darkSince":\#(number),"darkClock":"ntp"}"#
            )
            journal.append(ParcelFacts.stored("SF7444404156506"))
            journal.append(ParcelFacts.noticed("SF7444404156506"))
            let extended =
                #"{"waybill":"SF7444404156506","hours":\#(number),"lateHours":\#(number),"by":"county"}"#
            journal.append("parcel.holdExtended", extended)
            journal.append("parcel.holdExtended", extended)
            journal.append("support.codeUsed", #"{"counter":4294967295,"door":"A05","requester":""}"#)
            journal.append("command.failed", #"{"id":"c","number":\#(number),"reason":"x"}"#)
            let answer = try await station.post(journal, 1...7, client)
            #expect(answer.status == 200)
            #expect(try county.county.supportCode(station: station.id, door: "A05").counter == 0)
        }
    }
}

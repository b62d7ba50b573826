import CountyBooks
import CountyReceiver
import Foundation
import Hummingbird
import HummingbirdTesting
import LockerDomain
import PortFakes
import SyncWire
import Testing

@Suite("Desk")
struct DeskTests {
    private static let sheet = """
        waybill,brand,phone,size,chilled
        SF7444404156506,SF,13812345678,M,是
        yt8962646785389,YTO,+86 138 1234 5678,s,no
        JT5261988016578,JT,138****5678,,
        """

    @Test("A manifest reaches its station, and its bytes have the hash that the command promises")
    func manifest() async throws {
        try await withStation { county, station, client in
            let loaded = try county.county.loadManifest(Array(Self.sheet.utf8), station: station.id)
            #expect(loaded.count == 3)
            let command = try #require(try await station.commands(client).first)
            #expect(command.isGenuine(county.county.publicKey, station: station.id))
            let reference = try command.data.decoded(as: CommandMessage.ManifestReference.self)
            let answer = try await station.send(
                .get,
                "/v1/stations/\(station.id)/manifests/\(reference.manifest)",
                client
            )
            #expect(answer.isCountys)
            #expect(ContentDigest.text(of: answer.body).contains(try #require(Self.base64(reference.sha256))))
            let message: ManifestMessage = try answer.decoded()
            #expect(
                message.entries.map(\.waybill.rawValue) == ["SF7444404156506", "YT8962646785389", "JT5261988016578"]
            )
            #expect(message.entries.map(\.phoneMasked) == ["1******5678", "1******5678", "*******5678"])
            #expect(message.entries.map(\.chilled) == [true, false, false])
            #expect(message.entries[0].recipientKey != nil)
            #expect(message.entries[0].recipientKey == message.entries[1].recipientKey)
            #expect(message.entries[2].recipientKey == nil)
            #expect(!String(decoding: answer.body, as: UTF8.self).contains("13812345678"))
        }
    }

    private static func base64(_ hex: String) -> String? { Hex.decode(hex).map { Data($0).base64EncodedString() } }

    @Test("A command is sent until the station says that it is done")
    func commandDone() async throws {
        try await withStation { county, station, client in
            let loaded = try county.county.loadManifest(Array(Self.sheet.utf8), station: station.id)
            var journal = WrittenJournal(station.id)
            journal.append()
            let before: Acknowledgement = try await station.post(journal, 1...1, client).decoded()
            let command = try #require(before.commands.first)
            #expect(command.number == loaded.command)
            journal.append("command.completed", #"{"id":"\#(command.id)","number":\#(command.number)}"#)
            let after: Acknowledgement = try await station.post(journal, 2...2, client).decoded()
            #expect(after.commands.isEmpty)
        }
    }

    @Test("A question for commands is held until one comes")
    func longPoll() async throws {
        try await withStation { county, station, client in
            async let answer = station.send(
                .get,
                "/v1/stations/\(station.id)/commands",
                client,
                query: "wait=20"
            )
            try await Task.sleep(for: .milliseconds(300))
            let loaded = try county.county.loadManifest(Array(Self.sheet.utf8), station: station.id)
            let list: CommandList = try await answer.decoded()
            #expect(list.commands.map(\.number) == [loaded.command])
            let later: CommandList = try await station.send(
                .get,
                "/v1/stations/\(station.id)/commands",
                client,
                query: "after=\(loaded.command)&wait=0"
            ).decoded()
            #expect(later.commands.isEmpty)
        }
    }

    @Test("Every bad line of a manifest is named and nothing of it is loaded")
    func badManifest() throws {
        let county = try TestCounty()
        defer { county.remove() }
        _ = try county.county.makeEnrolmentToken(station: "yc-1")
        let sheet = "waybill,brand,n\nSF7444404156506,SF,\nshort,SF,\nYT8962646785389,,\nJT5261988016578,JT,999\n"
        let fault = #expect(throws: CountyFault.self) {
            try county.county.loadManifest(Array(sheet.utf8), station: "yc-1")
        }
        for row in ["row 3, ", "row 4, ", "row 5, "] { #expect(fault?.description.contains(row) == true) }
        #expect(try county.county.pickupNotice("SF7444404156506", station: "yc-1").state == nil)
    }

    @Test("Two parcels whose codes would be equal get different ones")
    func equalCodes() async throws {
        try await withStation { county, station, client in
            // 40,000 codes out of 10⁸ hold some 8 equal pairs.
            let notice = { (waybill: String) in try county.county.pickupNotice(waybill, station: station.id) }
            let key = try await Self.codeKey(of: station, county, client)
            var seen: [PickupCode: String] = [:]
            var pair: (String, String)?
            for number in 0..<200_000 {
                let waybill = "YT\(2_000_000_000_000 + number)"
                let code = PickupCode(Waybill(rawValue: waybill), n: 0, key: key)
                if let other = seen.updateValue(waybill, forKey: code) {
                    pair = (other, waybill)
                    break
                }
            }
            let (one, two) = try #require(pair)
            let first = try county.county.loadManifest(Array("waybill,brand\n\(one),YTO\n".utf8), station: station.id)
            #expect(first.raised.isEmpty)
            let second = try county.county.loadManifest(Array("waybill,brand\n\(two),YTO\n".utf8), station: station.id)
            #expect(second.raised == [two])
            #expect(try notice(one).n == 0)
            #expect(try notice(two).n == 1)
            #expect(try notice(one).code != notice(two).code)
        }
    }

    static func codeKey(
        of station: TestStation,
        _ county: TestCounty,
        _ client: any TestClientProtocol
    ) async throws -> CodeKey {
        let token = try county.county.makeEnrolmentToken(station: station.id).token
        let answer: EnrolmentAnswer = try await station.enrol(token, client).decoded()
        return try #require(CodeKey(bytes: try station.exchange.open(answer.codeKey, context: station.id)))
    }

    @Test("The code follows the n that the station reports")
    func reportedN() async throws {
        try await withStation { county, station, client in
            var journal = WrittenJournal(station.id)
            let parties = #"{"agent":"a","brand":"SF","cooperationMode":"shared","operator":"SF"}"#
            journal.append(
                "parcel.stored",
                #"{"direction":"inbound","evidence":"sensor","keyID":"k","n":128,"parties":\#(parties),"#
                    + #""place":{"door":"A01"},"waybill":"SF7444404156506"}"#
            )
            #expect(try await station.post(journal, 1...1, client).status == 200)
            #expect(try county.county.events(of: station.id).first?.fault == nil)
            let notice = try county.county.pickupNotice("sf7444404156506 ", station: station.id, tokenDays: 7)
            #expect(notice.n == 128)
            #expect(notice.state == "stored")
            let key = try await Self.codeKey(of: station, county, client)
            let token = try Token.read(try #require(notice.token), countyKey: nil, codeKey: key)
            #expect(token.subject == Token.subject(of: Waybill(rawValue: "SF7444404156506"), n: 128))
        }
    }

    @Test("The highest n that a station may report stops no county", arguments: [UInt32.max - 1, UInt32.max])
    func highestN(n: UInt32) async throws {
        try await withStation { county, station, client in
            let (desk, id, waybill) = (county.county, station.id, "SF7444404156506")
            var journal = WrittenJournal(id)
            let parties = #"{"agent":"a","brand":"SF","cooperationMode":"shared","operator":"SF"}"#
            journal.append(
                "parcel.stored",
                #"{"direction":"inbound","evidence":"sensor","keyID":"k","n":\#(n),"parties":\#(parties),"#
                    + #""place":{"door":"A01"},"waybill":"\#(waybill)"}"#
            )
            #expect(try await station.post(journal, 1...1, client).status == 200)
            #expect(try desk.pickupNotice(waybill, station: id).n == n)
            if n == .max {
                let fault = #expect(throws: CountyFault.self) { try desk.reissue(waybill, station: id) }
                #expect(fault?.description.hasPrefix("waybill \(waybill): has no free code") == true)
            } else {
                #expect(try desk.reissue(waybill, station: id).n == .max)
            }
            journal.append(ParcelFacts.returned(waybill))
            #expect(try await station.post(journal, 2...2, client).status == 200)
            _ = try desk.loadManifest(Array("waybill,brand\n\(waybill),SF\n".utf8), station: id)
            #expect(try desk.pickupNotice(waybill, station: id).n == .max)
        }
    }

    @Test("A badge is the county's, and every station on it hears of its PIN")
    func badge() async throws {
        try await withStation { county, station, client in
            let badge = try county.county.makeBadge(
                person: 7,
                role: .keeper,
                days: 90,
                pin: "135790",
                stations: [station.id]
            )
            let token = try Token.read(badge.barcode, countyKey: county.county.publicKey, codeKey: nil)
            #expect(token.idText == badge.id)
            #expect(Role.granted(by: token.grants) == .keeper)
            _ = try county.county.makeBadge(person: 8, role: .courier, days: 1, pin: "246801", stations: [station.id])
            let list: CommandList = try await station.send(
                .get,
                "/v1/stations/\(station.id)/commands",
                client
            ).decoded()
            #expect(list.commands.map(\.type) == ["pins"])
            let pins = try #require(list.commands.first).data.decoded(as: CommandMessage.PINList.self)
            #expect(pins.pins.count == 2)
            #expect(pins.pins.first?.badge == badge.id)
            #expect(throws: CountyFault.self) {
                try county.county.makeBadge(person: 7, role: .keeper, days: 91, pin: "135790", stations: [station.id])
            }
        }
    }

    @Test("A station that never reported is unknown, and a status it sent is shown with its age")
    func overview() async throws {
        try await withStation { county, station, client in
            _ = try county.county.makeEnrolmentToken(station: "yc-silent")
            let status = #"""
                {"cameras":[],"clock":"ntp","doors":[{"contents":"occupied","level":"closed","name":"A01"}],
                "eventsWaiting":3,"oldestUnsentSeconds":42,"parcelsWaiting":1,"scanners":[],"storage":"ok",
                "time":"2025-11-21T00:00:00.000Z","version":"0.1"}
                """#
            let answer = try await station.send(
                .put,
                "/v1/stations/\(station.id)/status",
                client,
                headers: [("content-type", "application/json")],
                body: Array(status.utf8)
            )
            #expect(answer.status == 204)
            #expect(answer.isCountys)
            let stations = try county.county.overview()
            let silent = try #require(stations.first { $0.station == "yc-silent" })
            #expect(silent.lastContact == nil && silent.status == nil && !silent.enrolled)
            let known = try #require(stations.first { $0.station == station.id })
            #expect(known.status?.oldestUnsentSeconds == 42)
            #expect(known.statusReceived == county.clock.now)
            try await ages(county, station, client)
        }
    }
}

extension DeskTests {
    /// An hour later events come; the status is as old as it was.
    private func ages(_ county: TestCounty, _ station: TestStation, _ client: any TestClientProtocol) async throws {
        county.clock.advance(hours: 1)
        var journal = WrittenJournal(station.id)
        journal.append("station.started", #"{"doors":1,"shelfPlaces":0,"version":"0.1"}"#)
        #expect(try await station.post(journal, 1...1, client).status == 200)
        county.clock.advance(hours: 2)
        let stations = try county.county.overview()
        let known = try #require(stations.first { $0.station == station.id })
        let rows = known.lines(now: county.clock.now)
        let reported = [
            "unsent 待上传", "parcels 在柜", "doors 格口", "scanners 扫码", "cameras 摄像", "storage 存储", "clock 时钟", "version 版本",
        ]
        for row in rows where reported.contains(row.name) { #expect(row.value.hasSuffix(" (3 h ago 前)"), "\(row)") }
        #expect(Set(rows.map(\.name)).isSuperset(of: reported))
        let events = rows.filter { $0.name == "events 事件" }
        #expect(events.count == 1 && events[0].value.hasSuffix("stored 1 (newest 2 h ago 前)"))
        for name in ["quarantined 隔离", "branches 分叉", "commands 待执行"] {
            #expect(rows.first { $0.name == name }?.value == "0 (now 现在)")
        }
        let silent = try #require(stations.first { $0.station == "yc-silent" })
        #expect(silent.lines(now: county.clock.now).last?.value == "unknown 未知")
        #expect(try county.county.pickupNotice("SF7444404156506", station: station.id).heard == known.lastContact)
    }
}

/// Files of a county's directory.
enum CountyFiles {
    static func replace(_ name: String, of directory: String, from other: String) throws {
        try FileManager.default.removeItem(atPath: "\(directory)/\(name)")
        try FileManager.default.copyItem(atPath: "\(other)/\(name)", toPath: "\(directory)/\(name)")
    }
}

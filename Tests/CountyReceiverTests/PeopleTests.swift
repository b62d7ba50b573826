import CountyBooks
import CountyReceiver
import Hummingbird
import HummingbirdTesting
import LockerDomain
import PortFakes
import SyncWire
import Testing

@Suite("People")
struct PeopleTests {
    private func commands(_ station: TestStation, _ client: any TestClientProtocol) async throws -> [CommandMessage] {
        try await station.send(.get, "/v1/stations/\(station.id)/commands", client)
            .decoded(CommandList.self).commands
    }

    private func pins(_ commands: [CommandMessage]) throws -> [PINVerifier]? {
        try commands.last { $0.type == "pins" }?.data.decoded(as: CommandMessage.PINList.self).pins
    }

    @Test("The end of a person's training travels with the PIN, and is absent when it is not kept")
    func trained() async throws {
        try await withStation { county, station, client in
            let until = try #require(ShanghaiDay.end(of: "2026-06-30"))
            for (person, day) in [(UInt64(1), until), (2, nil)] as [(UInt64, Int64?)] {
                _ = try county.county.makeBadge(
                    person: person,
                    role: .keeper,
                    days: 30,
                    pin: "135790",
                    stations: [station.id],
                    trainedUntil: day
                )
            }
            let list = try await commands(station, client)
            #expect(try pins(list)?.map(\.trainedUntil) == [UInt32(until / 1_000), nil])
        }
    }

    @Test("A day ends at midnight in China")
    func days() {
        #expect(ShanghaiDay.end(of: "2026-06-30").map(WireTime.text) == "2026-06-30T15:59:59.000Z")
        for text in ["2026-06-31", "2026-6-30", "30.06.2026", "", "2026-06-30T00:00"] {
            #expect(ShanghaiDay.end(of: text) == nil, "\(text)")
        }
    }

    /// A keeper's badge with a PIN for one station.
    private func keeper(_ person: UInt64, _ county: TestCounty, at station: TestStation) throws -> County.Badge {
        try county.county.makeBadge(person: person, role: .keeper, days: 90, pin: "135790", stations: [station.id])
    }

    @Test("A revoked badge is told to every station, also to one that is new, and its PIN is taken back")
    func revoked() async throws {
        try await withStation { county, station, client in
            let other = try await county.enrolledStation("yc-test-2", client)
            let (lost, good) = (try keeper(1, county, at: station), try keeper(2, county, at: station))
            let revocation = try county.county.revokeBadge(lost.id)
            #expect(revocation.stations == ["yc-test-1", "yc-test-2"])
            let own = try await commands(station, client)
            #expect(try pins(own)?.map(\.badge) == [good.id])
            let new = try await county.enrolledStation("yc-test-3", client)
            for place in [station, other, new] {
                let command = try #require(try await commands(place, client).last { $0.type == "revokeBadge" })
                #expect(try command.data.decoded(as: CommandMessage.BadgeRevocation.self).badge == lost.id)
                #expect(command.isGenuine(county.county.publicKey, station: place.id))
            }
            // A station that is away for two months still hears of it; a command of another type is gone by then.
            county.clock.advance(hours: 60 * 24)
            #expect(try await commands(other, client).map(\.type) == ["revokeBadge"])
            county.clock.advance(hours: 31 * 24)
            #expect(try await commands(other, client).isEmpty)
        }
    }

    @Test("A station whose journal is another hears again of the badges that were withdrawn, and of the PINs, once")
    func toldAgain() async throws {
        try await withStation { county, station, client in
            let (lost, good) = (try keeper(1, county, at: station), try keeper(2, county, at: station))
            _ = try county.county.revokeBadge(lost.id)
            let before = try await commands(station, client)
            var journal = WrittenJournal(station.id)
            for command in before {
                journal.append("command.completed", #"{"id":"\#(command.id)","number":\#(command.number)}"#)
            }
            #expect(try await station.post(journal, 1...before.count, client).status == 200)
            #expect(try await commands(station, client).isEmpty, "all was done")
            var next = WrittenJournal(station.id, incarnation: String(repeating: "b", count: 32))
            next.append("station.journalReplaced", #"{"reason":"restored"}"#)
            for _ in 1...2 {
                #expect(try await station.post(next, 1...1, client).status == 200)
                let again = try await commands(station, client)
                #expect(again.map(\.type).sorted() == ["pins", "revokeBadge"])
                #expect(try pins(again)?.map(\.badge) == [good.id])
            }
        }
    }

    @Test(
        "What is no id of a badge cannot be revoked",
        arguments: ["00ff00ff00ff00f", "00ff00ff00ff00fg", "", "'; --"]
    )
    func noID(_ badge: String) throws {
        let county = try TestCounty()
        defer { county.remove() }
        let fault = #expect(throws: CountyFault.self) { try county.county.revokeBadge(badge) }
        #expect(fault?.description.contains("is no id of a badge") == true)
    }

    @Test("A delegation names the recipient of a parcel and nothing else, under the station's key")
    func delegation() async throws {
        try await withStation { county, station, client in
            let sheet = "waybill,brand,phone\nSF7444404156506,SF,13812345678\nYT8962646785389,YTO,138****5678\n"
            let loaded = try county.county.loadManifest(Array(sheet.utf8), station: station.id)
            let manifest = try await station.send(
                .get,
                "/v1/stations/\(station.id)/manifests/\(loaded.manifest)",
                client
            ).decoded(ManifestMessage.self)
            let recipient = try #require(manifest.entries.first?.recipientKey)
            let until = county.clock.now + 30 * 86_400_000
            let made = try county.county.delegation(
                recipientOf: "sf7444404156506",
                station: station.id,
                until: until
            )
            let token = try county.county.makeEnrolmentToken(station: station.id).token
            let answer: EnrolmentAnswer = try await station.enrol(token, client).decoded()
            let bytes = try station.exchange.open(answer.codeKey, context: station.id)
            let key = try #require(CodeKey(bytes: bytes))
            let read = try Token.read(made.barcode, countyKey: nil, codeKey: key)
            #expect(read.kind == .delegation)
            #expect(read.subject == Token.subject(ofRecipient: recipient))
            #expect(read.expiry == UInt32(until / 1_000))
            #expect(read.issued == UInt32(county.clock.now / 1_000), "so that the villager can take it back")

            let faults = [
                ("YT8962646785389", until, "has no phone in a manifest"),
                ("JT5261988016578", until, "has no phone in a manifest"),
                ("SF7444404156506", county.clock.now, "within the next 365 days"),
                ("SF7444404156506", county.clock.now + 366 * 86_400_000, "within the next 365 days"),
            ]
            for (waybill, time, cause) in faults {
                let fault = #expect(throws: CountyFault.self) {
                    try county.county.delegation(recipientOf: waybill, station: station.id, until: time)
                }
                #expect(fault?.description.contains(cause) == true, "\(waybill)")
            }
        }
    }
    @Test("A manifest that comes after its parcel still says whose the parcel is, and takes nothing back")
    func lateManifest() async throws {
        try await withStation { county, station, client in
            var journal = WrittenJournal(station.id)
            journal.append(ParcelFacts.stored("SF7444404156506"))
            #expect(try await station.post(journal, 1...1, client).status == 200)
            let sheet = "waybill,brand,phone\nSF7444404156506,SF,13812345678\n"
            _ = try county.county.loadManifest(Array(sheet.utf8), station: station.id)
            _ = try county.county.delegation(
                recipientOf: "SF7444404156506",
                station: station.id,
                until: county.clock.now + 86_400_000
            )
            #expect(try county.county.pickupNotice("SF7444404156506", station: station.id).state == "stored")
        }
    }
}

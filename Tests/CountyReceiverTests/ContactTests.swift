import CountyBooks
import CountyReceiver
import Foundation
import GRDB
import Hummingbird
import HummingbirdTesting
import LockerDomain
import PortFakes
import SyncWire
import Testing

@Suite("Phone numbers from stations")
struct ContactTests {
    static let waybill = "SF7444404156506"
    static let phone = "13812345678"

    /// What a station sends: sealed to the county's key, which it has from its enrolment.
    static func sealed(
        _ station: TestStation,
        _ county: TestCounty,
        _ client: any TestClientProtocol,
        phone: String = phone
    ) async throws -> [UInt8] {
        let token = try county.county.makeEnrolmentToken(station: station.id).token
        let answer: EnrolmentAnswer = try await station.enrol(token, client).decoded()
        let key = try #require(answer.exchangeKeyBytes)
        return try ContactSeal.seal(phone, of: Waybill(rawValue: waybill), at: station.id, to: key)
    }

    static func put(
        _ body: [UInt8],
        _ station: TestStation,
        _ client: any TestClientProtocol,
        waybill: String = waybill
    ) async throws -> TestAnswer {
        try await station.send(
            .put,
            "/v1/stations/\(station.id)/contacts/\(waybill)",
            client,
            headers: [("content-type", "application/json")],
            body: body
        )
    }

    @Test("A sealed number is kept as it came and opened for a clerk alone")
    func opened() async throws {
        try await withStation { county, station, client in
            let body = try await Self.sealed(station, county, client)
            let answer = try await Self.put(body, station, client)
            #expect(answer.status == 204)
            #expect(answer.isCountys)
            let books = try DatabaseQueue(path: county.directory + "/county.sqlite")
            let kept = try await books.read { try Data.fetchOne($0, sql: "SELECT sealed FROM contact") }
            #expect(kept.map(Array.init) == body)
            let contact = try county.county.contact("sf7444404156506", station: station.id)
            #expect(contact.phone == Self.phone)
            #expect(contact.received == county.clock.now)
            let second = try await Self.sealed(station, county, client, phone: "13912345679")
            #expect(try await Self.put(second, station, client).status == 204)
            #expect(try county.county.contact(Self.waybill, station: station.id).phone == "13912345679")
        }
    }

    @Test("What is no sealed number, or names no waybill, is refused and not kept")
    func refused() async throws {
        try await withStation { county, station, client in
            let body = try await Self.sealed(station, county, client)
            let long = #"{"encapsulatedKey":"\#(String(repeating: "A", count: 1_100))","ciphertext":""}"#
            for bad in [Array(Self.phone.utf8), Array("{}".utf8), Array(long.utf8), []] {
                #expect(try await Self.put(bad, station, client).problem == .malformed)
            }
            for name in ["sf7444404156506", "x", "1"] {
                #expect(try await Self.put(body, station, client, waybill: name).problem == .malformed, "\(name)")
            }
            let neighbour = try await county.enrolledStation("yc-test-2", client)
            let foreign = try await neighbour.send(
                .put,
                "/v1/stations/\(station.id)/contacts/\(Self.waybill)",
                client,
                body: body
            )
            #expect(foreign.problem == .unsigned)
            #expect(throws: CountyFault.self) { try county.county.contact(Self.waybill, station: station.id) }
        }
    }

    @Test("A number that was sealed for another parcel does not open")
    func otherParcel() async throws {
        try await withStation { county, station, client in
            let body = try await Self.sealed(station, county, client)
            #expect(try await Self.put(body, station, client, waybill: "YT8962646785389").status == 204)
            let fault = #expect(throws: CountyFault.self) {
                try county.county.contact("YT8962646785389", station: station.id)
            }
            #expect(fault?.description.contains("does not open") == true)
        }
    }

    @Test("The county's books join the random key of a typed phone with their own, and its tokens name the station's")
    func joined() async throws {
        try await withStation { county, station, client in
            let until = county.clock.now + 86_400_000
            let body = try await Self.sealed(station, county, client)
            let key = try await DeskTests.codeKey(of: station, county, client)
            let sheet = "waybill,brand,phone\nYT8962646785389,YTO,\(Self.phone)\nJT5261988016578,JT,13900000000\n"
            _ = try county.county.loadManifest(Array(sheet.utf8), station: station.id)
            _ = try await Self.put(body, station, client)
            let contact = try county.county.contact(Self.waybill, station: station.id)
            #expect(contact.others == ["YT8962646785389"])
            let typed = "4f3a0c51e9d27b6885aa10c3f7e2d946"
            func subject() throws -> [UInt8] {
                let order = try county.county.delegation(
                    recipientOf: Self.waybill,
                    station: station.id,
                    until: until
                )
                return try Token.read(order.barcode, countyKey: county.county.publicKey, codeKey: key).subject
            }
            #expect(throws: CountyFault.self) { try subject() }
            var journal = WrittenJournal(station.id)
            journal.append(ParcelFacts.stored(Self.waybill))
            let given = #"{"person":"0000000000000402","phoneMasked":"1******5678","recipientKey":"\#(typed)","#
            journal.append("parcel.contactGiven", given + #""waybill":"\#(Self.waybill)"}"#)
            #expect(try await station.post(journal, 1...2, client).status == 200)
            #expect(try subject() == Token.subject(ofRecipient: typed))
            // The manifest came after the parcel: the station knows the county's key from then on.
            let entry =
                #"{"brand":"SF","chilled":false,"consent":"unknown","n":0,"operator":"SF","#
                + #""recipientKey":"zhang","senderAgreement":false,"size":"M","waybill":"\#(Self.waybill)"}"#
            let parties = #"{"agent":"a","brand":"SF","cooperationMode":"shared","operator":"SF"}"#
            journal.append(
                "parcel.expected",
                #"{"direction":"inbound","entry":\#(entry),"late":true,"manifest":"m","parties":\#(parties)}"#
            )
            #expect(try await station.post(journal, 3...3, client).status == 200)
            #expect(throws: CountyFault.self, "the county's own key came with no manifest here") { try subject() }
        }
    }

    @Test("A line that makes a parcel one with another is for somebody else when its phone is not the one typed there")
    func typedForAnother() async throws {
        try await withStation { county, station, client in
            let (desk, id, new) = (county.county, station.id, "YT8962646785389")
            let body = try await Self.sealed(station, county, client)
            _ = try await Self.put(body, station, client)
            var journal = WrittenJournal(id)
            journal.append(ParcelFacts.stored(Self.waybill))
            let given = #"{"person":"0000000000000402","phoneMasked":"1******5678","#
            journal.append(
                "parcel.contactGiven",
                given + #""recipientKey":"4f3a0c51e9d27b6885aa10c3f7e2d946","waybill":"\#(Self.waybill)"}"#
            )
            #expect(try await station.post(journal, 1...2, client).status == 200)
            let sheet = { (phone: String) in Array("运单号,原单号,品牌,手机号\n\(new),\(Self.waybill),YTO,\(phone)\n".utf8) }
            // Ends as the typed one does.
            let fault = #expect(throws: CountyFault.self) { try desk.loadManifest(sheet("13912345678"), station: id) }
            #expect(fault?.description.contains("\(new) is for somebody else than \(Self.waybill)") == true)
            #expect(fault?.description.contains("139") == false)
            #expect(try desk.loadManifest(sheet(Self.phone), station: id).count == 1)
            // Of the line's own number the manifest knows better than who typed.
            let own = Array("运单号,原单号,品牌,手机号\n\(Self.waybill),YT8962646785390,YTO,13912345678\n".utf8)
            #expect(try desk.loadManifest(own, station: id).count == 1)
        }
    }

    @Test("It is erased thirty days after the parcel's end, by the station's clock when that can be believed")
    func erased() async throws {
        try await withStation { county, station, client in
            let body = try await Self.sealed(station, county, client)
            _ = try await Self.put(body, station, client)
            var journal = WrittenJournal(station.id)
            journal.append(ParcelFacts.stored(Self.waybill))
            // The county's clock stands at 2025-11-21T02:00Z; the parcel was collected five days before it hears of it.
            journal.append(ParcelFacts.collected(Self.waybill), time: "2025-11-26T02:00:00.000Z")
            let lines = journal
            #expect(try await station.post(lines, 1...1, client).status == 200)
            county.clock.advance(hours: 10 * 24)
            #expect(try county.county.eraseContacts() == 0)
            #expect(try await station.post(lines, 2...2, client).status == 200)
            county.clock.advance(hours: 24 * 24)
            #expect(try county.county.eraseContacts() == 0)
            #expect(try county.county.contact(Self.waybill, station: station.id).phone == Self.phone)
            county.clock.advance(hours: 24)
            #expect(try county.county.eraseContacts() == 1)
            #expect(throws: CountyFault.self) { try county.county.contact(Self.waybill, station: station.id) }
        }
    }

    @Test("A delegation names what its token opens, and the parcels of the same phone that need a further one")
    func delegated() async throws {
        try await withStation { county, station, client in
            let (desk, id, until) = (county.county, station.id, county.clock.now + 86_400_000)
            let (announced, other, left) = ("YT8962646785389", "JT5261988016578", "JD0118080218877")
            let phones = [announced: Self.phone, other: "13900000000", left: Self.phone]
            let lines = phones.map { "\($0.key),SF,\($0.value)" }.joined(separator: "\n")
            let body = try await Self.sealed(station, county, client)
            _ = try desk.loadManifest(Array("waybill,brand,phone\n\(lines)\n".utf8), station: id)
            _ = try await Self.put(body, station, client)
            let given =
                #"{"person":"0000000000000402","phoneMasked":"1******5678","#
                + #""recipientKey":"4f3a0c51e9d27b6885aa10c3f7e2d946","waybill":"\#(Self.waybill)"}"#
            var journal = WrittenJournal(id)
            journal.append(ParcelFacts.stored(Self.waybill))
            journal.append("parcel.contactGiven", given)
            journal.append(ParcelFacts.collected(left))
            #expect(try await station.post(journal, 1...3, client).status == 200)
            let typed = try desk.delegation(recipientOf: Self.waybill, station: id, until: until)
            #expect(typed.covers == [Self.waybill])
            #expect(typed.others == [announced] && typed.further == [announced])
            let told = try desk.delegation(recipientOf: announced, station: id, until: until)
            #expect(told.covers == [announced])
            #expect(told.others == [Self.waybill] && told.further == [Self.waybill])
            let alone = try desk.delegation(recipientOf: other, station: id, until: until)
            #expect(alone.covers == [other] && alone.others.isEmpty && alone.further.isEmpty)
        }
    }

    @Test("A number whose parcel's end nobody ever reports goes after half a year, and not when the county only starts")
    func orphan() async throws {
        let county = try TestCounty()
        defer { county.remove() }
        let id = try await county.serving { client in
            let station = try await county.enrolledStation("yc-1", client)
            let body = try await Self.sealed(station, county, client)
            _ = try await Self.put(body, station, client)
            return station.id
        }
        county.clock.advance(hours: 179 * 24)
        #expect(try county.restarted().county.contact(Self.waybill, station: id).phone == Self.phone)
        county.clock.advance(hours: 24)
        let later = try county.restarted()
        #expect(try later.county.contact(Self.waybill, station: id).phone == Self.phone)
        #expect(try later.county.eraseContacts() == 1)
        #expect(throws: CountyFault.self) { try later.county.contact(Self.waybill, station: id) }
    }
}

import CountyBooks
import CountyReceiver
import LockerDomain
import PortFakes
import SyncWire
import Testing

/// Several parcels of one waybill (子母件) at the county's desk: it takes either number.
@Suite("Parts of a waybill")
struct PartTests {
    private static let whole = "JD0118080218877"
    private static let parts = ["JD0118080218877-1-2-", "JD0118080218877-2-2-"]
    private static let sheet = "waybill,brand,phone\n\(whole),JD,13812345678\n"

    private static func stored(_ waybill: String, codeOf: String? = whole, n: Int = 0) -> String {
        let code = codeOf.map { #""codeOf":"\#($0)","# } ?? ""
        return #"{\#(code)"direction":"inbound","evidence":"sensor","keyID":"k","n":\#(n),"parties":{"agent":"a","#
            + #""brand":"JD","cooperationMode":"shared","operator":"JD"},"place":{"door":"A01"},"waybill":"\#(waybill)"}"#
    }

    private static func collected(_ waybill: String) -> String {
        #"{"by":"recipient","direction":"inbound","evidence":"sensor","means":"code","parties":{"agent":"a","#
            + #""brand":"JD","cooperationMode":"shared","operator":"JD"},"place":{"door":"A01"},"waybill":"\#(waybill)"}"#
    }

    @Test("one of one is its parent in every call")
    func oneOfOne() async throws {
        try await withStation { county, station, _ in
            let both = [Self.whole, Self.whole + "-1-1-"]
            for (index, number) in both.enumerated() {
                let json =
                    #"{"id":"m\#(index)","entries":[{"waybill":"\#(number)","brand":"JD","operator":"JD","n":0,"#
                    + #""size":"M","chilled":false,"consent":"unknown","senderAgreement":false}]}"#
                _ = try county.county.loadManifest(Array(json.utf8), station: station.id)
            }
            let notices = try both.map { try county.county.pickupNotice($0, station: station.id) }
            #expect(notices[0] == notices[1] && notices[0].state == "announced")
            #expect(try county.county.extendHold(both[1], hours: 5, station: station.id).waybills == [Self.whole])
        }
    }

    @Test("a part whose suffix was read wrong does not end the wait, nor does one that was moved keep it up")
    func misreadAndMoved() async throws {
        try await withStation { county, station, client in
            let (desk, id) = (county.county, station.id)
            _ = try desk.loadManifest(Array(Self.sheet.utf8), station: id)
            var journal = WrittenJournal(id)
            for part in ["-1-3-", "-0-3-"] { journal.append(ParcelFacts.stored(Self.whole + part, partOf: Self.whole)) }
            let misread = try await station.post(journal, 1...2, client)
            #expect(misread.status == 200)
            #expect(try desk.pickupNotice(Self.whole, station: id).state == "announced")
            journal.append(ParcelFacts.takenToMove(Self.whole + "-1-3-"))
            journal.append(ParcelFacts.relocated(Self.whole + "-1-3-"))
            journal.append(ParcelFacts.stored(Self.whole + "-3-3-", partOf: Self.whole))
            #expect(try await station.post(journal, 3...5, client).status == 200)
            #expect(try desk.pickupNotice(Self.whole, station: id).state == "stored")
        }
    }

    @Test("either number leads to the code, the recipient and the orders; the announcement waits for the last part")
    func eitherNumber() async throws {
        try await withStation { county, station, client in
            let (desk, id) = (county.county, station.id)
            _ = try desk.loadManifest(Array(Self.sheet.utf8), station: id)
            let code = try desk.pickupNotice(Self.whole, station: id).code
            #expect(try desk.pickupNotice(Self.parts[1], station: id).code == code, "before it came")
            var journal = WrittenJournal(id)
            journal.append("parcel.stored", Self.stored(Self.parts[0]))
            #expect(try await station.post(journal, 1...1, client).status == 200)
            for number in [Self.whole] + Self.parts {
                #expect(try desk.pickupNotice(number, station: id).code == code)
                #expect(try desk.notice([number], station: id).waybills == [number])
                _ = try desk.delegation(recipientOf: number, station: id, until: county.clock.now + 86_400_000)
            }
            #expect(try desk.pickupNotice(Self.whole, station: id).state == "announced")
            let there = try ([Self.whole] + Self.parts).map { try desk.recall([$0], station: id).notes.isEmpty }
            #expect(there == [true, true, false], "the second part alone is not inside")
            journal.append("parcel.stored", Self.stored(Self.parts[1]))
            #expect(try await station.post(journal, 2...2, client).status == 200)
            #expect(try desk.pickupNotice(Self.whole, station: id).state == "stored")
            journal.append("parcel.collected", Self.collected(Self.parts[0]))
            #expect(try await station.post(journal, 3...3, client).status == 200)
            #expect(try desk.pickupNotice(Self.whole, station: id).state == "stored")
            journal.append("parcel.collected", Self.collected(Self.parts[1]))
            #expect(try await station.post(journal, 4...4, client).status == 200)
            #expect(try desk.pickupNotice(Self.whole, station: id).state == "closed")
            #expect(throws: CountyFault.self) { try desk.recall([Self.whole], station: id) }
        }
    }

    @Test("a code made anew is made of the announced number, and all parts have it")
    func reissued() async throws {
        try await withStation { county, station, client in
            let (desk, id) = (county.county, station.id)
            _ = try desk.loadManifest(Array(Self.sheet.utf8), station: id)
            var journal = WrittenJournal(id)
            for part in Self.parts { journal.append("parcel.stored", Self.stored(part)) }
            #expect(try await station.post(journal, 1...2, client).status == 200)
            let anew = try desk.reissue(Self.parts[0], station: id)
            #expect(anew.n == 1)
            let fact = #"{"by":"county","keyID":"k","n":1,"waybill":"\#(Self.whole)"}"#
            journal.append("parcel.codeReissued", fact)
            #expect(try await station.post(journal, 3...3, client).status == 200)
            for number in [Self.whole] + Self.parts {
                #expect(try desk.pickupNotice(number, station: id).code == anew.code)
            }
        }
    }

    @Test("parts that nobody announced have codes of their own")
    func unannounced() async throws {
        try await withStation { county, station, client in
            var journal = WrittenJournal(station.id)
            for part in Self.parts { journal.append("parcel.stored", Self.stored(part, codeOf: nil)) }
            #expect(try await station.post(journal, 1...2, client).status == 200)
            let codes = try Self.parts.map { try county.county.pickupNotice($0, station: station.id).code }
            #expect(codes[0] != codes[1])
        }
    }
}

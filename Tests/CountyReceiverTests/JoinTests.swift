import CountyBooks
import CountyReceiver
import HTTPTypes
import HummingbirdTesting
import LockerDomain
import PortFakes
import SyncWire
import Testing

/// Two numbers of one parcel (转单号) at the county's desk.
@Suite("A forwarded parcel with a second number")
struct JoinTests {
    private static let old = "YT8962646785389"
    private static let new = "SF7444404156506"
    private static let parties = #""parties":{"agent":"a","brand":"SF","cooperationMode":"shared","operator":"SF"}"#

    private static func sheet(_ waybill: String, _ formerly: String = "", phone: String = "13812345678") -> [UInt8] {
        Array("运单号,原单号,品牌,手机号\n\(waybill),\(formerly),SF,\(phone)\n".utf8)
    }

    @Test("the line of a sheet names the other number: one parcel, whose code was told before")
    func announced() async throws {
        try await withTold(Self.old) { county, station, client, told in
            let (desk, id) = (county.county, station.id)
            let loaded = try desk.loadManifest(Self.sheet(Self.new, Self.old.lowercased()), station: id)
            for number in [Self.old, Self.new] {
                #expect(try desk.pickupNotice(number, station: id).code == told)
                #expect(try desk.notice([number], station: id).waybills == [number])
                _ = try desk.delegation(recipientOf: number, station: id, until: county.clock.now + 86_400_000)
            }
            let answer = try await station.send(.get, "/v1/stations/\(id)/manifests/\(loaded.manifest)", client)
            let entry = try #require(try answer.decoded(ManifestMessage.self).entries.first)
            #expect(entry.waybill.rawValue == Self.new && entry.formerly?.rawValue == Self.old)
        }
    }

    @Test("the station's word joins what both have: its code counts, and what is said of either closes the one")
    func joined() async throws {
        try await withTold(Self.old) { county, station, client, told in
            let (desk, id) = (county.county, station.id)
            var journal = WrittenJournal(id)
            try await station.report(.stored(Self.new), .joined(Self.old, Self.new), in: &journal, client)
            for number in [Self.old, Self.new] {
                let notice = try desk.pickupNotice(number, station: id)
                #expect(notice.code == told && notice.state == "stored")
            }
            let anew = try desk.reissue(Self.new, station: id)
            let again = try desk.reissue(Self.old, station: id)
            #expect(anew.code == again.code)
            try await station.report(.collected(Self.new), in: &journal, client)
            #expect(try desk.pickupNotice(Self.old, station: id).state == "closed")
        }
    }

    @Test("what the station says of the old number before it has heard of the new one is about the one parcel")
    func meanwhile() async throws {
        try await withTold(Self.old) { county, station, client, told in
            let (desk, id) = (county.county, station.id)
            _ = try desk.loadManifest(Self.sheet(Self.new, Self.old), station: id)
            var journal = WrittenJournal(id)
            try await station.report(.stored(Self.old), in: &journal, client)
            let notice = try desk.pickupNotice(Self.new, station: id)
            #expect(notice.code == told && notice.state == "stored")
        }
    }

    @Test("what the station announces of a joined number leaves the code that was told")
    func announcedAfter() async throws {
        try await withTold(Self.old) { county, station, client, told in
            let (desk, id) = (county.county, station.id)
            _ = try desk.loadManifest(Self.sheet(Self.new, Self.old), station: id)
            var journal = WrittenJournal(id)
            journal.append(ParcelFacts.joined(Self.old, Self.new, by: "m"))
            let entry =
                #"{"brand":"SF","chilled":false,"consent":"unknown","formerly":"\#(Self.old)","n":0,"operator":"SF","#
                + #""senderAgreement":false,"size":"M","waybill":"\#(Self.new)"}"#
            let fact = #"{"direction":"inbound","entry":\#(entry),"manifest":"m",\#(Self.parties)}"#
            journal.append("parcel.expected", fact)
            try await Self.settle(&journal, station, client)
            try await station.report(in: &journal, client)
            for number in [Self.old, Self.new] {
                let notice = try desk.pickupNotice(number, station: id)
                #expect(notice.code == told && notice.state == "announced")
            }
        }
    }

    @Test("the hold period of the new number is that of the old one as long as the station has not joined them")
    func holdMeanwhile() async throws {
        try await withStation { county, station, client in
            let (desk, id) = (county.county, station.id)
            _ = try desk.loadManifest(Self.sheet(Self.old), station: id)
            var journal = WrittenJournal(id)
            let entry =
                #"{"brand":"YTO","chilled":true,"consent":"unknown","n":0,"operator":"YTO","#
                + #""senderAgreement":false,"size":"M","waybill":"\#(Self.old)"}"#
            journal.append(
                "parcel.expected",
                #"{"direction":"inbound","entry":\#(entry),"manifest":"m",\#(Self.parties)}"#
            )
            try await station.report(in: &journal, client)
            _ = try desk.loadManifest(Self.sheet(Self.new, Self.old), station: id)
            for number in [Self.old, Self.new] {
                let period = try desk.holdPeriod(number, station: id)
                #expect(period.waybill == number && period.chilled && period.end == nil)
            }
        }
    }

    @Test("the key of a phone that was typed for the old number is that of the new one")
    func typedBefore() async throws {
        try await withStation { county, station, client in
            let (desk, id) = (county.county, station.id)
            var journal = WrittenJournal(id)
            journal.append(ParcelFacts.stored(Self.old))
            let given =
                #"{"person":"0000000000000402","phoneMasked":"1******5678","#
                + #""recipientKey":"4f3a0c51e9d27b6885aa10c3f7e2d946","waybill":"\#(Self.old)"}"#
            journal.append("parcel.contactGiven", given)
            try await station.report(.joined(Self.old, Self.new), in: &journal, client)
            for number in [Self.old, Self.new] {
                _ = try desk.delegation(recipientOf: number, station: id, until: county.clock.now + 86_400_000)
            }
        }
    }

    /// The station's answer to the newest command, its manifest.
    private static func settle(
        _ journal: inout WrittenJournal,
        _ station: TestStation,
        _ client: any TestClientProtocol,
        refusing reason: String? = nil
    ) async throws {
        let command = try #require(try await station.commands(client).last)
        #expect(command.type == "manifest")
        let why = reason.map { #","reason":"\#($0)""# } ?? ""
        journal.append(
            reason == nil ? "command.completed" : "command.failed",
            #"{"id":"\#(command.id)","number":\#(command.number)\#(why)}"#
        )
    }

    @Test("a line that the station refuses leaves two parcels, each with its code and its own story")
    func refused() async throws {
        try await withTold(Self.old) { county, station, client, told in
            let (desk, id) = (county.county, station.id)
            _ = try desk.loadManifest(Self.sheet(Self.new, Self.old), station: id)
            #expect(try desk.pickupNotice(Self.new, station: id).code == told)
            var journal = WrittenJournal(id)
            journal.append(ParcelFacts.stored(Self.old))
            try await Self.settle(&journal, station, client, refusing: "\(Self.old) is another parcel")
            try await station.report(in: &journal, client)
            let (old, new) = try (desk.pickupNotice(Self.old, station: id), desk.pickupNotice(Self.new, station: id))
            #expect(old.code == told && old.state == "stored")
            #expect(new.code != told && new.state == "announced")
            try await station.report(.collected(Self.old), .stored(Self.new), in: &journal, client)
            #expect(try desk.pickupNotice(Self.old, station: id).state == "closed")
            let there = try desk.pickupNotice(Self.new, station: id)
            #expect(there.code == new.code && there.state == "stored")
        }
    }

    @Test(
        "no code is made anew while a manifest that gives the parcel another number is on its way",
        arguments: [[old], [old, new], []]
    )
    func reissuedMeanwhile(known: [String]) async throws {
        try await withStation { county, station, client in
            let (desk, id) = (county.county, station.id)
            for number in known { _ = try desk.loadManifest(Self.sheet(number), station: id) }
            let loaded = try desk.loadManifest(Self.sheet(Self.new, Self.old), station: id)
            for number in [Self.old, Self.new] {
                let fault = #expect(throws: CountyFault.self) { try desk.reissue(number, station: id) }
                #expect(fault?.description.contains("command \(loaded.command), which is on its way") == true)
                #expect(fault?.description.contains("wait until the station has taken the manifest") == true)
            }
            var journal = WrittenJournal(id)
            journal.append(ParcelFacts.stored(Self.new))
            journal.append(ParcelFacts.joined(Self.old, Self.new, by: loaded.manifest))
            try await Self.settle(&journal, station, client)
            try await station.report(in: &journal, client)
            let anew = try [Self.old, Self.new].map { try desk.reissue($0, station: id) }
            #expect(anew.map(\.n) == [1, 1] && anew[0].code == anew[1].code)
            journal.append(
                "parcel.codeReissued",
                #"{"by":"county","codeOf":"\#(Self.old)","keyID":"k","n":1,"waybill":"\#(Self.new)"}"#
            )
            try await station.report(in: &journal, client)
            #expect(try desk.pickupNotice(Self.new, station: id).code == anew[0].code)
        }
    }

    @Test("a number that was collected before the station heard of the line has left, and the other one comes still")
    func collectedBefore() async throws {
        try await withStation { county, station, client in
            let (desk, id) = (county.county, station.id)
            _ = try desk.loadManifest(Self.sheet(Self.old), station: id)
            _ = try desk.loadManifest(Self.sheet(Self.new, Self.old), station: id)
            var journal = WrittenJournal(id)
            try await station.report(.stored(Self.old), .collected(Self.old), in: &journal, client)
            #expect(try desk.pickupNotice(Self.old, station: id).state == "closed")
            #expect(try desk.pickupNotice(Self.new, station: id).state == "announced")
            #expect(throws: CountyFault.self) { try desk.recall([Self.old], station: id) }
            #expect(try desk.recall([Self.new], station: id).waybills == [Self.new])
        }
    }

    @Test("a number that nobody has heard of leads to the parcel of its line, until the station refuses it")
    func unknownBefore() async throws {
        try await withStation { county, station, client in
            let (desk, id) = (county.county, station.id)
            _ = try desk.loadManifest(Self.sheet(Self.new, Self.old), station: id)
            let code = try desk.pickupNotice(Self.new, station: id).code
            #expect(try desk.pickupNotice(Self.old, station: id).code == code)
            #expect(try desk.extendHold(Self.old, hours: 5, station: id).waybills == [Self.old])
            _ = try desk.delegation(recipientOf: Self.old, station: id, until: county.clock.now + 86_400_000)
            // The same line once more changes nothing of it.
            _ = try desk.loadManifest(Self.sheet(Self.new, Self.old), station: id)
            #expect(try desk.pickupNotice(Self.old, station: id).code == code)
            var journal = WrittenJournal(id)
            try await Self.settle(&journal, station, client, refusing: "no")
            try await station.report(in: &journal, client)
            #expect(try desk.pickupNotice(Self.old, station: id).state == nil)
            #expect(try desk.pickupNotice(Self.new, station: id).code == code)
        }
    }

    @Test("a line for somebody else than its other number is refused with both, whichever of them the county knows")
    func somebodyElse() async throws {
        try await withStation { county, station, _ in
            let (desk, id) = (county.county, station.id)
            _ = try desk.loadManifest(Self.sheet(Self.old), station: id)
            for isNewKnown in [false, true] {
                // Ends as the other does.
                let other = "13912345678"
                if isNewKnown { _ = try desk.loadManifest(Self.sheet(Self.new, phone: other), station: id) }
                let fault = #expect(throws: CountyFault.self) {
                    try desk.loadManifest(Self.sheet(Self.new, Self.old, phone: other), station: id)
                }
                #expect(fault?.description.contains(Self.old) == true && fault?.description.contains(Self.new) == true)
                #expect(fault?.description.contains(other) == false)
            }
            #expect(try desk.pickupNotice(Self.old, station: id).code != desk.pickupNotice(Self.new, station: id).code)
        }
    }

    @Test("--skip-bad leaves out lines that are somebody else's or make one of two that lie there, and names them")
    func skipped() async throws {
        try await withStation { county, station, client in
            let (desk, id) = (county.county, station.id)
            _ = try desk.loadManifest(Self.sheet(Self.old), station: id)
            let there = ["JDVA11408814483", "JD0118080218877"]
            var journal = WrittenJournal(id)
            for number in there { journal.append(ParcelFacts.stored(number)) }
            try await station.report(in: &journal, client)
            let rows = [
                "\(Self.new),\(Self.old),SF,13912345678", "\(there[0]),\(there[1]),JD,",
                "JT5261988016578,,JT,13812345678",
            ]
            let sheet = Array(("运单号,原单号,品牌,手机号\n" + rows.joined(separator: "\n")).utf8)
            let fault = #expect(throws: CountyFault.self) { try desk.loadManifest(sheet, station: id) }
            let loaded = try desk.loadManifest(sheet, station: id, skippingBadRows: true)
            #expect(loaded.count == 1 && loaded.leftOut.count == 2)
            let words = [
                "row 2, 原单号 formerly: \(Self.new) is for somebody else than \(Self.old), they are two parcels 与",
                "row 3, 原单号 formerly: \(there[0]) lies at \(id), and so does \(there[1])",
            ]
            for (line, start) in zip(loaded.leftOut, words) {
                #expect(line.hasPrefix(start))
                #expect(fault?.description.contains(start) == true && !line.contains("139"))
            }
            #expect(try desk.pickupNotice("JT5261988016578", station: id).state == "announced")
            #expect(try desk.pickupNotice(Self.new, station: id).state == nil)
        }
    }

    @Test("a line that makes one parcel of two that lie there is refused with both numbers")
    func bothStored() async throws {
        try await withStation { county, station, client in
            var journal = WrittenJournal(station.id)
            for number in [Self.old, Self.new] { journal.append(ParcelFacts.stored(number)) }
            try await station.report(in: &journal, client)
            let fault = #expect(throws: CountyFault.self) {
                try county.county.loadManifest(Self.sheet(Self.new, Self.old), station: station.id)
            }
            #expect(fault?.description.contains(Self.old) == true)
        }
    }
}

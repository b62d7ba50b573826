import CountyReceiver
import HummingbirdTesting
import LockerDomain
import PortFakes
import SyncWire
import Testing

/// Codes that change because their station forgot how they were made.
@Suite("A code that changed without being made anew")
struct ChangedCodeTests {
    private static let old = "YT8962646785389"
    private static let new = "SF7444404156506"

    private static func sheet(_ waybill: String) -> [UInt8] { Array("waybill,brand\n\(waybill),SF\n".utf8) }

    /// The journal that takes the place of a damaged one, in which an audit finds the parcels.
    private static func journal(finding waybills: String..., at station: String) -> WrittenJournal {
        var next = WrittenJournal(station, incarnation: String(repeating: "b", count: 32))
        next.append("station.journalReplaced", #"{"reason":"damaged"}"#)
        for waybill in waybills {
            next.append(ParcelFacts.scanned(waybill))
            next.append(ParcelFacts.stored(waybill))
        }
        return next
    }

    @Test("a joined parcel found after the journal was lost has another code, and the desk says so until it is told")
    func forgottenJoin() async throws {
        try await withTold(Self.old) { county, station, client, told in
            let (desk, id) = (county.county, station.id)
            var journal = WrittenJournal(id)
            try await station.report(
                .stored(Self.new),
                .joined(Self.old, Self.new),
                .noticed(Self.new),
                in: &journal,
                client
            )
            let before = try desk.pickupNotice(Self.new, station: id)
            #expect(before.code == told && before.formerCode == nil)
            #expect(try desk.overview().first?.codesChanged == [])
            var next = Self.journal(finding: Self.new, at: id)
            try await station.report(in: &next, client)
            for number in [Self.old, Self.new] {
                let notice = try desk.pickupNotice(number, station: id)
                #expect(notice.code != told && notice.formerCode == told, "what opens the door, and what was told")
            }
            let overview = try #require(try desk.overview().first)
            #expect(overview.codesChanged == [Self.new])
            #expect(overview.lines(now: county.clock.now).contains { $0.value.contains("请重新通知") })
            try await station.report(.noticed(Self.new), in: &next, client)
            #expect(try desk.pickupNotice(Self.new, station: id).formerCode == nil)
            #expect(try desk.overview().first?.codesChanged == [])
        }
    }

    @Test("a second join brings the code back that was told: nothing is to be said")
    func joinedAgain() async throws {
        try await withTold(Self.old) { county, station, client, told in
            let (desk, id) = (county.county, station.id)
            var journal = WrittenJournal(id)
            try await station.report(.stored(Self.new), .joined(Self.old, Self.new), in: &journal, client)
            var next = Self.journal(finding: Self.new, at: id)
            try await station.report(.joined(Self.old, Self.new), in: &next, client)
            let notice = try desk.pickupNotice(Self.old, station: id)
            #expect(notice.code == told && notice.formerCode == nil)
        }
    }

    @Test("a code that was made anew is none that changed, but one that the station forgets afterwards is")
    func reissued() async throws {
        try await withStation { county, station, client in
            let (desk, id) = (county.county, station.id)
            _ = try desk.loadManifest(Self.sheet(Self.new), station: id)
            let reissued = #"{"by":"county","keyID":"k","n":1,"waybill":"\#(Self.new)"}"#
            var journal = WrittenJournal(id)
            journal.append(ParcelFacts.stored(Self.new))
            journal.append("parcel.codeReissued", reissued)
            try await station.report(in: &journal, client)
            let anew = try desk.pickupNotice(Self.new, station: id)
            #expect(anew.n == 1 && anew.formerCode == nil)
            var next = Self.journal(finding: Self.new, at: id)
            try await station.report(in: &next, client)
            #expect(try desk.pickupNotice(Self.new, station: id).formerCode == anew.code)
            next.append("parcel.codeReissued", reissued)
            try await station.report(in: &next, client)
            #expect(try desk.pickupNotice(Self.new, station: id).formerCode == nil)
        }
    }

    @Test("what has left is not to be told, nor when its number comes once more")
    func left() async throws {
        try await withStation { county, station, client in
            let (desk, id) = (county.county, station.id)
            _ = try desk.loadManifest(Self.sheet(Self.old), station: id)
            var journal = WrittenJournal(id)
            try await station.report(.stored(Self.new), .joined(Self.old, Self.new), in: &journal, client)
            var next = Self.journal(finding: Self.new, at: id)
            try await station.report(.collected(Self.new), in: &next, client)
            #expect(try desk.pickupNotice(Self.new, station: id).formerCode == nil)
            // The station has forgotten it by then.
            county.clock.advance(hours: 8 * 24)
            next.append(ParcelFacts.stored("YT8962646785391"), time: "2025-11-29T00:00:00.000Z")
            try await station.report(in: &next, client)
            _ = try desk.loadManifest(Self.sheet(Self.new), station: id)
            #expect(try desk.pickupNotice(Self.new, station: id).formerCode == nil)
            #expect(try desk.overview().first?.codesChanged == [])
        }
    }

    @Test("who asks for the whole hears which of its parts have other codes now")
    func parts() async throws {
        try await withStation { county, station, client in
            let (desk, id, whole) = (county.county, station.id, "JD0118080218877")
            let parts = ["\(whole)-1-2-", "\(whole)-2-2-"]
            _ = try desk.loadManifest(Self.sheet(whole), station: id)
            let told = try desk.pickupNotice(whole, station: id).code
            var journal = WrittenJournal(id)
            for part in parts { journal.append(ParcelFacts.stored(part, partOf: whole)) }
            try await station.report(in: &journal, client)
            #expect(try desk.pickupNotice(whole, station: id).partsChanged.isEmpty)
            var next = Self.journal(finding: parts[0], parts[1], at: id)
            try await station.report(in: &next, client)
            #expect(try desk.pickupNotice(whole, station: id).partsChanged == parts)
            #expect(try desk.pickupNotice(parts[0], station: id).formerCode == told)
        }
    }

    @Test("a part found under an older code takes that of its whole with all the rest: nothing is to be said")
    func partAgain() async throws {
        try await withStation { county, station, client in
            let (desk, id, whole) = (county.county, station.id, "JD0118080218877")
            let part = "\(whole)-1-2-"
            _ = try desk.loadManifest(Self.sheet(whole), station: id)
            var journal = WrittenJournal(id)
            journal.append(ParcelFacts.stored(part, partOf: whole))
            journal.append("parcel.codeReissued", #"{"by":"county","keyID":"k","n":2,"waybill":"\#(whole)"}"#)
            try await station.report(in: &journal, client)
            let told = try desk.pickupNotice(whole, station: id).code
            var next = Self.journal(at: id)
            try await station.report(.stored(part, partOf: whole), in: &next, client)
            #expect(try desk.pickupNotice(whole, station: id).partsChanged == [part])
            let fact = #"{"by":"county","codeOf":"\#(whole)","keyID":"k","n":2,"waybill":"\#(part)"}"#
            next.append("parcel.codeReissued", fact)
            try await station.report(in: &next, client)
            let notice = try desk.pickupNotice(part, station: id)
            #expect(notice.code == told && notice.formerCode == nil)
        }
    }
}

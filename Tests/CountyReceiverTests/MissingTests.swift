import CountyBooks
import CountyReceiver
import HummingbirdTesting
import LockerDomain
import PortFakes
import SyncWire
import Testing

/// A parcel that somebody looked for and did not find (未找到).
@Suite("Parcels that are not found")
struct MissingTests {
    private static let one = "SF7444404156506"

    @Test("a parcel that an audit does not find is missing at the desk, and stored again once it is found")
    func audit() async throws {
        try await withStation { county, station, client in
            let (desk, id) = (county.county, station.id)
            var journal = WrittenJournal(id)
            journal.append(ParcelFacts.stored(Self.one))
            journal.append(ParcelFacts.audited(Self.one, "missing"))
            #expect(try await station.post(journal, 1...2, client).status == 200)
            let before = try desk.pickupNotice(Self.one, station: id)
            #expect(before.state == "missing" && before.stateWords.contains("未找到"))
            #expect(try desk.holdPeriod(Self.one, station: id).missing)
            let orders: [() throws -> Any] = [
                { try desk.notice([Self.one], station: id) }, { try desk.recall([Self.one], station: id) },
                { try desk.reissue(Self.one, station: id) },
                { try desk.extendHold(Self.one, hours: 5, station: id) },
            ]
            for order in orders {
                let fault = #expect(throws: CountyFault.self) { _ = try order() }
                #expect(fault?.description.contains("\(Self.one): was not found at \(id)") == true)
            }
            // The manifest loaded once more takes nothing back.
            _ = try desk.loadManifest(Array("waybill,brand\n\(Self.one),SF\n".utf8), station: id)
            #expect(try desk.pickupNotice(Self.one, station: id).state == "missing")
            journal.append(ParcelFacts.audited(Self.one, "found"))
            journal.append(ParcelFacts.scanned(Self.one))
            journal.append(ParcelFacts.stored(Self.one))
            #expect(try await station.post(journal, 3...5, client).status == 200)
            let after = try desk.pickupNotice(Self.one, station: id)
            #expect(after.state == "stored" && after.code == before.code)
            #expect(try !desk.holdPeriod(Self.one, station: id).missing)
            #expect(try desk.recall([Self.one], station: id).waybills == [Self.one])
        }
    }

    @Test("who took it out and says that nothing was inside makes it missing; what left for good stays closed")
    func nothingInside() async throws {
        try await withStation { county, station, client in
            var journal = WrittenJournal(station.id)
            let ends: [(ParcelFacts, String)] = [
                (.retrieved(Self.one), "missing"), (.collected(Self.one), "missing"), (.returned(Self.one), "closed"),
                (.lost(Self.one), "closed"),
            ]
            for (end, state) in ends {
                let sent = journal.lines.count
                let facts: [ParcelFacts] = [.stored(Self.one), end, .audited(Self.one, "missing")]
                for fact in facts { journal.append(fact) }
                let lines = journal
                let answer = try await station.post(lines, (sent + 1)...(sent + 3), client)
                #expect(answer.status == 200)
                #expect(try county.county.pickupNotice(Self.one, station: station.id).state == state, "\(end)")
            }
        }
    }

    @Test("a parcel that is reported lost after it was missed is closed")
    func lost() async throws {
        try await withStation { county, station, client in
            var journal = WrittenJournal(station.id)
            journal.append(ParcelFacts.stored(Self.one))
            journal.append(ParcelFacts.audited(Self.one, "missing"))
            journal.append(ParcelFacts.lost(Self.one))
            let answer = try await station.post(journal, 1...3, client)
            #expect(answer.status == 200)
            #expect(try county.county.pickupNotice(Self.one, station: station.id).state == "closed")
        }
    }

    @Test("what came in parts is missing when all that is left of it is")
    func parts() async throws {
        try await withStation { county, station, client in
            let (desk, id, whole) = (county.county, station.id, "JD0118080218877")
            _ = try desk.loadManifest(Array("waybill,brand\n\(whole),JD\n".utf8), station: id)
            var journal = WrittenJournal(id)
            for part in ["\(whole)-1-2-", "\(whole)-2-2-"] { journal.append(ParcelFacts.stored(part, partOf: whole)) }
            journal.append(ParcelFacts.audited("\(whole)-1-2-", "missing"))
            #expect(try await station.post(journal, 1...3, client).status == 200)
            #expect(try desk.pickupNotice(whole, station: id).state == "stored")
            journal.append(ParcelFacts.collected("\(whole)-2-2-"))
            #expect(try await station.post(journal, 4...4, client).status == 200)
            #expect(try desk.pickupNotice(whole, station: id).state == "missing")
        }
    }
}

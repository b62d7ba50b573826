import CountyBooks
import CountyReceiver
import Hummingbird
import HummingbirdTesting
import LockerDomain
import PortFakes
import StationBooks
import SyncWire
import Testing

@Suite("What clerks order for parcels")
struct OrderTests {
    private static let one = "SF7444404156506"
    private static let two = "YT8962646785389"

    /// A station that two parcels are announced for.
    private func withParcels(
        _ work: @Sendable (TestCounty, TestStation, any TestClientProtocol) async throws -> Void
    ) async throws {
        try await withStation { county, station, client in
            let sheet = "waybill,brand\n\(Self.one),SF\n\(Self.two),YTO\n"
            _ = try county.county.loadManifest(Array(sheet.utf8), station: station.id)
            try await work(county, station, client)
        }
    }

    /// The newest command that waits for a station.
    private func newest(_ station: TestStation, _ client: any TestClientProtocol) async throws -> CommandMessage {
        let command = try #require(try await station.commands(client).last)
        #expect(command.isGenuine(station.county, station: station.id))
        return command
    }

    @Test("A notice, an extension, a recall and a new code reach the station as it reads them")
    func orders() async throws {
        try await withParcels { county, station, client in
            let told = try county.county.notice(["sf7444404156506 ", Self.two, Self.one], station: station.id)
            #expect(told.waybills == [Self.one, Self.two])
            var command = try await newest(station, client)
            #expect(command.number == told.command)
            #expect(command.type == "notices")
            let notices = try command.data.decoded(as: CommandMessage.NoticeList.self).notices
            #expect(notices.map(\.waybill.rawValue) == [Self.one, Self.two])
            #expect(notices.allSatisfy { $0.failure == nil })

            _ = try county.county.notice([Self.two], station: station.id, failure: "空号")
            command = try await newest(station, client)
            let failed = try command.data.decoded(as: CommandMessage.NoticeList.self).notices
            #expect(failed.map(\.failure) == ["空号"])

            _ = try county.county.extendHold(Self.one, hours: 24, station: station.id)
            command = try await newest(station, client)
            #expect(command.type == "extendHold")
            let extended = try command.data.decoded(as: CommandMessage.HoldExtension.self)
            #expect(extended == .init(waybill: Waybill(rawValue: Self.one), hours: 24))

            _ = try county.county.recall([Self.two], station: station.id)
            command = try await newest(station, client)
            #expect(command.type == "recall")
            #expect(try command.data.decoded(as: CommandMessage.Recall.self).waybills.map(\.rawValue) == [Self.two])

            let reissue = try county.county.reissue(Self.one, station: station.id)
            command = try await newest(station, client)
            #expect(command.type == "reissue")
            let data = try command.data.decoded(as: CommandMessage.Reissue.self)
            #expect(data.n == 1)
            #expect(data.n == reissue.n)
            // Not before the station says so.
            #expect(try county.county.pickupNotice(Self.one, station: station.id).n == 0)
        }
    }

    @Test("The new code is in the books once the station has made it, and the next one is above it")
    func reissued() async throws {
        try await withParcels { county, station, client in
            let first = try county.county.reissue(Self.one, station: station.id)
            var journal = WrittenJournal(station.id)
            journal.append("parcel.codeReissued", #"{"by":"county","keyID":"k","n":1,"waybill":"\#(Self.one)"}"#)
            #expect(try await station.post(journal, 1...1, client).status == 200)
            let notice = try county.county.pickupNotice(Self.one, station: station.id)
            #expect(notice.n == 1)
            #expect(notice.code == first.code)
            #expect(try county.county.reissue(Self.one, station: station.id).n == 2)
        }
    }

    @Test("An order for what the station refuses, since it is announced only, says so; a new code says when it counts")
    func announcedOnly() async throws {
        try await withParcels { county, station, client in
            let (books, id) = (county.county, station.id)
            var journal = WrittenJournal(id)
            journal.append(ParcelFacts.stored(Self.two))
            #expect(try await station.post(journal, 1...1, client).status == 200)
            let note = "\(Self.one): not at \(id) by its last news; the station refuses this unless it has come in"
            let recall = try books.recall([Self.one, Self.two], station: id)
            #expect(recall.waybills.count == 2 && recall.notes.count == 1)
            #expect(recall.notes.first?.hasPrefix(note) == true)
            #expect(try books.extendHold(Self.one, hours: 5, station: id).notes.first?.hasPrefix(note) == true)
            let reissue = try books.reissue(Self.one, station: id).order
            #expect(reissue.notes.count == 2 && reissue.notes.first?.hasPrefix(note) == true)
            #expect(reissue.notes.last?.hasPrefix("the new code counts only if it has come in by then") == true)
            #expect(try books.recall([Self.two], station: id).notes == [])
            #expect(try books.extendHold(Self.two, hours: 5, station: id).notes == [])
            #expect(try books.reissue(Self.two, station: id).order.notes == [])
            // Recipients of announced parcels may have been told all the same.
            #expect(try books.notice([Self.one], station: id).notes == [])
        }
    }

    @Test("What is not at the station, or asks too much, is refused at the desk with the cause")
    func refused() async throws {
        try await withParcels { county, station, client in
            let (books, id) = (county.county, station.id)
            let long = String(repeating: "x", count: 65)
            let orders: [(() throws -> Any, String)] = [
                ({ try books.recall(["JT5261988016578"], station: id) }, "neither announced nor seen"),
                ({ try books.recall(["short"], station: id) }, "is not a waybill number"),
                ({ try books.recall([], station: id) }, "0 waybills"),
                ({ try books.recall([Self.one], station: "yc-none") }, "is not known here"),
                ({ try books.extendHold(Self.one, hours: 0, station: id) }, "1 to 720"),
                ({ try books.notice([Self.one], station: id, failure: long) }, "--failed"),
                ({ try books.notice([Self.one], station: id, failure: "空\u{1B}[2J号") }, "--failed"),
                ({ try books.notice([Self.one], station: id, failure: "空\n号") }, "--failed"),
            ]
            for (order, cause) in orders {
                let fault = #expect(throws: CountyFault.self) { _ = try order() }
                #expect(fault?.description.contains(cause) == true, "\(fault?.description ?? "")")
            }
            var journal = WrittenJournal(station.id)
            journal.append(ParcelFacts.collected(Self.one))
            let answer = try await station.post(journal, 1...1, client)
            #expect(answer.status == 200)
            let fault = #expect(throws: CountyFault.self) { try books.reissue(Self.one, station: id) }
            #expect(fault?.description.contains("has left") == true)
        }
    }

    @Test(
        "Each end of a parcel but a pickup frees its code for good, so that a repeated waybill gets another n",
        arguments: [
            ParcelFacts.retrieved(one), .returned(one), .lost(one),
        ]
    )
    func ends(_ end: ParcelFacts) async throws {
        try await withParcels { county, station, client in
            var journal = WrittenJournal(station.id)
            journal.append(ParcelFacts.stored(Self.one))
            journal.append(end)
            #expect(try await station.post(journal, 1...2, client).status == 200)
            #expect(try county.county.events(of: station.id).allSatisfy { $0.fault == nil })
            #expect(try county.county.pickupNotice(Self.one, station: station.id).state == "closed")
            let again = try county.county.loadManifest(
                Array("waybill,brand\n\(Self.one),SF\n".utf8),
                station: station.id
            )
            #expect(again.raised == [Self.one])
            #expect(try county.county.pickupNotice(Self.one, station: station.id).n == 1)
        }
    }

    @Test("A parcel that was moved within the station is still there under its code")
    func relocated() async throws {
        try await withParcels { county, station, client in
            var journal = WrittenJournal(station.id)
            for fact in [ParcelFacts.stored(Self.one), .takenToMove(Self.one), .relocated(Self.one)] {
                journal.append(fact)
            }
            let answer = try await station.post(journal, 1...2, client)
            #expect(answer.status == 200)
            #expect(try county.county.pickupNotice(Self.one, station: station.id).state == "announced")
            #expect(try await station.post(journal, 3...3, client).status == 200)
            #expect(try county.county.events(of: station.id).allSatisfy { $0.fault == nil })
            #expect(try county.county.pickupNotice(Self.one, station: station.id).state == "stored")
        }
    }
}

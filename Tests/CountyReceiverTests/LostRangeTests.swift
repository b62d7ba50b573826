import CountyReceiver
import HTTPTypes
import HummingbirdTesting
import LockerDomain
import PortFakes
import StationBooks
import SyncWire
import Testing

@Suite("Lost ranges at the county")
struct LostRangeTests {
    @Test("the range is noted and jumped by receipt, check, reading and overview")
    func jumped() async throws {
        try await withStation { county, station, client in
            var journal = WrittenJournal(station.id)
            journal.append(count: 9)
            _ = try await station.post(journal, 1...3, client)
            let receipt: Acknowledgement = try await station.post(journal, 7...9, lost: 4...6, client).decoded()
            #expect(receipt.acknowledged == 9 && receipt.hash == Hex.encode(journal.hashes[9]))
            let check = try #require(try county.county.verify(station.id).first)
            #expect(check.broken == nil && check.events == 6 && check.lost == ["4-6"])
            let overview = try #require(try county.county.overview().first)
            #expect(overview.incarnations.first?.lost == ["4-6"])
            #expect(overview.lines(now: county.clock.now).contains { $0.value.contains("lost 丢失 4-6") })
            for (after, first, lost) in [(0, 1, nil), (3, 7, 4...6), (4, 7, 5...6), (6, 7, nil)]
                as [(Int, Int, ClosedRange<Int>?)]
            {
                let answer = try await station.send(
                    .get,
                    "/v1/stations/\(station.id)/events",
                    client,
                    query: "after=\(after)&limit=9"
                )
                let last = first == 1 ? 3 : 9
                #expect(answer.body == Batch.join(journal.lines(first...last)))
                let name = try #require(HTTPField.Name("locker-chain"))
                let header = try #require(answer.headers[name].flatMap(ChainHeader.init))
                #expect(header.first == first && header.last == last && header.lost == lost)
                #expect(header.before == journal.hashes[first - 1] && header.after == journal.hashes[last])
            }
        }
    }

    @Test("lines that turn up later are stored in their place, and the chain is whole")
    func found() async throws {
        try await withStation { county, station, client in
            var journal = WrittenJournal(station.id)
            journal.append(count: 9)
            #expect(try await station.post(journal, 5...9, lost: 1...4, client).status == 200)
            #expect(try county.county.verify(station.id).map(\.lost) == [["1-4"]])
            #expect(try await station.post(journal, 1...2, client).problem == .chainForked)
            #expect(try await station.post(journal, 3...6, client).status == 200)
            #expect(try county.county.verify(station.id).map(\.lost) == [["1-2"]])
            #expect(try await station.post(journal, 1...4, client).status == 200)
            let check = try #require(try county.county.verify(station.id).first)
            #expect(check.broken == nil && check.events == 9 && check.lost.isEmpty)
        }
    }

    @Test("a journal that goes on with the state kept forgets no parcel and sends no command again")
    func stateKept() async throws {
        try await withStation { county, station, client in
            var journal = WrittenJournal(station.id, incarnation: String(repeating: "b", count: 32))
            journal.append("station.journalReplaced", #"{"reason":"damaged","stateKept":true}"#)
            let before = try await station.commands(client).count
            #expect(try await station.post(journal, 1...1, client).status == 200)
            #expect(try await station.commands(client).count == before)
        }
    }

    @Test("what the station counts as sent and is not here is shown")
    func missing() async throws {
        try await withStation { county, station, client in
            var journal = WrittenJournal(station.id)
            journal.append(count: 9)
            _ = try await station.post(journal, 1...6, client)
            for (sent, missing) in [(6, 0), (9, 3), (4, 0)] {
                let report = StatusReport(
                    StationState(),
                    settings: StationSettings(id: station.id, doors: []),
                    storage: .ok,
                    now: Moment(wall: county.clock.now, uptime: 0, clock: .ntp),
                    version: "test",
                    eventsWaiting: 0,
                    oldestUnsentSeconds: nil,
                    journal: JournalReport(
                        incarnation: journal.incarnation,
                        last: 9,
                        hash: Hex.encode(journal.hashes[9]),
                        acknowledged: sent
                    )
                )
                let answer = try await station.send(
                    .put,
                    "/v1/stations/\(station.id)/status",
                    client,
                    headers: [("content-type", "application/json")],
                    body: CanonicalJSON.encode(report)
                )
                #expect(answer.status == 204)
                let overview = try #require(try county.county.overview().first)
                #expect(overview.missing == missing)
                let isShown = overview.lines(now: county.clock.now).contains { $0.value.contains("CHECK 请核对") }
                #expect(isShown == (missing > 0))
            }
        }
    }

    @Test("an extension whose end stands in a lost range is not ordered again, but shown; what does no harm twice is")
    func commandLost() async throws {
        try await withStation { county, station, client in
            let (desk, id, waybill) = (county.county, station.id, "SF7444404156500")
            _ = try desk.loadManifest(Array("运单号,品牌,手机号\n\(waybill),SF,13812345678\n".utf8), station: id)
            _ = try desk.extendHold(waybill, hours: 24, station: id)
            #expect(try await station.commands(client).map(\.number) == [1, 2])
            var journal = WrittenJournal(id)
            journal.append(count: 4)
            #expect(try await station.post(journal, 1...1, client).status == 200)
            #expect(try await station.post(journal, 4...4, lost: 2...3, client).status == 200)
            let query = CommandQuery(
                wait: 0,
                after: 2,
                highest: 2,
                end: CommandQuery.End(incarnation: journal.incarnation, last: 4)
            )
            let path = "/v1/stations/\(id)/commands"
            let list: CommandList = try await station.send(.get, path, client, query: query.text).decoded()
            #expect(list.commands.map(\.number) == [3] && list.commands.first?.type == "manifest")
            let failed = try #require(try desk.overview().first?.commandsFailed)
            #expect(failed.map(\.number) == [2] && failed.first?.reason?.contains("结果已丢失") == true)
        }
    }
}

import CountyBooks
import CountyReceiver
import PortFakes
import SyncWire
import Testing

@Suite("What the county's files take of the disk")
struct StorageDeskTests {
    @Test("a county without events says so, and its file has a size")
    func empty() async throws {
        try await withStation { county, _, _ in
            let state = try county.county.storage(since: 0)
            #expect(state.events == 0 && state.firstReceived == nil && state.recentEvents == 0)
            #expect(state.countyBytes > 0 && state.booksBytes == 0 && state.freeBytes > 0)
            #expect(state.bytesAnEvent == nil)
        }
    }

    @Test("events are counted from the moment that is asked for, by when they came")
    func recent() async throws {
        try await withStation { county, station, client in
            var journal = WrittenJournal(station.id)
            journal.append(count: 9)
            let first = county.clock.now
            _ = try await station.post(journal, 1...4, client)
            county.clock.advance(minutes: 1)
            _ = try await station.post(journal, 5...9, client)
            let desk = county.county
            let all = try desk.storage(since: 0)
            #expect(all.events == 9 && all.recentEvents == 9 && all.firstReceived == first)
            #expect(try desk.storage(since: first).recentEvents == 9)
            #expect(try desk.storage(since: first + 1).recentEvents == 5)
            #expect(try desk.storage(since: first + 60_000).recentEvents == 5)
            #expect(try desk.storage(since: first + 60_001).recentEvents == 0)
        }
    }
}

import CountyBooks
import CountyReceiver
import CountySQLite
import LockerDomain
import PortFakes
import SyncWire
import Testing

@Suite("Days of lost events in the books")
struct LossTests {
    @Test("are kept as such, read so, and the same after a rebuild; a day between them and the next is whole")
    func days() async throws {
        let bench = try Bench()
        defer { withExtendedLifetime(bench) {} }
        try bench.enrol("yc-01")
        var journal = WrittenJournal("yc-01")
        for day in ["18", "19", "20", "21", "21"] { journal.append(time: "2025-11-\(day)T01:00:00.000Z") }
        try await bench.send(journal, 1...1)
        var header = journal.header(3...5)
        header.lost = 2...2
        _ = try await bench.county.ingest.take(
            station: "yc-01",
            header: header,
            body: Batch.join(journal.lines(3...5)),
            time: Bench.received
        )
        let keeper = try bench.makeKeeper()
        try keeper.catchUp()
        let month = try #require(CountyPeriod(.month, "2025-11"))
        let days = try #require(try BooksReader(keeper).days(month).days["yc-01"])
        let lossy = days.filter(\.isLossy).map { "\(CivilDay(number: $0.day))" }
        #expect(lossy == ["2025-11-18", "2025-11-19", "2025-11-20"])
        #expect(days.allSatisfy { !$0.isLossy || $0.mayHaveRun })
        let dump = try bench.dump()
        _ = try bench.makeKeeper().rebuild()
        #expect(try bench.dump() == dump)
    }
}

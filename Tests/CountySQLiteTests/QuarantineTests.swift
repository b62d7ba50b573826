import CountyBooks
import CountyReceiver
import CountySQLite
import PortFakes
import SyncWire
import Testing

@Suite("Lines that nobody can read yet")
struct QuarantineTests {
    private let unknown = "parcel.teleported"

    /// A later version, which knows a type that this one does not.
    private var later: LineReading {
        LineReading(fingerprint: "later") { [unknown] bytes in
            let text = String(decoding: bytes, as: UTF8.self)
            return try? EventLine(decoding: Array(text.replacing(unknown, with: "station.stopped").utf8))
        }
    }

    @Test("are listed, taken in by a later version, and then listed no longer")
    func takenIn() async throws {
        let bench = try Bench()
        defer { withExtendedLifetime(bench) {} }
        try bench.enrol("yc-01")
        var journal = WrittenJournal("yc-01")
        journal.append(count: 3)
        journal.append(unknown)
        // Another station's line stays strange for every version.
        journal.append(source: "yc-02")
        try await bench.send(journal, 1...5)
        try bench.makeKeeper().catchUp()
        let first = BooksReader(try bench.makeKeeper())
        #expect(try first.state().quarantined == 2)
        #expect(try first.quarantined(limit: 10).map(\.sequence) == [5, 4])
        #expect(try bench.counted("yc-01") == 3)
        #expect(throws: CountyFault.self, "it could not read all that the books are made of") {
            try bench.makeKeeper(mayReplace: false, reading: later).catchUp()
        }
        let keeper = try bench.makeKeeper(reading: later)
        try keeper.catchUp()
        #expect(try bench.counted("yc-01") == 4)
        let second = BooksReader(keeper)
        #expect(try second.state().quarantined == 1)
        #expect(try second.quarantined(limit: 10).map(\.sequence) == [5])
        #expect(try bench.county.events(of: "yc-01").map(\.fault).map { $0 == nil } == [true, true, true, true, false])
        #expect(try bench.county.overview().first?.quarantined == 1)
    }

    @Test("are no loss of events: nothing is missing where they stand")
    func noLoss() async throws {
        let bench = try Bench()
        defer { withExtendedLifetime(bench) {} }
        try bench.enrol("yc-01")
        var journal = WrittenJournal("yc-01")
        journal.append(time: "2025-11-20T01:00:00.000Z")
        journal.append(unknown)
        journal.append(time: "2025-11-21T01:00:00.000Z")
        try await bench.send(journal, 1...3)
        try bench.makeKeeper().catchUp()
        let dump = try bench.dump().filter { $0.hasPrefix("day ") }
        #expect(dump.allSatisfy { $0.contains("mayHaveRun:0") }, "\(dump)")
        _ = try bench.makeKeeper().rebuild()
        #expect(try bench.dump().filter { $0.hasPrefix("day ") } == dump)
    }
}

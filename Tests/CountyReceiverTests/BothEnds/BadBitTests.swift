import CountyReceiver
import Foundation
import GRDB
import HummingbirdTesting
import LockerDomain
import PortFakes
import SQLiteJournal
import StationBooks
import StationEngine
import StationPorts
import SyncWire
import Testing

@Suite("One bad bit or a missing row in the journal, with both real ends")
struct BadBitTests {
    /// A station with a dozen scans and more in its journal, of which the county has nothing yet.
    private func withRealStation(
        journal: @Sendable (String) -> WrittenJournal? = { _ in nil },
        _ work: @Sendable (RealStation, TestCounty) async throws -> Void
    ) async throws {
        try await withStation { county, station, client in
            let real = try await RealStation(station, at: county, client, journal: journal(station.id))
            if try real.outbox.incarnation(1)?.last ?? 0 < 9 { await real.scan(12) }
            try await work(real, county)
        }
    }

    /// What the card does to row 5, and to row 6 where two are gone.
    enum Harm: String, CaseIterable, Sendable {
        case badBytes =
            "UPDATE event SET bytes = CAST(substr(bytes, 1, 20) || '_' || substr(bytes, 22) AS BLOB) WHERE position = ?1"
        case badBytesAndHash = "UPDATE event SET bytes = x'7b7d', hash = zeroblob(32) WHERE position = ?1"
        case missing = "DELETE FROM event WHERE position = ?1"
    }

    @Test("an unsent row that cannot be read travels as a lost range, and the rest arrives", arguments: Harm.allCases)
    func unsent(harm: Harm) async throws {
        try await withRealStation { station, county in
            try station.damage(harm.rawValue, [RealStation.row(1, 5)])
            try await station.sendAll()
            #expect(try station.checkedAtCounty() == [["5-5"], []])
            let head = await station.engine.head()
            #expect(head.generation == 2)
            let events = try county.county.events(of: station.id)
            #expect(!events.contains { $0.fault != nil })
            let second = try #require(try station.line(2, 1))
            guard case .stationJournalReplaced(let fact) = try EventLine(decoding: second.bytes).event else {
                Issue.record("the incarnation was not closed")
                return
            }
            #expect(fact.reason == .damaged && fact.stateKept == true)
            #expect(fact.lostFirst == EventLine.text(ofSequence: 5) && fact.lostLast == fact.lostFirst)
            let view = await station.engine.view(faults: [], simulated: true)
            #expect(!view.state.contentsLost && view.state.door("A01").contents != .unknown)
        }
    }

    @Test("a range is declared once, and two ranges close one incarnation")
    func twice() async throws {
        try await withRealStation { station, _ in
            try station.damage(Harm.missing.rawValue, [RealStation.row(1, 3)])
            try station.damage(Harm.badBytes.rawValue, [RealStation.row(1, 7)])
            try station.damage(Harm.missing.rawValue, [RealStation.row(1, 8)])
            try await station.sendAll()
            #expect(try station.checkedAtCounty() == [["3-3", "7-8"], []])
            #expect(await station.engine.head().generation == 2)
        }
    }

    @Test("the newest row, with nothing behind it, closes the incarnation and the rest goes on")
    func newest() async throws {
        try await withRealStation { station, county in
            let last = await station.engine.head().sequence
            try station.damage(Harm.badBytes.rawValue, [RealStation.row(1, last)])
            try await station.sendAll()
            await station.scan(2)
            try await station.sendAll()
            #expect(try station.checkedAtCounty() == [[], []])
            #expect(try county.county.overview().first?.incarnations.first?.acknowledged == last - 1)
        }
    }

    @Test("a bad hash that the neighbours prove loses nothing", arguments: ["hash", "before"])
    func provenHash(column: String) async throws {
        try await withRealStation { station, county in
            try station.damage("UPDATE event SET \(column) = zeroblob(32) WHERE position = ?", [RealStation.row(1, 5)])
            try await station.sendAll()
            #expect(try station.checkedAtCounty() == [[]])
            #expect(await station.engine.head().generation == 1)
        }
    }

    @Test("what the county has is put back byte for byte, and closes nothing", arguments: Harm.allCases)
    func acknowledged(harm: Harm) async throws {
        try await withRealStation { station, _ in
            try await station.sendAll()
            let lines = try (5...6).map { try station.line(1, $0) }
            for sequence in 5...6 { try station.damage(harm.rawValue, [RealStation.row(1, sequence)]) }
            let finding = try await ChainAudit.run(station.outbox)
            #expect(finding.broken == [JournalRange(generation: 1, sequences: 5...6)])
            await station.runner.found(finding)
            try await station.sendAll { try (5...6).map { try station.line(1, $0) } == lines }
            #expect(try await ChainAudit.run(station.outbox).isIntact)
            #expect(try station.checkedAtCounty() == [[]])
            #expect(await station.engine.head().generation == 1)
        }
    }

    @Test("what was sent, but for the answer, is asked for and put back rather than lost")
    func answerLost() async throws {
        try await withRealStation { station, _ in
            try await station.sendAll()
            let line = try station.line(1, 5)
            try station.outbox.acknowledge(JournalPosition(generation: 1, sequence: 4))
            try station.damage(Harm.badBytes.rawValue, [RealStation.row(1, 5)])
            try await station.sendAll()
            #expect(try station.line(1, 5) == line)
            #expect(try station.checkedAtCounty() == [[]])
            #expect(await station.engine.head().generation == 1)
        }
    }

    @Test(
        "a cursor that points anywhere is found by one batch of each incarnation",
        arguments: [(1, 2), (1, 500), (7, 0), (0, 3), (1, 1 << 39)]
    )
    func cursor(generation: Int, sequence: Int) async throws {
        try await withRealStation { station, county in
            for isKnown in [true, false] {
                try await station.sendAll()
                let row = RealStation.row(generation, sequence)
                // One bit in one column, and one that no copy betrays.
                let again = isKnown ? ", again = ~?1" : ""
                try station.damage("UPDATE cursor SET acknowledged = ?1\(again)", [row])
                await station.scan(1)
                try await station.sendAll()
                #expect(try station.checkedAtCounty() == [[]])
            }
            let events = try county.county.events(of: station.id)
            #expect(events.count == (await station.engine.head()).sequence)
        }
    }

    @Test("a cursor beyond what the county has goes back")
    func cursorAhead() async throws {
        try await withRealStation { station, county in
            try station.outbox.acknowledge(JournalPosition(generation: 1, sequence: 8))
            try await station.sendAll()
            #expect(try county.county.events(of: station.id).count == (await station.engine.head()).sequence)
            #expect(try station.checkedAtCounty() == [[]])
        }
    }

    @Test("a line that the county calls unreadable is found, left out and declared, and the rest arrives")
    func refused() async throws {
        try await withRealStation(journal: { id in
            var journal = WrittenJournal(id)
            journal.append(count: 6)
            journal.append(id: "\(journal.incarnation)/000000000099")
            journal.append(count: 5)
            return journal
        }) { station, county in
            try await station.sendAll()
            #expect(try station.checkedAtCounty() == [["7-7"], []])
            #expect(try county.county.events(of: station.id).contains { $0.type == "station.journalReplaced" })
            #expect(await station.engine.head().generation == 2)
        }
    }
}

import LockerDomain
import PortFakes
import StationCore
import StationPorts
import SyncWire
import Testing

@Suite("What of the rows of a journal can be relied on")
struct ChainReadingTests {
    private typealias Change = @Sendable (inout [JournalLine]) -> Void

    private func read(_ change: Change = { _ in }, after sequence: Int = 0) throws -> ChainReading {
        let shelf = try Shelf([9])
        var rows = Array(shelf.journal.all.dropFirst(sequence))
        let front = sequence == 0 ? Chain.start : shelf.journal.all[sequence - 1].hash
        change(&rows)
        return ChainReading(rows, after: sequence, front: front)
    }

    @Test("an intact journal is one run")
    func intact() throws {
        let reading = try read()
        #expect(reading.parts == [.lines(try Shelf([9]).journal.all)])
        #expect(reading.mended.isEmpty && reading.broken.isEmpty)
        #expect(ChainReading([], after: 4, front: nil).parts.isEmpty)
    }

    @Test("bad bytes break their row, wherever it stands", arguments: [1, 2, 5, 9])
    func bytes(sequence: Int) throws {
        let reading = try read { $0[sequence - 1].bytes[5] ^= 1 }
        #expect(reading.broken == [sequence...sequence])
        #expect(reading.mended.isEmpty)
    }

    @Test("a missing row, and several in a row, are one break", arguments: [[1], [5], [4, 5, 6], [1, 2]])
    func missing(sequences: [Int]) throws {
        let reading = try read { rows in rows.removeAll { sequences.contains($0.position.sequence) } }
        #expect(reading.broken == [sequences[0]...sequences[sequences.count - 1]])
    }

    @Test("a bad row next to a missing one is one break with it")
    func mixed() throws {
        let reading = try read {
            $0[5].bytes = [0x7B, 0x7D]
            $0.remove(at: 4)
        }
        #expect(reading.broken == [5...6])
        #expect(reading.firstRun?.count == 4)
    }

    @Test("a bad hash, or a bad hash in front, is mended from the neighbours", arguments: [1, 2, 5, 8])
    func mended(sequence: Int) throws {
        let line = try Shelf([9]).journal.all[sequence - 1]
        for change in [{ $0.hash[0] ^= 1 }, { $0.before[31] ^= 8 }] as [@Sendable (inout JournalLine) -> Void] {
            let reading = try read { change(&$0[sequence - 1]) }
            #expect(reading.mended == [line])
            #expect(reading.broken.isEmpty)
        }
    }

    @Test("nobody proves the hash of the last row")
    func last() throws {
        #expect(try read { $0[8].hash[0] ^= 1 }.broken == [9...9])
        #expect(try read { $0[8].before[0] ^= 1 }.broken.isEmpty)
    }

    @Test("a row that another one stands in front of takes the place of it")
    func replaced() throws {
        let reading = try read { rows in
            rows[4].bytes[5] ^= 1
            rows[4].hash = Chain.next(after: rows[4].before, bytes: rows[4].bytes)
        }
        #expect(reading.broken == [5...5])
    }

    @Test("a row whose number has a bad bit is left out, and missing in its place")
    func number() throws {
        let shelf = try Shelf([9])
        var rows = shelf.journal.all
        rows[4].position.sequence += 1 << 20
        rows.append(rows.remove(at: 4))
        let named = rows.map { row in
            var row = row
            let text = "{\"id\":\"x/\(row.position.sequence & 0xFF)\"}"
            row.bytes = Array(text.utf8)
            return row
        }
        let reading = ChainReading(named, after: 0, front: nil)
        #expect(!reading.broken.contains { $0.upperBound > 9 })
    }
}

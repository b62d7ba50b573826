import LockerTestKit
import Simulator
import Testing

@Suite("What stations decide is what was recorded")
struct OracleTests {
    /// `make oracle` takes all of them.
    private static let sample: [UInt64] = [3, 27, 64, 101, 138, 175, 200]

    @Test("a sample of the recorded worlds decides the same, to the last answer")
    func sample() throws {
        let bytes = try #require(TestFiles.bytes("SimulationTests/Oracle.txt"))
        let record = String(decoding: bytes, as: UTF8.self)
        #expect(record.split(separator: "\n").count == Oracle.seeds.count)
        #expect(Oracle.differences(to: record, seeds: Self.sample) == [])
    }

    @Test("a world that decides something else is told from the recorded one")
    func differs() {
        let line = Oracle.line(seed: 3)
        #expect(Oracle.differences(to: line, seeds: [3]) == [])
        #expect(Oracle.differences(to: String(line.dropLast()) + "!", seeds: [3]).count == 1)
        #expect(Oracle.differences(to: "", seeds: [3]) == ["3 not recorded became \(line)"])
    }
}

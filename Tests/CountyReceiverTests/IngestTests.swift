import CountyReceiver
import LockerDomain
import LockerTestKit
import PortFakes
import SyncWire
import Testing

@Suite("Ingest")
struct IngestTests {
    @Test("The same batch from many sides at once is stored once")
    func atOnce() async throws {
        let (county, journal) = try prepared(count: 400)
        defer { county.remove() }
        let outcomes = try await withThrowingTaskGroup { group in
            for _ in 0..<8 {
                group.addTask {
                    try await county.county.ingest.take(
                        station: "yc-1",
                        header: journal.header(1...400),
                        body: Batch.join(journal.lines),
                        time: 1
                    )
                }
            }
            return try await group.reduce(into: [ChainBook.Outcome]()) { $0.append($1) }
        }
        #expect(Set(outcomes) == [.stored(acknowledged: 400, hash: journal.hashes[400])])
        #expect(try county.county.events(of: "yc-1").count == 400)
        #expect(try county.county.verify("yc-1").map(\.events) == [400])
    }

    @Test("Whatever order batches come in, the books hold a prefix of the journal", arguments: 1...8)
    func anyOrder(seed: UInt64) async throws {
        let (county, journal) = try prepared(count: 60)
        defer { county.remove() }
        var random = SplitMix(seed: seed)
        var acknowledged = 0
        while acknowledged < 60 {
            let first = Int.random(in: 1...60, using: &random)
            let range = first...Int.random(in: first...60, using: &random)
            let outcome = try await county.county.ingest.take(
                station: "yc-1",
                header: journal.header(range),
                body: Batch.join(journal.lines(range)),
                time: 1
            )
            if first > acknowledged + 1 {
                #expect(outcome == .gap(expected: acknowledged + 1))
            } else {
                acknowledged = max(acknowledged, range.upperBound)
                #expect(outcome == .stored(acknowledged: acknowledged, hash: journal.hashes[acknowledged]))
            }
        }
        #expect(try county.county.events(of: "yc-1").map(\.bytes) == journal.lines)
        #expect(try county.county.verify("yc-1").allSatisfy { $0.broken == nil })
    }

    @Test("Layouts that are no batch are malformed", arguments: ["", "[]", "[\n\n]", "[\n{}\n{}\n]", "[\n{},\n\n]"])
    func layout(body: String) async throws {
        let (county, journal) = try prepared(count: 1)
        defer { county.remove() }
        await #expect(throws: Problem.self) {
            try await county.county.ingest.take(
                station: "yc-1",
                header: journal.header(1...1),
                body: Array(body.utf8),
                time: 1
            )
        }
    }

    private func prepared(count: Int) throws -> (TestCounty, WrittenJournal) {
        let county = try TestCounty()
        _ = try county.county.makeEnrolmentToken(station: "yc-1")
        var journal = WrittenJournal("yc-1")
        journal.append(count: count)
        return (county, journal)
    }
}

import FoundationEssentials
import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

@Suite("Random days")
struct WalkTests {
    @Test("whatever happens, the books hold")
    func walk() throws {
        var seen: Set<EventType> = []
        let seeds = Seeds.all(fixed: 12)
        for seed in seeds {
            var walk = Walk(seed: seed)
            for step in 0..<2_500 {
                walk.step()
                let complaints = walk.complaints()
                #expect(complaints.isEmpty, "seed \(seed), step \(step), \(walk.input): \(complaints)")
                if !complaints.isEmpty { return }
            }
            let bytes = try JSONEncoder().encode(walk.cabinet.state)
            #expect(try JSONDecoder().decode(StationState.self, from: bytes) == walk.cabinet.state, "seed \(seed)")
            seen.formUnion(walk.cabinet.journal.map(\.event.type))
        }
        // The fixed seeds see everything; a seed that is repeated alone need not.
        guard seeds.count > 1 else { return }
        // No walk loses or removes a part of its journal.
        let ofTheJournal: Set<EventType> = [.stationJournalPruned, .stationBooksRecovered]
        let missed = Set(EventType.allCases).subtracting(seen).subtracting(ofTheJournal)
        #expect(missed.isEmpty, "walks that never see these prove little")
    }
}

import Simulator
import Testing

@Suite("The simulation can fail: every broken rule is found")
struct MutantTests {
    /// Worlds that a mutant may survive.
    private static let worldsMax: UInt64 = 240

    @Test("a mutant is found, and by the sentence that it breaks", arguments: Mutant.all)
    func found(mutant: Mutant) throws {
        let known = Seeds.ofMutants[mutant.name].map { [$0] } ?? []
        for seed in known + (1...Self.worldsMax) {
            let world = World(breaking: mutant, seed: seed)
            guard let failure = world.run(days: Simulation.daysPerWorld) else { continue }
            print("mutant: \(mutant.name): found in world \(seed) by: \(failure.invariant)")
            #expect(mutant.sentences.contains(failure.invariant), "\(failure)")
            return
        }
        Issue.record("\(mutant.name) lives after \(Self.worldsMax) worlds")
    }

    @Test("there are enough of them, and the list of worlds names no other")
    func enough() {
        #expect(Mutant.all.count >= 109)
        #expect(Set(Seeds.ofMutants.keys).subtracting(Mutant.all.map(\.name)) == [])
    }
}

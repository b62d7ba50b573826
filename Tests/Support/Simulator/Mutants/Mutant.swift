import LockerDomain
import StationBooks
import StationRules

/// A station or county with one rule broken on purpose. The simulation is worth its time only if it finds them all.
package struct Mutant: Sendable, CustomStringConvertible {
    /// What is broken.
    package var name: String
    /// Sentences that may turn out false first.
    package var sentences: [String]
    var rules: Rules

    package var description: String { name }

    package static let all =
        ofDoors + ofPulses + ofParcels + ofPeople + ofFlows + ofBooks + ofCounter + ofCounty + ofChains + ofUplink
        + ofTrust + ofRecovery

    init(_ name: String, _ invariants: [any Invariant], _ breaks: (inout Rules) -> Void) {
        self.name = name
        sentences = invariants.map(\.sentence)
        rules = Rules()
        breaks(&rules)
    }

    /// A mutant whose decisions are changed after they were made.
    static func rewriting(
        _ name: String,
        _ invariants: [any Invariant],
        _ change: @escaping @Sendable (inout Decision, Input, StationState) -> Void
    ) -> Mutant {
        Mutant(name, invariants) { rules in
            rules.decide = { station, input, now in
                let before = station.state
                let decision = station.decide(input, at: now)
                var changed = decision
                change(&changed, input, before)
                if changed != decision { station.believe(changed.events, after: before, at: now) }
                return changed
            }
        }
    }

    /// A mutant that sees another state than the journal's while it decides a scan.
    static func deluded(
        _ name: String,
        _ invariants: [any Invariant],
        _ delusion: @escaping @Sendable (inout StationState) -> Void
    ) -> Mutant {
        Mutant(name, invariants) { rules in
            rules.decide = { station, input, now in
                guard case .text = input else { return station.decide(input, at: now) }
                let before = station.state
                var state = before
                delusion(&state)
                station.state = state
                let decision = station.decide(input, at: now)
                station.believe(decision.events, after: before, at: now)
                return decision
            }
        }
    }
}

extension Station {
    /// Takes other events into the books than it made, so that state and journal agree and only the rule is broken.
    mutating func believe(_ events: [Event], after before: StationState, at now: Moment) {
        var state = before
        for event in events { state.apply(event, at: now) }
        self.state = state
    }
}

import LockerDomain
import StationBooks
import StationCore
import StationRules
import SyncWire

extension Mutant {
    /// Rules of what the county gives back of a lost journal.
    static let ofRecovery: [Mutant] = [
        Mutant(
            "what comes back overwrites what was written since",
            [WrittenSince(), EqualBooks(), ReplayIsState(), RisingN()]
        ) { rules in
            rules.spared = { _ in Topics() }
            rules.decide = { station, input, now in
                guard case .booksRecovered(_, let lines) = input, !lines.isEmpty else {
                    return station.decide(input, at: now)
                }
                let touched = station.state.recovery?.touched ?? Topics()
                station.state.recovery?.touched = Topics()
                let decision = station.decide(input, at: now)
                station.state.recovery?.touched = touched
                return decision
            }
        },
        Mutant("the last page does not come back", [ComesBack(), EqualBooks(), TakenBack()]) { rules in
            rules.givenBack = { page, isLast in isLast ? nil : page }
        },
        givenBack("what villagers took back comes back as given", [TakenBack()]) { event in
            if case .delegateWithdrawn = event { false } else { true }
        },
        givenBack("what was collected comes back inside", [ComesBack(), EqualBooks(), OnePlace()]) { event in
            if case .parcelCollected = event { false } else { true }
        },
        broken("keeps nothing beside the event that tells what came back", [World.keepsBeside]) { rules in
            rules.keptBeside = { _ in [] }
        },
        Mutant("a new board does not ask what another one has left", [ComesBack(), EqualBooks()]) { rules in
            rules.takesOver = false
        },
        Mutant("codes of what came back open nothing until the next start", [ComesBack(), RightCode()]) { rules in
            rules.decide = { station, input, now in
                let known = station.codes
                let decision = station.decide(input, at: now)
                if case .booksRecovered = input { station.codes = known }
                return decision
            }
        },
        Mutant("what came back stays doubtful", [ComesBack(), ReplayIsState()]) { rules in
            rules.decide = { station, input, now in
                let before = station.state
                let decision = station.decide(input, at: now)
                guard case .booksRecovered(let fact, _) = input, fact.incarnation == nil else { return decision }
                for parcel in before.parcels.allInside where parcel.isDoubtful {
                    station.state.parcels.change(parcel.waybill) { $0.isDoubtful = true }
                }
                return decision
            }
        },
    ]

    /// A mutant whose pages lack some lines.
    private static func givenBack(
        _ name: String,
        _ invariants: [any Invariant],
        _ keeps: @escaping @Sendable (Event) -> Bool
    ) -> Mutant {
        Mutant(name, invariants) { rules in
            rules.givenBack = { page, _ in
                var page = page
                page.lines.removeAll { bytes in (try? EventLine(decoding: bytes)).map { !keeps($0.event) } ?? false }
                return page
            }
        }
    }
}

import LockerDomain
import StationBooks
import StationRules

extension Mutant {
    static let ofParcels: [Mutant] = [
        Mutant("calls a parcel stored when the door opens", [SeenSteps()]) { rules in
            rules.decide = { station, input, now in
                var decision = station.decide(input, at: now)
                guard case .level(let door, .open) = input, let cycle = station.state.door(door).cycle,
                    cycle.purpose == .deposit, let waybill = cycle.waybills.first,
                    let parcel = station.state.parcels[waybill]
                else { return decision }
                let stored = Event.parcelStored(
                    ParcelStored(
                        waybill: waybill,
                        parties: parcel.parties,
                        direction: .inbound,
                        place: .door(door),
                        n: parcel.n,
                        keyID: "0",
                        evidence: .sensor
                    )
                )
                decision.events.append(stored)
                station.state.apply(stored, at: now)
                return decision
            }
        },
        Mutant("calls a parcel collected when the pulse ends", [SeenSteps()]) { rules in
            rules.decide = { station, input, now in
                var decision = station.decide(input, at: now)
                guard case .pulseEnded(let door, _, _) = input, let cycle = station.state.door(door).cycle,
                    cycle.purpose == .pickup, cycle.phase == .unlocking, let waybill = cycle.waybills.first,
                    let parcel = station.state.parcels[waybill]
                else { return decision }
                let collected = Event.parcelCollected(
                    ParcelCollected(
                        waybill: waybill,
                        parties: parcel.parties,
                        direction: .inbound,
                        place: .door(door),
                        by: .recipient,
                        means: .code,
                        evidence: .sensor
                    )
                )
                decision.events.append(collected)
                station.state.apply(collected, at: now)
                return decision
            }
        },
        rewriting("takes what is assumed for seen", [SeenSteps()]) { decision, _, _ in
            for (index, event) in decision.events.enumerated() {
                guard case .parcelStored(var fact) = event, fact.evidence == .assumed else { continue }
                fact.evidence = .sensor
                decision.events[index] = .parcelStored(fact)
            }
        },
        rewriting("puts two parcels on one shelf place", [OnePlace(), TrueShelf()]) { decision, _, state in
            let taken = state.waiting.compactMap { parcel -> ShelfPlace? in
                if case .shelf(let place)? = parcel.place { place } else { nil }
            }
            for (index, event) in decision.events.enumerated() {
                guard case .parcelStored(var fact) = event, case .shelf = fact.place, let place = taken.first else {
                    continue
                }
                fact.place = .shelf(place)
                decision.events[index] = .parcelStored(fact)
            }
        },
        rewriting("begins again at 0 when a number comes again", [RisingN()]) { decision, _, _ in
            for (index, event) in decision.events.enumerated() {
                guard case .parcelReceived(var fact) = event else { continue }
                fact.n = 0
                decision.events[index] = .parcelReceived(fact)
            }
        },
        rewriting("stores a part under a code of its own", [OwnCode(), RightCode()]) { decision, _, _ in
            for (index, event) in decision.events.enumerated() {
                guard case .parcelStored(var fact) = event else { continue }
                fact.codeOf = nil
                decision.events[index] = .parcelStored(fact)
            }
        },
        deluded("lets a code work after the collection", [OwnCode()]) { state in
            for waybill in state.parcels.keys where state.parcels[waybill]?.status == .collected {
                state.parcels[waybill]?.reusableUntil = .max
            }
        },
        Mutant("takes parcels in while the disk is full", [NoDepositOnReserve()]) { rules in
            rules.decide = { station, input, now in
                let storage = station.storage
                guard storage == .reserve, case .text = input else { return station.decide(input, at: now) }
                station.storage = .ok
                defer { station.storage = storage }
                return station.decide(input, at: now)
            }
        },
    ]
}

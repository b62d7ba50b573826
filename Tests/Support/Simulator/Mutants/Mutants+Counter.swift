import LockerDomain
import StationBooks
import StationRules

extension Mutant {
    /// Rules of the counter, of what comes in and of who may take it.
    static let ofCounter: [Mutant] = [
        deluded("accepts a shipment nobody looked into", [ThreeSystems()]) { state in
            state.session?.draft?.inspected = true
        },
        rewriting("forgets that a shipment goes out of the county", [OwnFields()]) { decision, _, _ in
            for (index, event) in decision.events.enumerated() {
                guard case .shipmentAccepted(var fact) = event else { continue }
                fact.outsideCounty = false
                decision.events[index] = .shipmentAccepted(fact)
            }
        },
        rewriting("takes the number of a photo for that of the order", [OwnFields()]) { decision, _, _ in
            for (index, event) in decision.events.enumerated() {
                guard case .sessionNoted(var fact) = event, fact.note == .photo else { continue }
                fact.note = .order
                decision.events[index] = .sessionNoted(fact)
            }
        },
        rewriting("forgets the size that a sender asked for", [OwnSize()]) { decision, _, _ in
            for (index, event) in decision.events.enumerated() {
                guard case .doorUnlockRequested(var fact) = event, fact.purpose == .dropOff else { continue }
                fact.size = nil
                decision.events[index] = .doorUnlockRequested(fact)
            }
        },
        rewriting("books what its sender takes home again", [NothingLeft()]) { decision, input, state in
            guard case .text(Card.no.text, _) = input, state.session == nil else { return }
            for (index, event) in decision.events.enumerated() {
                guard case .doorPurposeChanged(var fact) = event else { continue }
                (fact.purpose, fact.notPutIn) = (.dropOff, nil)
                decision.events[index] = .doorPurposeChanged(fact)
            }
        },
        rewriting("forgets that what it rejects was accepted", [ThreeSystems()]) { decision, _, _ in
            for (index, event) in decision.events.enumerated() {
                guard case .shipmentRejected(var fact) = event else { continue }
                fact.wasAccepted = nil
                decision.events[index] = .shipmentRejected(fact)
            }
        },
        deluded("overlooks the card of a damaged parcel", [FitPlace()]) { state in
            state.session?.exception = nil
        },
        deluded("puts chilled goods into any door", [FitPlace()]) { state in
            for waybill in state.parcels.keys { state.parcels[waybill]?.chilled = false }
        },
        deluded("puts large parcels behind small doors", [FitPlace()]) { state in
            for waybill in state.parcels.keys { state.parcels[waybill]?.size = .small }
        },
        deluded("puts parcels where their recipients cannot reach", [FitPlace()]) { state in
            for waybill in state.parcels.keys { state.parcels[waybill]?.reach = nil }
        },
        deluded("takes in what nobody agreed to", [FitPlace()]) { state in
            for waybill in state.parcels.keys { state.parcels[waybill]?.consent = .unknown }
        },
        deluded("lets every relative take what waits for others", [OwnCode()]) { state in
            let keys = Set(state.parcels.values.compactMap(\.recipientKey)).sorted()
            for (villager, relative) in zip(keys, keys.dropFirst() + keys.prefix(1)) where villager != relative {
                state.delegations[villager] = Delegation(delegate: .relative(relative), until: .max)
            }
        },
        rewriting("forgets how late a parcel is that is held longer", [NoticedFirst()]) { decision, _, _ in
            for (index, event) in decision.events.enumerated() {
                guard case .parcelHoldExtended(var fact) = event else { continue }
                fact.lateHours = nil
                decision.events[index] = .parcelHoldExtended(fact)
            }
        },
        deluded("opens abnormal doors for everybody", [SupportedDoor(), GivenOnce()]) { state in
            for name in state.doors.keys where state.doors[name]?.isAbnormal == true {
                state.doors[name]?.outOfService = nil
            }
        },
        deluded("takes a support code again", [SupportedDoor()]) { state in
            state.supportCounter = max(1, state.supportCounter) - 1
        },
        rewriting(
            "takes every door for empty when the journal is lost",
            [TrueDoors(), GivenOnce(), OwnDoor(), EqualBooks(), LookedInto()]
        ) { decision, _, _ in
            decision.events.removeAll {
                if case .stationJournalReplaced(let fact) = $0 { fact.reason == .damaged } else { false }
            }
        },
        rewriting("writes the seal of the first bag on the next", [WholeRun()]) { decision, _, state in
            for (index, event) in decision.events.enumerated() {
                guard case .shipmentHandedOver(var fact) = event, fact.seal == nil else { continue }
                fact.seal = state.run?.seals.first
                decision.events[index] = .shipmentHandedOver(fact)
            }
        },
        rewriting("files a report about somebody else's parcel", [SaidSo()]) { decision, _, state in
            for (index, event) in decision.events.enumerated() {
                let other = state.waiting.map(\.waybill).min()
                guard case .parcelDamaged(var fact) = event, state.session == nil, let other else { continue }
                fact.waybill = other
                decision.events[index] = .parcelDamaged(fact)
            }
        },
        rewriting("writes phone numbers into the journal", [NoSecrets()]) { decision, input, _ in
            guard case .text(let text, _) = input else { return }
            for (index, event) in decision.events.enumerated() {
                guard case .parcelContactGiven(var fact) = event else { continue }
                fact.phoneMasked = text
                decision.events[index] = .parcelContactGiven(fact)
            }
        },
    ]
}

import LockerDomain
import StationBooks
import SyncWire

extension StationState {
    /// What the books have behind a door, parcels and shipments.
    func booked(behind door: DoorName) -> Set<Waybill> {
        let sent = shipments.values.filter { $0.isInside && $0.place == .door(door) }.map(\.waybill)
        return Set(parcels(at: .door(door)).map(\.waybill) + sent)
    }
}

struct GivenOnce: Invariant {
    let sentence = "what comes in gets a door that is proven empty, or holds only parcels of the same recipient"

    func judge(_ step: Step, in world: World) -> String? {
        guard case .event(let line, _) = step else { return nil }
        switch line.event {
        case .doorUnlockRequested(let fact):
            guard [.deposit, .dropOff, .shipment].contains(fact.purpose), fact.attempt == 1 else { return nil }
            let door = world.proven.door(fact.door)
            guard door.outOfService == nil, door.cycle == nil else {
                return "\(fact.door) is \(door.contents.rawValue), cycle \(door.cycle?.id ?? 0)"
            }
            return isFit(fact.door, for: fact.waybills, by: fact.purpose, world)
        case .doorParcelAdded(let fact):
            guard let cycle = world.proven.door(fact.door).cycle, cycle.purpose == .deposit else { return nil }
            return shares(fact.waybill, with: cycle.waybills, world) ? nil : "\(fact.waybill) with \(cycle.waybills)"
        default: return nil
        }
    }

    private func isFit(_ name: DoorName, for waybills: [Waybill], by purpose: Purpose, _ world: World) -> String? {
        let contents = world.proven.door(name).contents
        guard contents != .unknown else { return "nobody knows what \(name) holds" }
        let place = Place.door(name)
        let others = world.truth.excuses[place] == nil ? world.truth.inside(place).map(\.booked) : []
        let known = world.proven.booked(behind: name).union(others).subtracting(waybills)
        guard contents == .occupied || !known.isEmpty else { return nil }
        let isShared = purpose == .deposit && waybills.allSatisfy { shares($0, with: Array(known), world) }
        guard isShared, world.proven.session?.proven == true else {
            return "\(name) holds \(known) and is given to \(waybills)"
        }
        return nil
    }

    private func shares(_ waybill: Waybill, with others: [Waybill], _ world: World) -> Bool {
        guard let key = world.proven.parcels[waybill]?.recipientKey else { return false }
        return others.allSatisfy { world.proven.parcels[$0]?.recipientKey == key }
    }
}

struct OnePlace: Invariant {
    let sentence = "no parcel or shipment is in two places or none, and strangers never lie together, by the books"

    func judge(_ step: Step, in world: World) -> String? {
        switch step {
        case .lookedAt, .dayEnded, .recovered: return check(world.proven, world)
        case .event(let line, _):
            switch line.event {
            case .parcelStored(let fact): return lies(fact.waybill, at: fact.place, world)
            case .parcelRelocated(let fact): return lies(fact.waybill, at: fact.place, world)
            case .shipmentDroppedOff(let fact): return lies(fact.waybill, at: fact.place, world)
            case .shipmentStored(let fact): return lies(fact.waybill, at: fact.place, world)
            default: return nil
            }
        default: return nil
        }
    }

    private func lies(_ waybill: Waybill, at place: Place, _ world: World) -> String? {
        let state = world.proven
        let others = state.parcels(at: place).filter { other in
            other.waybill != waybill && !other.isDoubtful && !world.cameBack.contains(other.waybill)
        }
        let key = state.parcels[waybill]?.recipientKey
        if case .door(let door) = place {
            let sent = state.shipments.values.filter {
                $0.isInside && $0.place == place && $0.waybill != waybill && !world.cameBack.contains($0.waybill)
            }
            guard sent.isEmpty else { return "\(door) holds \(sent.map(\.waybill)) and gets \(waybill)" }
            if key != nil, others.allSatisfy({ $0.recipientKey == key }) { return nil }
        }
        return others.isEmpty ? nil : "\(place) holds \(others.map(\.waybill)) and gets \(waybill)"
    }

    /// What came back may lie where the station, which knew nothing of it, has put something else.
    private func check(_ state: StationState, _ world: World) -> String? {
        var taken: [Place: (Waybill, String?)] = [:]
        for parcel in state.parcels.values where parcel.isInside {
            guard let place = parcel.place else { return "\(parcel.waybill) is stored nowhere" }
            if world.cameBack.contains(parcel.waybill) { continue }
            if let (other, key) = taken[place], !parcel.isDoubtful {
                var isShared = false
                if case .door = place { isShared = key != nil && key == parcel.recipientKey }
                guard isShared else { return "\(other) and \(parcel.waybill) at \(place)" }
            }
            taken[place] = (parcel.waybill, parcel.recipientKey)
        }
        for shipment in state.shipments.values where !world.cameBack.contains(shipment.waybill) {
            guard let place = shipment.place else {
                if shipment.status == .droppedOff { return "\(shipment.waybill) was left nowhere" }
                continue
            }
            guard shipment.isInside else { return "\(shipment.waybill) is \(shipment.status) and at \(place)" }
            if let (other, _) = taken[place] { return "\(other) and \(shipment.waybill) at \(place)" }
            taken[place] = (shipment.waybill, nil)
        }
        var moving: Set<Waybill> = []
        for (name, door) in state.doors {
            for waybill in door.cycle?.waybills ?? [] {
                let isNew = door.cycle?.purpose == .dropOff
                guard isNew || state.parcels[waybill] != nil || state.shipments[waybill] != nil else {
                    return "\(waybill) at \(name) is in no book"
                }
                guard moving.insert(waybill).inserted else { return "\(waybill) goes through two doors" }
            }
        }
        return nil
    }
}

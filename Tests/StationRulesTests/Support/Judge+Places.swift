import LockerDomain
import StationBooks
import StationRules

extension Judge {
    /// What must hold of any state.
    func faults(in cabinet: Cabinet) -> [String] {
        faultsOfPlaces(in: cabinet.state) + faultsOfDoors(in: cabinet)
    }

    private func faultsOfPlaces(in state: StationState) -> [String] {
        var faults: [String] = []
        var lying: [Place: [(waybill: Waybill, owner: String)]] = [:]
        for parcel in state.parcels.allInside {
            guard let place = parcel.place else {
                faults.append("\(parcel.waybill) is stored nowhere")
                continue
            }
            lying[place, default: []].append((parcel.waybill, parcel.recipientKey ?? "owner of \(parcel.waybill)"))
        }
        for shipment in state.shipments.values where shipment.isInside {
            guard let place = shipment.place else { continue }
            lying[place, default: []].append((shipment.waybill, "sender of \(shipment.waybill)"))
        }
        for (place, all) in lying {
            if case .shelf = place, all.count > 1 { faults.append("\(all.map(\.waybill)) at \(place)") }
            if Set(all.map(\.owner)).count > 1 { faults.append("different people's \(all.map(\.waybill)) at \(place)") }
            if case .door(let name) = place, state.door(name).contents == .empty {
                faults.append("\(all.map(\.waybill)) behind \(name), which counts as empty")
            }
        }
        let names = lying.values.flatMap { $0.map(\.waybill) }
        if Set(names).count < names.count { faults.append("something lies in two places: \(names.sorted())") }
        return faults
    }

    private func faultsOfDoors(in cabinet: Cabinet) -> [String] {
        let state = cabinet.state
        var faults: [String] = []
        var going: Set<Waybill> = []
        for (name, door) in state.doors {
            if door.contents == .occupied, !isTaken(name, state) { faults.append("\(name) is occupied by nothing") }
            guard let cycle = door.cycle else { continue }
            for waybill in cycle.waybills {
                if !going.insert(waybill).inserted { faults.append("\(waybill) goes through two doors") }
                guard let parcel = state.parcels[waybill] else { continue }
                switch cycle.purpose {
                case .deposit:
                    if parcel.status != .received { faults.append("\(waybill), \(parcel.status), goes into \(name)") }
                case .pickup, .handOut, .agent, .retrieval, .move:
                    if parcel.place != .door(name) { faults.append("\(waybill) is not behind \(name)") }
                case .audit, .reopen, .putBack, .support, .dropOff, .takeOut, .shipment, .senderPickup: break
                }
            }
        }
        let known = Set(cabinet.station.settings.doors.map(\.name))
        for door in state.session?.queue ?? [] where !known.contains(door) {
            faults.append("the queue holds \(door), which is no door")
        }
        return faults
    }

    private func isTaken(_ door: DoorName, _ state: StationState) -> Bool {
        state.parcels.isTaken(.door(door))
            || state.shipments.values.contains { $0.isInside && $0.place == .door(door) }
    }
}

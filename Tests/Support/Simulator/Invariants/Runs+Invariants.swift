import LockerDomain
import StationBooks
import SyncWire

/// Counts what a run brings and takes by itself; bags and seals as the cards said.
struct WholeRun: Invariant {
    let sentence = "a run leaves with what was handed to it, each shipment in the bag and under the seal that were said"
    private var shipments = 0
    private var parcels = 0
    private var isHere = false
    private var bag: String?
    private var seal: String?

    mutating func judge(_ step: Step, in world: World) -> String? {
        guard case .event(let line, _) = step else { return nil }
        switch line.event {
        case .sessionOpened, .sessionClosed: (bag, seal) = (nil, nil)
        case .sessionNoted(let fact):
            if fact.note == .bag {
                if bag != nil, bag != fact.value { seal = nil }
                bag = fact.value
            }
            if fact.note == .seal { seal = fact.value }
        case .runArrived: (shipments, parcels, isHere) = (0, 0, true)
        case .parcelReceived(let fact):
            if fact.how != .move, fact.how != .audit, !isCounted(fact.waybill, world) { parcels += 1 }
        case .shipmentHandedOver(let fact):
            shipments += 1
            guard isHere else { return "\(fact.waybill) left with nobody" }
            guard fact.bag == bag, fact.seal == seal else {
                return "\(fact.waybill) in bag \(fact.bag ?? "-") under seal \(fact.seal ?? "-")"
            }
        case .runDeparted(let fact):
            defer { isHere = false }
            guard fact.parcelsIn == parcels, fact.shipmentsOut == shipments else {
                return "\(fact.run): \(fact.parcelsIn) in, \(fact.shipmentsOut) out, not \(parcels) and \(shipments)"
            }
        default: break
        }
        return nil
    }

    /// Whether it is the first part of what was checked in as one with its bag or run.
    private func isCounted(_ waybill: Waybill, _ world: World) -> Bool {
        guard let whole = world.proven.parcels.announcement(of: waybill), whole.status == .received else {
            return false
        }
        return world.proven.parcels.parts(of: whole.waybill).allSatisfy {
            $0.waybill == waybill || $0.status == .expected
        }
    }
}

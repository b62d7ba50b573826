import LockerDomain
import StationBooks

/// A shipment goes in from the counter: accepted, or rejected and waiting for its sender.
enum ShipmentOpening: OpeningFlow {
    static func completed(_ waybill: Waybill, _ step: Step, in turn: inout Turn) {
        guard let shipment = turn.books.shipments[waybill] else { return }
        let openedAt = Unlocking.seenOpen(at: step.place, in: turn)
        turn.emit(
            .shipmentStored(
                ShipmentStored(
                    waybill: shipment.waybill,
                    parties: shipment.parties,
                    direction: .outbound,
                    place: step.place,
                    evidence: step.evidence,
                    doorOpenedAt: openedAt
                )
            )
        )
        turn.answer(.stored, step.door.rawValue)
    }

    static func failed(_ cycle: DoorCycle, at door: DoorName, in turn: inout Turn) {
        ShipmentPlacing.placeElsewhere(cycle, insteadOf: door, in: &turn)
    }
}

import LockerDomain
import StationBooks

/// The sender takes a shipment back.
enum SenderPickupOpening: OpeningFlow {
    static func completed(_ waybill: Waybill, _ step: Step, in turn: inout Turn) {
        guard let shipment = turn.books.shipments[waybill] else { return }
        let person = step.authority.person
        Senders.giveBack(shipment, from: step.place, by: person, evidence: step.evidence, in: &turn)
    }
}

import LockerDomain
import StationBooks

/// A shipment is taken out to be looked at or to leave.
enum TakeOutOpening: OpeningFlow {
    static func completed(_ waybill: Waybill, _ step: Step, in turn: inout Turn) {
        guard let shipment = turn.books.shipments[waybill] else { return }
        let openedAt = Unlocking.seenOpen(at: step.place, in: turn)
        turn.emit(
            .shipmentTakenOut(
                ShipmentTakenOut(
                    waybill: shipment.waybill,
                    parties: shipment.parties,
                    direction: .outbound,
                    place: step.place,
                    person: step.authority.person ?? "",
                    evidence: step.evidence,
                    doorOpenedAt: openedAt
                )
            )
        )
        // Another person may be at the counter by now, or look at another shipment: it is scanned again.
        guard let session = turn.session, session.work == .outbound, step.authority.person == session.person
        else { return }
        if let open = session.draft { return turn.answer(.finishFirst, open.waybill.rawValue) }
        Sessions.note(.shipment, shipment.waybill.rawValue, .shipmentSteps, by: session, in: &turn)
    }
}

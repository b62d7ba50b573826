import LockerDomain
import StationBooks

/// Accepted or not.
extension Counter {
    /// Accepted only when all three systems are met (实名收寄, 收寄验视, 过机安检).
    static func acceptShipment(by session: Session, in turn: inout Turn) {
        guard worksAtCounter(session, in: &turn) else { return }
        guard let draft = session.draft else { return turn.reject(.outOfContext, .scanShipment) }
        if let missing = draft.missing.first {
            return turn.reject(.incomplete, .missingStep, missing.word(nil))
        }
        guard turn.storage == .ok else { return turn.reject(.storage, .storageReserve) }
        let waybill = draft.waybill
        let known = turn.books.shipments[waybill]
        let parties = parties(of: waybill, in: turn)
        turn.emit(
            .shipmentAccepted(
                ShipmentAccepted(
                    waybill: waybill,
                    parties: parties,
                    direction: .outbound,
                    realName: draft.realName ?? "",
                    inspectedBy: session.person,
                    screened: draft.screened,
                    kind: draft.kind,
                    weightGrams: draft.weightGrams,
                    category: draft.category,
                    platform: draft.platform,
                    order: draft.order,
                    outsideCounty: draft.outside,
                    reusedPackaging: draft.reuse,
                    photo: draft.photo,
                    place: known?.takenFrom,
                    doorOpenedAt: known?.takenOutAt,
                    person: session.person
                )
            )
        )
        turn.answer(.shipmentAccepted)
    }

    static func parties(of waybill: Waybill, in turn: borrowing Turn) -> Parties {
        if let known = turn.books.shipments[waybill] { return known.parties }
        return turn.settings.parties(brand: (try? WaybillReading(waybill.rawValue))?.likelyBrand)
    }

    /// The REJECT card.
    /// - Parameter accepted: an accepted shipment that this session scanned just now: it may be rejected as well, as
    ///   long as it is here.
    static func rejectShipment(
        _ reason: ShipmentRefusal,
        accepted: Waybill?,
        by session: Session,
        in turn: inout Turn
    ) {
        guard worksAtCounter(session, in: &turn) else { return }
        guard let waybill = accepted ?? session.draft?.waybill else {
            return turn.reject(.outOfContext, .scanShipment)
        }
        let known = turn.books.shipments[waybill]
        let parties = parties(of: waybill, in: turn)
        turn.emit(
            .shipmentRejected(
                ShipmentRejected(
                    waybill: waybill,
                    parties: parties,
                    direction: .outbound,
                    reason: reason,
                    person: session.person,
                    wasAccepted: known?.status == .accepted ? true : nil
                )
            )
        )
        keepForSender(waybill, as: known, reason, by: session, in: &turn)
    }

    /// A sender who withdraws a shipment, or who brought it to the counter, is there to take it back, unless it was
    /// accepted: then the sender has gone.
    private static func keepForSender(
        _ waybill: Waybill,
        as known: Shipment?,
        _ reason: ShipmentRefusal,
        by session: Session,
        in turn: inout Turn
    ) {
        guard let known, known.status == .onCounter || known.status == .accepted, reason != .sender else {
            guard let shipment = turn.books.shipments[waybill] else { return }
            return Senders.giveBack(shipment, from: nil, by: session.person, evidence: .scanned, in: &turn)
        }
        // Only the sender of a drop-off has a code that opens a door.
        guard known.takenFrom != nil else { return turn.answer(.keepForSender) }
        let need = DoorChoice.Need(size: known.size ?? turn.settings.defaultSize)
        guard let door = Placing.bestDoor(for: need, in: turn) else { return turn.answer(.keepAtCounter) }
        Unlocking.unlock(door, for: .shipment, of: [waybill], by: .badge(session.person), size: known.size, in: &turn)
        turn.answer(.putIn, door.rawValue)
    }
}

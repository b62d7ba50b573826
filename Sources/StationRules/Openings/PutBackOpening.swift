import LockerDomain
import StationBooks

/// The recipient refuses the parcel and puts it back.
enum PutBackOpening: OpeningFlow {
    static func completed(_ waybill: Waybill, _ step: Step, in turn: inout Turn) {
        guard let parcel = turn.books.parcels[waybill] else { return }
        let openedAt = Unlocking.seenOpen(at: step.place, in: turn)
        turn.emit(
            .parcelRefused(
                ParcelRefused(
                    waybill: parcel.waybill,
                    parties: parcel.parties,
                    direction: .inbound,
                    place: step.place,
                    evidence: step.evidence,
                    doorOpenedAt: openedAt
                )
            )
        )
        turn.answer(.refused)
    }
}

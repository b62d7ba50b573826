import LockerDomain
import StationBooks

/// The recipient, or somebody for them, takes a parcel by code, token or delegation.
enum PickupOpening: OpeningFlow {
    static func completed(_ waybill: Waybill, _ step: Step, in turn: inout Turn) {
        guard let parcel = turn.books.parcels[waybill] else { return }
        Handing.collect(parcel, from: step.place, by: step.authority, evidence: step.evidence, in: &turn)
        Handing.answerCollected(in: &turn)
    }
}

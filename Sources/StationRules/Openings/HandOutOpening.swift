import LockerDomain
import StationBooks

/// The keeper hands a parcel out.
enum HandOutOpening: OpeningFlow {
    static var isTaking: Bool { true }

    static func completed(_ waybill: Waybill, _ step: Step, in turn: inout Turn) {
        guard let parcel = turn.books.parcels[waybill] else { return }
        Handing.collect(parcel, from: step.place, by: step.authority, evidence: step.evidence, in: &turn)
        Handing.answerCollected(in: &turn)
    }
}

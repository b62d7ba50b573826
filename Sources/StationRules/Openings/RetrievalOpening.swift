import LockerDomain
import StationBooks

/// A courier or the keeper takes a parcel back.
enum RetrievalOpening: OpeningFlow {
    static var leadsQueue: Bool { true }

    static var isTaking: Bool { true }

    static func completed(_ waybill: Waybill, _ step: Step, in turn: inout Turn) {
        guard let parcel = turn.books.parcels[waybill] else { return }
        let person = step.authority.person ?? ""
        Retrievals.retrieved(parcel, from: step.place, by: person, evidence: step.evidence, in: &turn)
        Runs.followRun(parcel.waybill, of: person, in: &turn)
        turn.answer(.tookBack)
    }
}

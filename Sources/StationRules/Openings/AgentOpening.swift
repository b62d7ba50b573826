import LockerDomain
import StationBooks

/// An agent takes a parcel for its recipient.
enum AgentOpening: OpeningFlow {
    static var leadsQueue: Bool { true }

    static var isTaking: Bool { true }

    static func completed(_ waybill: Waybill, _ step: Step, in turn: inout Turn) {
        guard let parcel = turn.books.parcels[waybill] else { return }
        let person = step.authority.person ?? ""
        Agents.handToAgent(parcel, from: step.place, by: person, evidence: step.evidence, in: &turn)
        turn.answer(.handedToAgent)
    }
}

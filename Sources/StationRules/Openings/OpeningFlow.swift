import LockerDomain
import StationBooks

/// What one purpose of an opening means for the books once its door was shut, or when it did not open. Each purpose is a
/// file of its own; ``Purpose/flow`` is the only list of them. An opening that is cut short by a stop is the same for all
/// (``Steps/interrupted(_:in:)``).
protocol OpeningFlow {
    /// Whether the next door of the session's work opens after it.
    static var leadsQueue: Bool { get }
    /// Whether the NO card may still say, once the door is shut, that nothing was inside.
    static var isTaking: Bool { get }

    /// The step is over for one of its waybills.
    static func completed(_ waybill: Waybill, _ step: Step, in turn: inout Turn)
    /// The door did not open; the event is written.
    static func failed(_ cycle: DoorCycle, at door: DoorName, in turn: inout Turn)
}

/// A step at a door that is over: seen open and then shut, or assumed (DESIGN rule 8).
struct Step {
    var door: DoorName
    var authority: Authority
    var evidence: Evidence
    /// `false` when the person ends the session, or another person comes: nothing more is opened for them.
    var isFollowed: Bool

    var place: Place { .door(door) }
}

extension OpeningFlow {
    static var leadsQueue: Bool { false }

    static var isTaking: Bool { false }

    static func completed(_ waybill: Waybill, _ step: Step, in turn: inout Turn) {}

    static func failed(_ cycle: DoorCycle, at door: DoorName, in turn: inout Turn) {
        turn.answer(.doorFailed, door.rawValue)
    }
}

extension Purpose {
    /// Its rules.
    var flow: any OpeningFlow.Type {
        switch self {
        case .deposit: DepositOpening.self
        case .pickup: PickupOpening.self
        case .handOut: HandOutOpening.self
        case .putBack: PutBackOpening.self
        case .agent: AgentOpening.self
        case .retrieval: RetrievalOpening.self
        case .move: MoveOpening.self
        case .audit: AuditOpening.self
        case .reopen: ReopenOpening.self
        case .support: SupportOpening.self
        case .dropOff: DropOffOpening.self
        case .takeOut: TakeOutOpening.self
        case .shipment: ShipmentOpening.self
        case .senderPickup: SenderPickupOpening.self
        }
    }
}

import LockerDomain
import StationBooks

/// What one work (DESIGN 4.6) does with the scans of its session. Each work is a file of its own; ``Work/flow`` is the only
/// list of them.
protocol WorkFlow {
    /// Roles that may do it.
    static var roles: Set<Role> { get }
    /// What the person is asked to do.
    static var prompt: Answer.ID { get }
    /// Whether its card needs the PIN, also where no door is opened at once.
    static var needsPIN: Bool { get }
    /// What it takes beside the cards for everybody and those of the session. Last four digits and the card of a place
    /// come to no other work.
    static var takes: Set<WorkScan> { get }
    /// Roles whose NEXT it takes.
    static var nextRoles: Set<Role> { get }

    /// The number of a parcel or shipment, the PIN aside. The role is checked.
    static func label(_ label: Label, by session: Session, in turn: inout Turn)
    /// The last four digits of a phone.
    static func lastFour(_ digits: String, by session: Session, in turn: inout Turn)
    /// The card of a door or shelf place that names what lies there: `parcels`, at least one, no door of theirs in use.
    static func place(_ place: Place, _ parcels: [Parcel], by session: Session, in turn: inout Turn)

    /// Whether the station may do it at all: its operator has filed for the area.
    static func isAllowed(in turn: borrowing Turn) -> Bool
    /// Whether it opens doors in turn.
    static var takesDoors: Bool { get }
    /// Doors that its card opens in turn.
    static func doors(for session: Session, in turn: borrowing Turn) -> [DoorName]
    /// Opens one of them; `false` when it cannot be opened now.
    static func open(_ door: DoorName, by session: Session, in turn: inout Turn) -> Bool
    /// Shelf places with something for it, which no door shows.
    static func shelfPlaces(for session: Session, in turn: borrowing Turn) -> [ShelfPlace]
    /// NEXT, when no question takes it. Returns whether something followed, or was answered.
    static func next(by session: Session, in turn: inout Turn) -> Bool
    /// The card of the work was scanned; says what to do. `opens`: a door follows.
    static func announce(opens: Bool, by session: Session, in turn: inout Turn)
}

/// Kinds of scans that a work may take.
enum WorkScan: String, CaseIterable, Sendable {
    case label, lastFour, place, next
}

extension WorkFlow {
    static var needsPIN: Bool { false }

    static var nextRoles: Set<Role> { takes.contains(.next) ? roles : [] }

    static func label(_ label: Label, by session: Session, in turn: inout Turn) {
        turn.reject(.outOfContext, prompt)
    }

    static func lastFour(_ digits: String, by session: Session, in turn: inout Turn) {
        turn.reject(.outOfContext, prompt)
    }

    static func place(_ place: Place, _ parcels: [Parcel], by session: Session, in turn: inout Turn) {
        turn.reject(.outOfContext, prompt)
    }

    static func isAllowed(in turn: borrowing Turn) -> Bool { true }

    static var takesDoors: Bool { false }

    static func doors(for session: Session, in turn: borrowing Turn) -> [DoorName] { [] }

    static func shelfPlaces(for session: Session, in turn: borrowing Turn) -> [ShelfPlace] { [] }

    static func open(_ door: DoorName, by session: Session, in turn: inout Turn) -> Bool { false }

    static func next(by session: Session, in turn: inout Turn) -> Bool { false }

    static func announce(opens: Bool, by session: Session, in turn: inout Turn) { turn.answer(prompt) }
}

extension Work {
    /// Its rules.
    var flow: any WorkFlow.Type {
        switch self {
        case .receive: Receiving.self
        case .outbound: Outbound.self
        case .retrieve: Retrieving.self
        case .handOut: HandingOut.self
        case .told: Telling.self
        case .take: Taking.self
        case .delivered: Delivering.self
        case .move: Moving.self
        case .extend: Extending.self
        case .join: Joining.self
        case .audit: Auditing.self
        case .delegateAgent: DelegatingAgent.self
        case .delegateRelative: DelegatingRelative.self
        case .withdraw: Withdrawing.self
        case .reportDamaged: ReportingDamaged.self
        case .reportShort: ReportingShort.self
        case .reportLost: ReportingLost.self
        }
    }
}

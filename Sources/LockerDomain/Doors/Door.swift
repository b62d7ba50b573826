/// Size of a compartment or parcel, smallest first.
public enum Size: String, Sendable, Codable, CaseIterable, Comparable {
    case small = "S"
    case medium = "M"
    case large = "L"
    case extraLarge = "XL"

    private var rank: Int {
        switch self {
        case .small: 0
        case .medium: 1
        case .large: 2
        case .extraLarge: 3
        }
    }

    public static func < (left: Size, right: Size) -> Bool { left.rank < right.rank }
}

/// Height of a door, for people who cannot reach up or bend down.
public enum Reach: String, Sendable, Codable, CaseIterable {
    case low, mid, high
}

/// What the sensor of a door says. Unknown is a value (DESIGN rule 5).
public enum DoorLevel: String, Sendable, Codable, CaseIterable {
    case open, closed, unknown
}

/// What is behind a door, as far as the journal can prove it.
public enum Contents: String, Sendable, Codable, CaseIterable {
    case empty, occupied, unknown
}

/// What a door is opened for.
public enum Purpose: String, Sendable, Codable, CaseIterable {
    case deposit, pickup, audit
    /// Another look after the pickup.
    case reopen
    /// The recipient puts the parcel back.
    case putBack
    /// The keeper hands out.
    case handOut
    /// An agent takes it for the recipient.
    case agent
    /// A courier or keeper takes it back.
    case retrieval
    /// Taken out to be put elsewhere.
    case move
    /// A villager's shipment goes in.
    case dropOff
    /// A shipment is taken out to be looked at or to leave.
    case takeOut
    /// A shipment goes in: accepted, or rejected and waiting for its sender.
    case shipment
    /// The sender takes a shipment back.
    case senderPickup
    /// By a support code (客服开箱码): nothing in the books follows from it.
    case support

    /// Whether something goes in.
    public var goesIn: Bool { self == .deposit || self == .dropOff || self == .shipment || self == .putBack }
}

/// One opening of one door, from its durable authorisation to the door seen shut.
public struct DoorCycle: Sendable, Hashable, Codable {
    /// Number of the opening, rising within one incarnation of the journal.
    public var id: Int
    public var purpose: Purpose
    /// Parcels that go in or out.
    public var waybills: [Waybill]
    /// 1 for the first pulse.
    public var attempt: Int
    public var phase: Phase
    /// Who opened it: `code`, `token`, or the badge of a person.
    public var authority: String
    /// Who takes it for the recipient.
    public var delegate: Delegate?
    /// Whether the sensor read open before the pulse already: the step cannot wait for it.
    public var isDoubtful = false
    /// The size that the sender of a shipment asked for.
    public var size: Size?

    package init(
        id: Int,
        purpose: Purpose,
        waybills: [Waybill],
        attempt: Int,
        phase: Phase,
        authority: String,
        delegate: Delegate? = nil,
        isDoubtful: Bool = false,
        size: Size? = nil
    ) {
        (
            self.id, self.purpose, self.waybills, self.attempt, self.phase, self.authority, self.delegate,
            self.isDoubtful, self.size
        ) = (id, purpose, waybills, attempt, phase, authority, delegate, isDoubtful, size)
    }

    /// How far the opening has come.
    public enum Phase: String, Sendable, Codable {
        /// Authorised, pulse ordered; not yet seen open.
        case unlocking
        /// Seen open.
        case open
    }
}

/// What the journal proves about one door.
public struct DoorState: Sendable, Hashable, Codable {
    public var contents: Contents = .empty
    public var level: DoorLevel = .unknown
    /// Why the door is out of service; `nil` when it is in service.
    public var outOfService: String?
    public var cycle: DoorCycle?
    /// Wall time at which the door was last seen open, for the camera recording.
    public var openedAt: Int64?
    /// Wall time until which the recipient may open it again: others get it only when no other door is free.
    public var heldUntil: Int64 = 0
    /// A deposit that was cut short: is the parcel inside? A named person says so.
    public var asksInside: Waybill?
    /// The other parcels of that deposit, asked about one after the other; `nil` when there are none.
    public var asksNext: [Waybill]?
    /// Whether that deposit was a villager's drop-off.
    public var asksAboutShipment = false

    /// All that is asked about, in the order of the questions.
    var asked: [Waybill] { asksInside.map { [$0] + (asksNext ?? []) } ?? [] }

    /// The question about a parcel is answered: the next of the same deposit comes.
    mutating func answered(_ waybill: Waybill) {
        let rest = asked.filter { $0 != waybill }
        asksInside = rest.first
        asksNext = rest.count > 1 ? Array(rest.dropFirst()) : nil
    }

    /// Nothing is asked any more.
    mutating func askNothing() {
        asksInside = nil
        asksNext = nil
    }

    /// Reason of a door that only a support code opens (异常格口).
    public static let abnormal = "abnormal"
    public var isAbnormal: Bool { outOfService == Self.abnormal }
}

/// One door as the configuration describes it.
public struct DoorSettings: Sendable, Hashable, Codable {
    public var name: DoorName
    public var size: Size
    public var reach: Reach
    public var chilled: Bool
    /// Whether a sensor is wired; without one every step is *assumed* (DESIGN rule 8).
    public var hasSensor: Bool

    public init(name: DoorName, size: Size, reach: Reach = .mid, chilled: Bool = false, hasSensor: Bool = true) {
        self.name = name
        self.size = size
        self.reach = reach
        self.chilled = chilled
        self.hasSensor = hasSensor
    }
}

extension DoorState {
    /// A door at rest.
    package init(contents: Contents, level: DoorLevel) {
        self.init()
        (self.contents, self.level) = (contents, level)
    }
}

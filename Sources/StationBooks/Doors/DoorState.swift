public import LockerDomain

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
    /// By what right it was opened.
    public var authority: Authority
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
        authority: Authority,
        isDoubtful: Bool = false,
        size: Size? = nil
    ) {
        (
            self.id, self.purpose, self.waybills, self.attempt, self.phase, self.authority, self.isDoubtful, self.size
        ) = (id, purpose, waybills, attempt, phase, authority, isDoubtful, size)
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
    public var outOfService: OutOfService?
    public var cycle: DoorCycle?
    /// Wall time at which the door was last seen open, for the camera recording.
    public var openedAt: Int64?
    /// Wall time until which the recipient may open it again: others get it only when no other door is free.
    public var heldUntil: Int64 = 0
    /// A deposit that was cut short: is the parcel inside? A named person says so.
    public var asksInside: Waybill?
    /// The other parcels of that deposit, asked about one after the other.
    public var asksNext: [Waybill] = []
    /// Whether that deposit was a villager's drop-off.
    public var asksAboutShipment = false

    /// All that is asked about, in the order of the questions.
    package var asked: [Waybill] { asksInside.map { [$0] + asksNext } ?? [] }

    /// The question about a parcel is answered: the next of the same deposit comes.
    mutating func answered(_ waybill: Waybill) {
        let rest = asked.filter { $0 != waybill }
        asksInside = rest.first
        asksNext = Array(rest.dropFirst())
    }

    /// Nothing is asked any more.
    mutating func askNothing() {
        asksInside = nil
        asksNext = []
    }

    /// Whether only a support code opens it.
    public var isAbnormal: Bool { outOfService == .abnormal }
}

extension DoorState {
    /// A door at rest.
    package init(contents: Contents, level: DoorLevel) {
        self.init()
        (self.contents, self.level) = (contents, level)
    }
}

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

extension Size {
    /// Room of a compartment or need of a parcel in units of the smallest: several parcels of one recipient share a door
    /// while their sum fits.
    package var units: Int {
        switch self {
        case .small: 1
        case .medium: 2
        case .large: 4
        case .extraLarge: 8
        }
    }
}

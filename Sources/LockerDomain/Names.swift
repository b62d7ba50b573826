/// A short name that is also a JSON string and a JSON key.
public protocol Name: RawRepresentable<String>, Sendable, Hashable, Comparable, Codable, CodingKeyRepresentable,
    ExpressibleByStringLiteral, CustomStringConvertible
{
    /// A name from its text.
    init(rawValue: String)
}

extension Name {
    public init(stringLiteral value: String) { self.init(rawValue: value) }
    public var description: String { rawValue }
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// A door of the cabinet (格口), as it is printed on it: `A01`.
public struct DoorName: Name {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// A numbered place on a shelf (货架位): `S1-07`.
public struct ShelfPlace: Name {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Where a parcel goes from hand to hand that was never put anywhere.
    public static let counter = ShelfPlace(rawValue: "counter")

    /// The place of a shelf by its number, counted from 1.
    public init(shelf: String, number: Int) { rawValue = "\(shelf)-\(number < 10 ? "0" : "")\(number)" }
}

/// A waybill number (运单号), normalised: upper-case ASCII without padding.
public struct Waybill: Name {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// A camera by its name in the configuration.
public struct CameraName: Name {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// A scanner or keypad by its port path (`1-1.2`), which outlives cheap devices without serial numbers.
public struct ScannerName: Name {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// Where a parcel lies.
public enum Place: Sendable, Hashable, Codable, CustomStringConvertible {
    case door(DoorName)
    case shelf(ShelfPlace)

    package var isShelf: Bool { if case .shelf = self { true } else { false } }

    private enum Key: String, CodingKey { case door, shelf }

    public init(from decoder: any Decoder) throws {
        let box = try decoder.container(keyedBy: Key.self)
        if let door = try box.decodeIfPresent(DoorName.self, forKey: .door) {
            self = .door(door)
        } else {
            self = .shelf(try box.decode(ShelfPlace.self, forKey: .shelf))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var box = encoder.container(keyedBy: Key.self)
        switch self {
        case .door(let name): try box.encode(name, forKey: .door)
        case .shelf(let place): try box.encode(place, forKey: .shelf)
        }
    }

    /// The name printed at the place.
    public var description: String {
        switch self {
        case .door(let name): name.rawValue
        case .shelf(let place): place.rawValue
        }
    }
}

/// A number that names one of several parcels of a waybill (子母件): `-1-2-` of JD is the first of two; `-0001` of DBL
/// and `-001` do not say how many there are.
public struct ChildParcel: Sendable, Hashable {
    package static let hyphen = UInt8(ascii: "-")

    /// The parent's number: all before the suffix.
    public var stem: Waybill
    /// How many parcels the waybill has; `nil` where the suffix does not say so.
    public var count: Int?
    /// Whether it is the only one, so that both numbers name one parcel (`-1-1-`).
    public var isWhole: Bool { count == 1 }

    /// `nil` for a number without such a suffix.
    public init?(_ number: Waybill) {
        // Nearly all numbers have no hyphen, and this is asked with every parcel that comes into the books.
        guard number.rawValue.utf8.contains(Self.hyphen) else { return nil }
        self.init(Array(number.rawValue.utf8))
    }

    /// How many parts a waybill has, by the numbers of those that came: one where no suffix says how many. One that was read
    /// wrong may have lost its count, and another still says it.
    public static func needed(by parts: [Waybill]) -> Int { parts.compactMap { ChildParcel($0)?.count }.max() ?? 1 }

    init?(_ units: [UInt8]) {
        let stem = Self.stem(of: units)
        guard stem.count < units.count else { return nil }
        self.stem = Waybill(rawValue: String(decoding: stem, as: UTF8.self))
        let groups = units[stem.endIndex...].split(separator: Self.hyphen)
        let numbers = groups.compactMap { Int(String(decoding: $0, as: UTF8.self)) }
        if groups.count == 2, numbers.count == 2, numbers[0] >= 1, numbers[0] <= numbers[1],
            numbers[1] <= Limits.partsMax
        {
            count = numbers[1]
        }
    }

    /// The parent's number: all before a suffix of digits and hyphens, or the whole when there is none or when what is
    /// before it is too short for a number.
    static func stem(of units: [UInt8]) -> ArraySlice<UInt8> {
        guard let cut = units.firstIndex(of: hyphen), cut >= Limits.waybillCharactersMin,
            units[cut...].contains(where: \.isDigit),
            units[cut...].allSatisfy({ $0.isDigit || $0 == hyphen })
        else { return units[...] }
        return units[..<cut]
    }
}

extension Waybill {
    /// The number under which the parcel is in all books: that of the parent for the only parcel of a waybill (`-1-1-`).
    public var ofWhole: Waybill {
        guard ChildParcel(self)?.isWhole == true, let reading = try? WaybillReading(rawValue), reading.isWaybill else {
            return self
        }
        return Waybill(rawValue: reading.normalized)
    }
}

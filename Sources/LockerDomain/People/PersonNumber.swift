/// The number of a person (人员编号). People read and say it as a decimal number, as it stands on the badge; tokens, events
/// and codes hold its eight bytes as 16 hex digits (DESIGN 4.7).
public struct PersonNumber: Sendable, Hashable {
    private static let wireDigits = 16

    /// From 1.
    public let value: UInt64

    /// `nil` for 0, which is nobody.
    public init?(_ value: UInt64) {
        guard value > 0 else { return nil }
        self.value = value
    }

    /// Reads what people write: decimal digits without a zero in front, so that 16 hex digits are never taken for it.
    public init?(decimal text: String) {
        guard let first = text.utf8.first, first != 0x30, text.utf8.allSatisfy(\.isDigit), let value = UInt64(text)
        else { return nil }
        self.init(value)
    }

    /// Reads what tokens and events hold: 16 lower-case hex digits.
    public init?(wire text: String) {
        guard text.utf8.count == Self.wireDigits,
            text.utf8.allSatisfy({ $0.isDigit || (0x61...0x66).contains($0) }),
            let value = UInt64(text, radix: 16)
        else { return nil }
        self.init(value)
    }

    /// The eight bytes, big-endian: the subject of a badge.
    public var bytes: [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: value >> (56 - 8 * $0)) } }

    /// As people read it: `2001`.
    public var decimal: String { String(value) }

    /// As tokens and events hold it: `00000000000007d1`.
    public var wire: String { Hex.encode(bytes) }
}

extension PersonNumber {
    /// Fields of events that name a person, some of them beside other words: `by` may be `county`.
    public static let fields: Set<String> = ["person", "requester", "inspectedBy", "by", "agent", "authority"]

    /// What a field of an event names, as people read it. Whatever is no person's number, such as the id of a badge, stays
    /// as it is.
    ///
    /// - Parameter field: the field's name; the numbers of persons stand in few of them.
    public static func shown(_ text: String, field: String = "person") -> String {
        guard fields.contains(field) else { return text }
        guard field == "authority" else { return PersonNumber(wire: text)?.decimal ?? text }
        guard let space = text.lastIndex(of: " ") else { return text }
        let number = String(text[text.index(after: space)...])
        return PersonNumber(wire: number).map { text[...space] + $0.decimal } ?? text
    }
}

import LockerDomain

/// A phone as sheets carry it: whole, or masked by the carrier already.
public struct SheetPhone: Sendable {
    /// At most the last four digits stay open.
    public let masked: String
    /// National digits; `nil` when some are hidden.
    public let digits: String?

    /// Reads a phone; `nil` for what is none.
    public init?(_ text: String) {
        let marks: Set<Unicode.Scalar> = ["-", "(", ")", "‐", "–", "—"]
        let scalars = SheetCell.halfWidth(text).unicodeScalars.filter { !marks.contains($0) && !SheetCell.isBlank($0) }
        var units = Array(String(scalars).utf8)
        if units.first == 0x2B { units.removeFirst() }
        guard units.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2A }), (7...15).contains(units.count) else {
            return nil
        }
        if units.count == 13, units.starts(with: [0x38, 0x36]) { units.removeFirst(2) }
        guard !Self.isCutMobile(units) else { return nil }
        if units.contains(0x2A) {
            // However much the carrier left open, no more than the last four stay open here (GB/T 41833).
            let tail = units.suffix(4)
            let open = tail.allSatisfy { $0 != 0x2A } ? String(decoding: tail, as: UTF8.self) : "****"
            masked = String(repeating: "*", count: units.count - 4) + open
            digits = nil
        } else {
            let whole = String(decoding: units, as: UTF8.self)
            digits = whole
            masked = Masking.phone(whole)
        }
    }

    /// Whether it begins as mobiles of China do, perhaps behind 86, and has too few digits or too many. No local number
    /// begins with 1, and none with 86 has more than eight digits. A masked one may hide any number of digits.
    private static func isCutMobile(_ units: [UInt8]) -> Bool {
        guard !units.contains(0x2A) else { return false }
        let is86 = units.count > localDigitsMax && units.starts(with: [0x38, 0x36])
        let digits = is86 ? Array(units.dropFirst(2)) : units
        guard digits.count > 1, digits[0] == 0x31, (0x33...0x39).contains(digits[1]) else { return false }
        return digits.count != Limits.mobileDigits
    }

    private static let localDigitsMax = 8
}

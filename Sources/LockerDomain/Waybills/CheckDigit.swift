/// Check digits of identifiers whose rule is published (DOMAIN 6.3).
public enum CheckDigit: String, Sendable, Codable {
    case valid, invalid, none

    /// UPU S10: weights 8 6 4 2 3 5 9 7 over eight digits, 11 − (sum mod 11), 10 → 0, 11 → 5.
    public static func s10(serial: some Sequence<UInt8>) -> UInt8 {
        let sum = zip(serial, [8, 6, 4, 2, 3, 5, 9, 7] as [Int]).reduce(0) { $0 + Int($1.0 - 0x30) * $1.1 }
        switch 11 - sum % 11 {
        case 10: return 0
        case 11: return 5
        case let digit: return UInt8(digit)
        }
    }

    /// GS1 (SSCC, GTIN): weights 3, 1, … from the right of the body, to the next multiple of ten.
    public static func gs1(body: some BidirectionalCollection<UInt8>) -> UInt8 {
        let sum = body.reversed().enumerated().reduce(0) {
            $0 + Int($1.element - 0x30) * ($1.offset.isMultiple(of: 2) ? 3 : 1)
        }
        return UInt8((10 - sum % 10) % 10)
    }

    /// Code 39: the sum of the values of all characters modulo 43, as a character; `nil` for a body that Code 39 has no
    /// characters for.
    static func code39(body: some Sequence<UInt8>) -> UInt8? {
        var sum = 0
        for unit in body {
            guard let value = code39Characters.firstIndex(of: unit) else { return nil }
            sum += value
        }
        return code39Characters[sum % code39Characters.count]
    }

    private static let code39Characters = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%".utf8)

    /// GB 11643 (ID cards; ISO 7064 MOD 11-2): the ASCII character, a digit or X, that ends a body of ASCII digits.
    public static func gb11643(body: some Sequence<UInt8>) -> UInt8 {
        let rest = body.reduce(0) { ($0 + Int($1 - 0x30)) * 2 % 11 }
        let check = (12 - rest) % 11
        return check == 10 ? UInt8(ascii: "X") : 0x30 + UInt8(check)
    }
}

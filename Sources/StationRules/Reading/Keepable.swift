import LockerDomain
import StationBooks

/// Which text may stay on record: printable ASCII no longer than a waybill, and nothing that could be a code, a PIN, a phone
/// number, an identity number or a token (DESIGN rule 10).
enum Keepable {
    static func text(_ text: String, codes: borrowing CodeIndex) -> String? {
        guard isPlain(text, codes: codes) else { return nil }
        return isNumber(text, as: try? WaybillReading(text)) ? text : nil
    }

    /// The number on a label.
    static func text(of label: Label, codes: borrowing CodeIndex) -> String? {
        let number = label.reading.normalized
        guard isPlain(number, codes: codes) else { return nil }
        // Nearly every label is read already as its number would be.
        let reading = number == label.scan.text ? label.reading : try? WaybillReading(number)
        return isNumber(number, as: reading) ? number : nil
    }

    private static func isPlain(_ text: String, codes: borrowing CodeIndex) -> Bool {
        text.utf8.count <= Limits.waybillCharactersMax && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
            && !Card.isDigit(text) && !mayBeSecret(text, codes: codes) && !Token.looksLikeToken(text)
            && !IdentityNumber.isOne(text)
    }

    /// What is no number of a parcel and holds eight digits in a row may be a phone number or a code in disguise.
    private static func isNumber(_ text: String, as reading: WaybillReading?) -> Bool {
        guard let reading, reading.kind == .unknown else { return true }
        let longest = text.split { !$0.isASCII || !$0.isNumber }.map(\.utf8.count).max() ?? 0
        return !reading.normalized.isEmpty && longest < Limits.codeDigits
    }

    /// Whether a text is digits alone, in groups or not, and as few as codes, PINs and phones have.
    private static func mayBeSecret(_ text: String, codes: borrowing CodeIndex) -> Bool {
        guard text.utf8.allSatisfy({ !$0.isLetter }) else { return false }
        let groups = text.utf8.split { !$0.isDigit }
        let digits = groups.reduce(0) { $0 + $1.count }
        return (1..<12).contains(digits) && !isSortCode(groups.map(Array.init), codes: codes)
    }

    /// Whether groups of digits are a sort code (三段码): three, two or three, two or three. As many digits as a code has
    /// are one in the groups of `210-33-008` alone, and only when they are no code here.
    private static func isSortCode(_ groups: [[UInt8]], codes: borrowing CodeIndex) -> Bool {
        guard groups.count == 3, groups[0].count == 3, groups.dropFirst().allSatisfy({ (2...3).contains($0.count) })
        else { return false }
        guard let code = PickupCode(typed: String(decoding: groups.joined(), as: UTF8.self)) else { return true }
        return groups[1].count == 2 && codes.waybills(for: code).isEmpty && codes.shipments(for: code).isEmpty
    }
}

/// A Chinese identity number (GB 11643): region, day of birth, serial number, check. It is never kept (DESIGN rule 10).
enum IdentityNumber {
    static let characters = 18

    /// The day tells it from the order numbers of as many digits.
    static func isOne(_ text: String) -> Bool {
        guard text.utf8.count == characters else { return false }
        let units = Array(text.uppercased().utf8)
        guard units.count == characters, units.dropLast().allSatisfy({ (0x30...0x39).contains($0) }) else {
            return false
        }
        let born = units[6..<14].reduce(0) { $0 * 10 + Int($1) - 0x30 }
        guard (1900...2099).contains(born / 10_000), (1...12).contains(born / 100 % 100), (1...31).contains(born % 100)
        else { return false }
        let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
        let sum = zip(units, weights).reduce(0) { $0 + (Int($1.0) - 0x30) * $1.1 }
        return Array("10X98765432".utf8)[sum % 11] == units[17]
    }
}

extension String {
    /// ASCII digits alone, or nothing.
    var isDigits: Bool { utf8.allSatisfy { (0x30...0x39).contains($0) } }
}

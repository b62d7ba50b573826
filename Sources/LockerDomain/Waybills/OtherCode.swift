/// Codes that stand on a label or come to a scanner and are no waybill, known by their form. Bag numbers (集包号) have no
/// published form and look like waybills: a manifest tells them apart, this does not.
package enum OtherCode {
    /// An ID card (GB 11643) or a telephone number: it may not stay on record (DESIGN rule 10).
    case personal
    /// A web address, as in the short QR codes of carriers.
    case link
    /// A sort code (三段码, 大头笔): `755W-01`, `210-33-008`, `755W01018`.
    case sortCode
    /// Eight bare digits: they may be a pickup code.
    case pickupCode

    /// What the person at the scanner should know; it names no digit of the code.
    var warning: String {
        switch self {
        case .personal: "this may be an ID card or a telephone number, not a waybill: it is not kept"
        case .link: "this is a web address, not a waybill: scan the barcode beside it"
        case .sortCode: "this looks like a sort code (三段码), not a waybill"
        case .pickupCode: "eight digits may be a pickup code, not a waybill"
        }
    }

    /// The kind of code, `nil` for none of them. `units` are upper case without spaces.
    package init?(_ units: [UInt8]) {
        if Self.isPersonal(units) {
            self = .personal
        } else if Self.isLink(units) {
            self = .link
        } else if Self.isSortCode(units) {
            self = .sortCode
        } else if ChildParcel.stem(of: units).count == Limits.codeDigits,
            ChildParcel.stem(of: units).allSatisfy(\.isDigit)
        {
            self = .pickupCode
        } else {
            return nil
        }
    }

    private static func isLink(_ units: [UInt8]) -> Bool {
        units.starts(with: "WWW.".utf8)
            || units.contains(UInt8(ascii: "/")) && units.indices.contains { units[$0...].starts(with: "://".utf8) }
    }

    /// Three digits and one or two letters, then little; or groups between hyphens that are all too short for a number.
    private static func isSortCode(_ units: [UInt8]) -> Bool {
        guard units.allSatisfy({ $0.isDigit || $0.isCapital || $0 == ChildParcel.hyphen }) else { return false }
        if units.contains(ChildParcel.hyphen) {
            return units.split(separator: ChildParcel.hyphen).allSatisfy { $0.count < Limits.waybillCharactersMin }
        }
        let rest = units.drop(while: \.isDigit)
        let tail = rest.drop(while: \.isCapital)
        return units.count - rest.count == 3 && (1...2).contains(rest.count - tail.count) && tail.count <= 5
            && tail.allSatisfy(\.isDigit)
    }

    private static func isPersonal(_ units: [UInt8]) -> Bool {
        let number = units.starts(with: "TEL:".utf8) ? units.dropFirst(4) : units[...]
        guard number.contains(ChildParcel.hyphen) else { return isIDCard(number) || isMobile(number) }
        let joined = number.filter { $0 != ChildParcel.hyphen }
        let stem = number.prefix { $0 != ChildParcel.hyphen }
        return [joined[...], stem].contains { isIDCard($0) || isMobile($0) } || isLandline(number)
    }

    /// GB 11643: six digits of the place, date of birth, three digits, check character.
    private static func isIDCard(_ text: ArraySlice<UInt8>) -> Bool {
        guard text.count == 18, text.dropLast().allSatisfy(\.isDigit) else { return false }
        let units = Array(text)
        let number: (Range<Int>) -> Int = { units[$0].reduce(0) { $0 * 10 + Int($1 - 0x30) } }
        return (1_800...2_099).contains(number(6..<10)) && (1...12).contains(number(10..<12))
            && (1...31).contains(number(12..<14)) && CheckDigit.gb11643(body: units[..<17]) == units[17]
    }

    /// Eleven digits from 13… to 19…, with the country's prefix or without.
    private static func isMobile(_ units: ArraySlice<UInt8>) -> Bool {
        var digits = units.first == UInt8(ascii: "+") ? units.dropFirst() : units
        for prefix in ["0086", "86"] where digits.count == 11 + prefix.utf8.count && digits.starts(with: prefix.utf8) {
            digits = digits.dropFirst(prefix.utf8.count)
        }
        guard digits.count == 11, digits.allSatisfy(\.isDigit) else { return false }
        return digits.starts(with: [0x31]) && digits.dropFirst().first ?? 0 >= 0x33
    }

    /// Area code with its zero, a hyphen, seven or eight digits.
    private static func isLandline(_ units: ArraySlice<UInt8>) -> Bool {
        let area = units.prefix { $0 != ChildParcel.hyphen }
        let line = units.dropFirst(area.count + 1)
        return area.first == 0x30 && (3...4).contains(area.count) && area.allSatisfy(\.isDigit)
            && (7...8).contains(line.count) && line.allSatisfy(\.isDigit)
    }
}

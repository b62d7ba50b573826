import LockerDomain

/// Texts of the audit log: short, in one line, without phone numbers and one-time passwords (DESIGN rule 10).
public enum AuditText {
    /// The text as it may be logged. Phone numbers become `1******5678`, whatever stands between their digits.
    public static func clean(_ text: String) -> String {
        // Invisible characters hide a number from the mask, and turn a line of the log around.
        let visible = text.unicodeScalars.filter { $0.properties.generalCategory != .format }.map { scalar in
            [.control, .lineSeparator, .paragraphSeparator].contains(scalar.properties.generalCategory) ? " " : scalar
        }
        let masked = OneTimePassword.mask(masked(visible))
        let max = CountyBooksLimits.auditTextCharactersMax
        guard masked.unicodeScalars.count > max else { return masked }
        return String(String.UnicodeScalarView(masked.unicodeScalars.prefix(max - 1))) + "…"
    }

    /// Whether it holds a phone number.
    public static func holdsPhone(_ text: String) -> Bool { !phones(in: Array(text.unicodeScalars)).isEmpty }

    /// Whether it holds the number of a mobile phone, which no register and no name may hold.
    public static func holdsMobile(_ text: String) -> Bool {
        !phones(in: Array(text.unicodeScalars), isPhone: { digits, _ in isMobile(digits) }).isEmpty
    }

    /// The text with `1******5678` for the number of a mobile phone, and nothing else changed: for waybills, codes and names,
    /// which a number of a desk may look like.
    public static func maskingMobiles(_ text: String) -> String {
        masked(Array(text.unicodeScalars)) { digits, _ in isMobile(digits) }
    }

    /// Without blanks around it.
    static func trimmed(_ text: String) -> String {
        let blank = { (scalar: Unicode.Scalar) in scalar.properties.isWhitespace }
        let rest = text.unicodeScalars.drop(while: blank)
        guard let last = rest.lastIndex(where: { !blank($0) }) else { return "" }
        return String(rest[...last])
    }

    // MARK: Phone numbers

    private struct Group {
        var digits: [UInt8]
        var range: Range<Int>
        /// Whether only blanks, dashes and the like stand between it and the group before.
        var goesOn: Bool
    }

    /// Area code and number of a telephone on a desk, from the leading 0.
    private static let landlineDigits = 10...12
    private static let areaCodeDigitsMin = 3
    private static let countryCodes: [[UInt8]] = [[], [0x38, 0x36], [0x30, 0x30, 0x38, 0x36]]
    private static let phoneDigitsMax = Limits.mobileDigits + 4

    private static func masked(
        _ scalars: [Unicode.Scalar],
        isPhone: (_ digits: [UInt8], _ areaCode: Int) -> Bool = isAnyPhone
    ) -> String {
        var text = String.UnicodeScalarView()
        var start = 0
        for range in phones(in: scalars, isPhone: isPhone) {
            text.append(contentsOf: scalars[start..<range.lowerBound])
            let digits = scalars[range].compactMap(digit)
            text.append(contentsOf: Masking.phone(String(decoding: digits, as: UTF8.self)).unicodeScalars)
            start = range.upperBound
        }
        text.append(contentsOf: scalars[start...])
        return String(text)
    }

    /// Where phone numbers stand, in order, none over another.
    private static func phones(
        in scalars: [Unicode.Scalar],
        isPhone: (_ digits: [UInt8], _ areaCode: Int) -> Bool = isAnyPhone
    ) -> [Range<Int>] {
        let groups = groups(of: scalars)
        var found: [Range<Int>] = []
        var first = 0
        while first < groups.count {
            var digits: [UInt8] = []
            var last = first
            var isFound = false
            while last < groups.count, last == first || groups[last].goesOn, digits.count <= phoneDigitsMax {
                digits += groups[last].digits
                isFound = isPhone(digits, groups[first].digits.count)
                if isFound { break }
                last += 1
            }
            if isFound { found.append(groups[first].range.lowerBound..<groups[last].range.upperBound) }
            first = isFound ? last + 1 : first + 1
        }
        return found
    }

    private static func groups(of scalars: [Unicode.Scalar]) -> [Group] {
        var groups: [Group] = []
        var (isInGroup, goesOn) = (false, false)
        for (index, scalar) in scalars.enumerated() {
            if let digit = digit(scalar) {
                if !isInGroup { groups.append(Group(digits: [], range: index..<index, goesOn: goesOn)) }
                groups[groups.count - 1].digits.append(digit)
                groups[groups.count - 1].range = groups[groups.count - 1].range.lowerBound..<index + 1
                (isInGroup, goesOn) = (true, true)
            } else {
                isInGroup = false
                goesOn = goesOn && standsInside(scalar)
            }
        }
        return groups
    }

    private static func isAnyPhone(_ digits: [UInt8], areaCode: Int) -> Bool {
        isMobile(digits) || isLandline(digits, areaCode: areaCode)
    }

    private static func isMobile(_ digits: [UInt8]) -> Bool {
        let national = digits.suffix(Limits.mobileDigits)
        guard national.count == Limits.mobileDigits, countryCodes.contains(Array(digits.dropLast(national.count)))
        else {
            return false
        }
        return national.first == 0x31 && (0x33...0x39).contains(national[national.startIndex + 1])
    }

    private static func isLandline(_ digits: [UInt8], areaCode: Int) -> Bool {
        landlineDigits.contains(digits.count) && digits[0] == 0x30 && digits[1] != 0x30 && areaCode >= areaCodeDigitsMin
    }

    /// In ASCII. Of any script: office programs write full-width digits.
    private static func digit(_ scalar: Unicode.Scalar) -> UInt8? {
        guard scalar.properties.numericType == .decimal, let value = scalar.properties.numericValue else { return nil }
        return 0x30 + UInt8(value)
    }

    private static func standsInside(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "."
            || [.spaceSeparator, .dashPunctuation, .openPunctuation, .closePunctuation]
                .contains(scalar.properties.generalCategory)
    }
}

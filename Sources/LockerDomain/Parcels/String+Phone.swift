extension String {
    /// Whether it holds the number of a mobile phone, in any way in which people write one: in one piece, in groups with
    /// blanks, dashes, points or brackets between them, in full width, with the code of the country. A quote of a sheet that
    /// closes too late brings it into any cell.
    var holdsMobilePhone: Bool {
        var groups: [[UInt8]] = []
        var isInGroup = false
        for scalar in unicodeScalars {
            if let digit = Self.digit(scalar) {
                if !isInGroup { groups.append([]) }
                groups[groups.count - 1].append(digit)
                isInGroup = true
            } else {
                isInGroup = false
                guard !Self.standsInside(scalar) else { continue }
                if Self.isMobilePhone(in: groups) { return true }
                groups = []
            }
        }
        return Self.isMobilePhone(in: groups)
    }

    /// In ASCII. Of any script: sheets of Chinese offices have full-width digits.
    private static func digit(_ scalar: Unicode.Scalar) -> UInt8? {
        guard scalar.properties.numericType == .decimal, let value = scalar.properties.numericValue else { return nil }
        return 0x30 + UInt8(value)
    }

    /// Whether people write it between the groups of a number.
    private static func standsInside(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "."
            || [.spaceSeparator, .dashPunctuation, .openPunctuation, .closePunctuation]
                .contains(scalar.properties.generalCategory)
    }

    /// Whether some groups that follow each other are one. A longer number that has these digits in its middle is none.
    private static func isMobilePhone(in groups: [[UInt8]]) -> Bool {
        groups.indices.contains { first in
            var digits: [UInt8] = []
            for group in groups[first...] {
                digits += group
                if isMobilePhone(digits) { return true }
                guard digits.count < Limits.mobileDigits + countryCodes[2].count else { return false }
            }
            return false
        }
    }

    private static func isMobilePhone(_ digits: [UInt8]) -> Bool {
        let national = digits.suffix(Limits.mobileDigits)
        guard national.count == Limits.mobileDigits, countryCodes.contains(Array(digits.dropLast(national.count)))
        else {
            return false
        }
        return national.first == 0x31 && Limits.mobileSecondDigits.contains(national[national.startIndex + 1])
    }

    /// None, 86 and 0086.
    private static let countryCodes: [[UInt8]] = [[], [0x38, 0x36], [0x30, 0x30, 0x38, 0x36]]
}

/// The password on the sheet of a new account (一次性密码): `7KQF-M2XT-…`, five groups of four from 31 letters and digits
/// that no handwriting confuses, 99 bits. It works once; the first log-in asks for another one.
public struct OneTimePassword: Sendable, Hashable, CustomStringConvertible {
    /// Without 0 and O, 1, I and L.
    private static let alphabet = Array("23456789ABCDEFGHJKMNPQRSTUVWXYZ".unicodeScalars)
    private static let groups = 5
    private static let groupCharacters = 4
    private static let entropyBytes = 16

    /// As it is printed, in groups with `-` between them.
    public let text: String

    /// - Parameter entropy: gives as many random bytes as it is asked for.
    public init(entropy: (Int) -> [UInt8]) {
        // 128 bits against 31²⁰ < 2¹⁰⁰: no character is likelier than another by more than 2⁻²⁸.
        var number = entropy(Self.entropyBytes).prefix(Self.entropyBytes).reduce(UInt128(0)) { $0 << 8 | UInt128($1) }
        let base = UInt128(Self.alphabet.count)
        var scalars: [Unicode.Scalar] = []
        for _ in 0..<Self.groups * Self.groupCharacters {
            scalars.append(Self.alphabet[Int(number % base)])
            number /= base
        }
        text = Self.grouped(scalars)
    }

    /// Nothing of it is printed by accident; the sheet takes `text`.
    public var description: String { "one-time password" }

    /// The printed form of what somebody typed: small letters, full-width characters, other dashes and blanks are
    /// understood. What is no such password stays as it is.
    public static func normalized(_ typed: String) -> String {
        let scalars = typed.unicodeScalars.compactMap(printed)
        guard scalars.count == groups * groupCharacters, scalars.allSatisfy(alphabet.contains) else { return typed }
        return grouped(scalars)
    }

    /// The text with `****` for each that it holds, so that none gets into a log.
    static func mask(_ text: String) -> String {
        var scalars = Array(text.unicodeScalars)
        let length = groups * (groupCharacters + 1) - 1
        var start = 0
        while start + length <= scalars.count {
            let range = start..<start + length
            if isPrinted(scalars[range]) { scalars.replaceSubrange(range, with: Array(repeating: "*", count: 4)) }
            start += 1
        }
        return String(String.UnicodeScalarView(scalars))
    }

    private static func isPrinted(_ scalars: ArraySlice<Unicode.Scalar>) -> Bool {
        zip(0..., scalars).allSatisfy { index, scalar in
            index % (groupCharacters + 1) == groupCharacters
                ? scalar.properties.generalCategory == .dashPunctuation
                : printed(scalar).map(alphabet.contains) ?? false
        }
    }

    private static func printed(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        switch scalar {
        case "a"..."z": Unicode.Scalar(scalar.value - 0x20)
        // Full-width forms stand in the order of ASCII.
        case "\u{FF10}"..."\u{FF5A}": Unicode.Scalar(scalar.value - 0xFEE0).flatMap(printed)
        case "\u{FF0D}": nil
        default: isBetween(scalar) ? nil : scalar
        }
    }

    private static func isBetween(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isWhitespace || [.dashPunctuation, .format].contains(scalar.properties.generalCategory)
    }

    private static func grouped(_ scalars: [Unicode.Scalar]) -> String {
        stride(from: 0, to: scalars.count, by: groupCharacters).map { start in
            String(String.UnicodeScalarView(scalars[start..<start + groupCharacters]))
        }.joined(separator: "-")
    }
}

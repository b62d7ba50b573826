/// A character typed as decimal digits on the number pad while Alt is held (DOMAIN 5.5).
struct AltCode: Sendable {
    private var value: UInt32 = 0
    private var count = 0
    /// Digits of the greatest code point, and one for a leading zero.
    private static let digitsMax = 8

    mutating func add(_ digit: UInt32) {
        count += 1
        if count <= Self.digitsMax { value = value * 10 + digit }
    }

    var isEmpty: Bool { count == 0 }

    /// The character, and a fresh start. `nil` without digits or for 0; U+FFFD for what is no character.
    mutating func take() -> Unicode.Scalar? {
        defer { self = AltCode() }
        guard count > 0 else { return nil }
        guard count <= Self.digitsMax, let scalar = Unicode.Scalar(value) else { return "\u{FFFD}" }
        return value == 0 ? nil : scalar
    }
}

/// Points of Curve25519 whose order is eight at the most (RFC 7748 section 6.1, RFC 8032): with such a key every secret is
/// known to everybody, and one signature fits all messages. No key that was made as a key is one.
enum SmallOrder {
    /// The y of the Ed25519 points, little-endian without the sign, in every spelling.
    private static let edwards: Set<[UInt8]> = {
        let zeros = [UInt8](repeating: 0, count: 31)
        let ones = [UInt8](repeating: 0xFF, count: 30)
        let eight: [UInt8] = [
            0x26, 0xE8, 0x95, 0x8F, 0xC2, 0xB2, 0x27, 0xB0, 0x45, 0xC3, 0xF4, 0x89, 0xF2, 0xEF, 0x98, 0xF0,
            0xD5, 0xDF, 0xAC, 0x05, 0xD3, 0xC6, 0x33, 0x39, 0xB1, 0x38, 0x02, 0x88, 0x6D, 0x53, 0xFC, 0x05,
        ]
        let otherEight: [UInt8] = [
            0xC7, 0x17, 0x6A, 0x70, 0x3D, 0x4D, 0xD8, 0x4F, 0xBA, 0x3C, 0x0B, 0x76, 0x0D, 0x10, 0x67, 0x0F,
            0x2A, 0x20, 0x53, 0xFA, 0x2C, 0x39, 0xCC, 0xC6, 0x4E, 0xC7, 0xFD, 0x77, 0x92, 0xAC, 0x03, 0x7A,
        ]
        return [
            [0] + zeros, [1] + zeros, eight, otherEight,
            // p − 1, p and p + 1 for p = 2²⁵⁵ − 19.
            [0xEC] + ones + [0x7F], [0xED] + ones + [0x7F], [0xEE] + ones + [0x7F],
        ]
    }()

    /// Whether an Ed25519 public key of 32 bytes is one of them.
    static func hasEdwards(_ key: [UInt8]) -> Bool {
        guard let last = key.last else { return false }
        return edwards.contains(key.dropLast() + [last & 0x7F])
    }
}

/// Bytes as decimal digits behind a `9`: QR numeric mode stays small and no keyboard layout garbles it (DESIGN 4.4).
///
/// Seven bytes become seventeen digits, a rest of k bytes the digits that 256^k - 1 needs; so the length of the text
/// tells the length of the bytes and no big-number arithmetic is needed.
public enum DecimalText {
    private static let digitsForBytes = [0, 3, 5, 8, 10, 13, 15, 17]

    /// Digits that `count` bytes take, the marker included.
    public static func length(ofBytes count: Int) -> Int { 1 + count / 7 * 17 + digitsForBytes[count % 7] }

    /// The digits of the bytes.
    public static func encode(_ bytes: [UInt8]) -> String {
        var text = "9"
        for start in stride(from: 0, to: bytes.count, by: 7) {
            let chunk = bytes[start..<min(start + 7, bytes.count)]
            let digits = String(chunk.reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
            text += String(repeating: "0", count: digitsForBytes[chunk.count] - digits.utf8.count) + digits
        }
        return text
    }

    /// The bytes of such a text, else `nil`: every value has exactly one spelling.
    public static func decode(_ text: String) -> [UInt8]? {
        let units = Array(text.utf8)
        guard units.first == 0x39, units.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        var bytes: [UInt8] = []
        var start = 1
        while start < units.count {
            let digits = units[start..<min(start + 17, units.count)]
            guard let size = digitsForBytes.firstIndex(of: digits.count), size > 0 else { return nil }
            var value: UInt64 = 0
            for digit in digits { value = value * 10 + UInt64(digit - 0x30) }
            guard value >> (8 * UInt64(size)) == 0 else { return nil }
            for shift in (0..<size).reversed() { bytes.append(UInt8(truncatingIfNeeded: value >> (8 * UInt64(shift)))) }
            start += digits.count
        }
        return bytes
    }
}

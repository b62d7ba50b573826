/// The number of a person's identity card (居民身份证号, GB 11643), which no register holds (DESIGN rule 10).
enum IdentityNumber {
    private static let digits = 18
    private static let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    private static let checks = Array("10X98765432".utf8)

    /// Whether a text holds one: seventeen digits with a day of birth, and the check digit that they give.
    static func isIn(_ text: String) -> Bool {
        text.utf8.split { !isLetterOrDigit($0) }.contains { isOne(Array($0)) }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF)
    }

    private static func isOne(_ bytes: [UInt8]) -> Bool {
        guard bytes.count == digits else { return false }
        let values = bytes.dropLast().map { Int($0) - 0x30 }
        guard values.allSatisfy({ (0...9).contains($0) }) else { return false }
        let century = values[6] * 10 + values[7]
        let month = values[10] * 10 + values[11]
        let day = values[12] * 10 + values[13]
        guard [19, 20].contains(century), (1...12).contains(month), (1...31).contains(day) else { return false }
        let sum = zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 }
        let last = bytes.last == 0x78 ? 0x58 : bytes.last
        return last == checks[sum % checks.count]
    }
}

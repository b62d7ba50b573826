/// Numbers that come from outside: as JSON has them, all programs read them alike up to ±(2⁵³−1) (DESIGN 4.2). Sums of larger ones
/// would end the program that adds them.
public enum WireNumbers {
    /// The largest.
    public static let largest: Int64 = 9_007_199_254_740_991

    /// Whether no number of a JSON text is larger than that, or smaller than its negative.
    public static func areExact(_ json: [UInt8]) -> Bool {
        var (at, isInString) = (0, false)
        while at < json.count {
            let byte = json[at]
            if isInString {
                if byte == UInt8(ascii: "\"") { isInString = false }
                at += byte == UInt8(ascii: "\\") ? 2 : 1
            } else if byte == UInt8(ascii: "-") || isDigit(byte) {
                let start = at
                while at < json.count, isOfNumber(json[at]) { at += 1 }
                let text = String(decoding: json[start..<at], as: UTF8.self)
                guard let value = Double(text), value.magnitude <= Double(largest) else { return false }
            } else {
                isInString = byte == UInt8(ascii: "\"")
                at += 1
            }
        }
        return true
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    private static func isOfNumber(_ byte: UInt8) -> Bool {
        isDigit(byte) || "+-.eE".utf8.contains(byte)
    }
}

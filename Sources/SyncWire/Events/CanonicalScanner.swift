/// Reads the tokens of a text, from its first byte on.
struct CanonicalScanner {
    private(set) var tokens: [CanonicalTape.Token] = []
    private let bytes: [UInt8]
    private var at = 0
    private var isASCII = true
    /// Whether all numbers are such as all programs read alike.
    private(set) var isExact = true

    private static let depthMax = 16
    /// Such numbers fit 64 bits.
    private static let digitsMax = 18
    /// Shorter ones are exact.
    private static let exactDigits = 16
    private static let bytesAToken = 8
    private static let yes = Array("true".utf8)
    private static let no = Array("false".utf8)

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        tokens.reserveCapacity(bytes.count / Self.bytesAToken)
    }

    /// Whether all of the text is one canonical value.
    mutating func readAll() -> Bool {
        guard value(depth: 0), at == bytes.count else { return false }
        return isASCII || String(validating: bytes, as: UTF8.self) != nil
    }

    private mutating func value(depth: Int) -> Bool {
        guard depth < Self.depthMax, at < bytes.count else { return false }
        switch bytes[at] {
        case UInt8(ascii: "{"): return object(depth)
        case UInt8(ascii: "["): return array(depth)
        case UInt8(ascii: "\""): return string(isName: false)
        case UInt8(ascii: "t"): return word(Self.yes, .yes)
        case UInt8(ascii: "f"): return word(Self.no, .no)
        default: return integer()
        }
    }

    private mutating func object(_ depth: Int) -> Bool {
        let start = open(.object)
        var before: Range<Int>?
        if take("}") { return close(start) }
        repeat {
            let name = tokens.count
            guard string(isName: true) else { return false }
            let range = tokens[name].bytes
            if let before, !precedes(before, range) { return false }
            before = range
            guard take(":"), value(depth: depth + 1) else { return false }
        } while take(",")
        return take("}") && close(start)
    }

    // Here and below bytes are compared one by one: a slice of them costs more than what is compared.
    private func precedes(_ one: Range<Int>, _ other: Range<Int>) -> Bool {
        var (left, right) = (one.lowerBound, other.lowerBound)
        while left < one.upperBound, right < other.upperBound {
            if bytes[left] != bytes[right] { return bytes[left] < bytes[right] }
            (left, right) = (left + 1, right + 1)
        }
        return right < other.upperBound
    }

    private mutating func array(_ depth: Int) -> Bool {
        let start = open(.array)
        if take("]") { return close(start) }
        repeat {
            guard value(depth: depth + 1) else { return false }
        } while take(",")
        return take("]") && close(start)
    }

    private mutating func string(isName: Bool) -> Bool {
        guard take("\"") else { return false }
        let start = at
        while at < bytes.count {
            let byte = bytes[at]
            if byte == UInt8(ascii: "\"") {
                add(.string, start..<at)
                at += 1
                return true
            }
            guard byte >= 0x20, byte != UInt8(ascii: "\\") else { return false }
            if byte >= 0x80 {
                guard !isName else { return false }
                isASCII = false
            }
            at += 1
        }
        return false
    }

    private mutating func integer() -> Bool {
        let start = at
        let isNegative = take("-")
        let first = at
        while at < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[at]) { at += 1 }
        let digits = at - first
        guard (1...Self.digitsMax).contains(digits) else { return false }
        // No number begins with 0 but 0 itself.
        guard bytes[first] != UInt8(ascii: "0") || digits == 1 && !isNegative else { return false }
        add(.integer, start..<at)
        if digits >= Self.exactDigits { isExact = isExact && WireNumbers.areExact(Array(bytes[start..<at])) }
        return true
    }

    private mutating func word(_ word: [UInt8], _ kind: CanonicalTape.Kind) -> Bool {
        let end = at + word.count
        guard end <= bytes.count else { return false }
        for index in 0..<word.count where bytes[at + index] != word[index] { return false }
        add(kind, at..<end)
        at = end
        return true
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard at < bytes.count, bytes[at] == UInt8(ascii: character) else { return false }
        at += 1
        return true
    }

    private mutating func add(_ kind: CanonicalTape.Kind, _ range: Range<Int>) {
        tokens.append(CanonicalTape.Token(kind: kind, bytes: range, next: tokens.count + 1))
    }

    private mutating func open(_ kind: CanonicalTape.Kind) -> Int {
        add(kind, at..<at)
        at += 1
        return tokens.count - 1
    }

    private mutating func close(_ start: Int) -> Bool {
        tokens[start].next = tokens.count
        return true
    }
}

/// What must not reach the parser: toml++ 3.4 ends the process, instead of throwing, on a table header that does not
/// begin with a name (`[[[door]]]`, `[=]`) and on a closing brace where a list has its next item (`["a", }`).
/// Whoever reads TOML, station or county, asks here first.
public struct TOMLFences {
    /// What is wrong, and where.
    public struct Fault: Sendable, Hashable {
        /// From 1.
        public var line: Int
        public var cause: String
        public var mend: String
    }

    private let bytes: [UInt8]
    private var index = 0
    private var line = 1
    private var open: [UInt8] = []

    /// The first such place of a text; `nil` for every text that is TOML.
    public static func fault(in text: String) -> Fault? {
        var fences = TOMLFences(bytes: Array(text.utf8))
        return fences.scan()
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private mutating func scan() -> Fault? {
        var isLineStart = true
        while index < bytes.count {
            let byte = bytes[index]
            switch byte {
            case 0x0A: (line, isLineStart) = (line + 1, true)
            case 0x20, 0x09, 0x0D: break
            case 0x23: skipLine()
            case 0x22, 0x27: skipText(byte)
            case 0x5B where isLineStart && open.isEmpty:
                guard headerHasName() else {
                    return Fault(line: line, cause: "a [ without the name of a table", mend: "write [name] or [[name]]")
                }
                isLineStart = false
            case 0x5B, 0x7B: open.append(byte)
            case 0x5D, 0x7D:
                guard open.isEmpty || open.last == byte - 2 else {
                    let (found, wanted) = byte == 0x7D ? ("}", "]") : ("]", "}")
                    return Fault(
                        line: line,
                        cause: "a \(found) where \(wanted) must come first",
                        mend: "add the \(wanted)"
                    )
                }
                _ = open.popLast()
            default: break
            }
            if byte != 0x0A, byte != 0x20, byte != 0x09 { isLineStart = false }
            index += 1
        }
        return nil
    }

    /// Leaves `index` on the last bracket.
    private mutating func headerHasName() -> Bool {
        if index + 1 < bytes.count, bytes[index + 1] == 0x5B { index += 1 }
        switch bytes[(index + 1)...].first(where: { $0 != 0x20 && $0 != 0x09 }) ?? 0 {
        case 0x22, 0x27, 0x2D, 0x5D, 0x5F, 0x30...0x39, 0x41...0x5A, 0x61...0x7A: return true
        default: return false
        }
    }

    private mutating func skipLine() {
        while index + 1 < bytes.count, bytes[index + 1] != 0x0A { index += 1 }
    }

    /// Over a text in quotes, on one line or on many; leaves `index` on its last byte.
    private mutating func skipText(_ quote: UInt8) {
        let isLong = bytes[index...].prefix(3).elementsEqual([quote, quote, quote])
        index += isLong ? 3 : 1
        while index < bytes.count {
            let rest = bytes[index...]
            if rest.first == 0x5C, quote == 0x22, rest.dropFirst().first != 0x0A {
                index += 1
            } else if !isLong {
                // The parser itself complains of a text without its end.
                if rest.first == quote { return }
                if rest.first == 0x0A { return index -= 1 }
            } else if rest.prefix(3).elementsEqual([quote, quote, quote]) {
                // Up to two more quotes belong to the text.
                return index += 1 + min(rest.prefix { $0 == quote }.count, 5) - 1
            } else if rest.first == 0x0A {
                line += 1
            }
            index += 1
        }
    }
}

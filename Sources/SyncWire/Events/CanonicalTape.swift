/// The tokens of one JSON text in canonical form (DESIGN 4.2), so that what is read often is read once and without copies.
/// Safe from any thread.
package final class CanonicalTape: Sendable {
    enum Kind: UInt8, Sendable {
        case object, array, string, integer, yes, no
    }

    /// One value, or the name of a member.
    struct Token: Sendable {
        var kind: Kind
        /// Its bytes: of a string without the quotes.
        var bytes: Range<Int>
        /// Index of the token behind it, and behind what it holds.
        var next: Int
    }

    let bytes: [UInt8]
    let tokens: [Token]
    /// Whether all its numbers are within ±(2⁵³−1).
    let isExact: Bool

    /// - Returns: `nil` for what is not canonical: white space, escapes, `null`, fractions, long numbers, members that are not
    ///   in order, deep nesting, bytes that are no UTF-8. That is not to say that it is no JSON.
    package init?(_ bytes: [UInt8]) {
        var reader = CanonicalScanner(bytes)
        guard reader.readAll() else { return nil }
        self.bytes = bytes
        (tokens, isExact) = (reader.tokens, reader.isExact)
    }

    /// Names of the members of an object, by their tokens, in ascending order of their bytes.
    func names(of object: Int) -> [Int] {
        var names: [Int] = []
        var index = object + 1
        while index < tokens[object].next {
            names.append(index)
            index = tokens[index + 1].next
        }
        return names
    }

    /// Index of the value of a member; `nil` when the object has none of this name.
    func member(_ name: String, of object: Int) -> Int? {
        var index = object + 1
        while index < tokens[object].next {
            if isName(index, name) { return index + 1 }
            index = tokens[index + 1].next
        }
        return nil
    }

    /// The same for an object of many members.
    func member(_ name: String, among names: [Int]) -> Int? {
        var (low, high) = (0, names.count)
        while low < high {
            let middle = (low + high) / 2
            if bytes[tokens[names[middle]].bytes].lexicographicallyPrecedes(name.utf8) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        guard low < names.count, isName(names[low], name) else { return nil }
        return names[low] + 1
    }

    private func isName(_ index: Int, _ name: String) -> Bool {
        let range = tokens[index].bytes
        guard range.count == name.utf8.count else { return false }
        var at = range.lowerBound
        for byte in name.utf8 {
            guard bytes[at] == byte else { return false }
            at += 1
        }
        return true
    }

    func string(at index: Int) throws(NotCanonical) -> String {
        guard tokens[index].kind == .string else { throw NotCanonical() }
        return text(at: index)
    }

    func text(at index: Int) -> String { String(decoding: bytes[tokens[index].bytes], as: UTF8.self) }

    func bool(at index: Int) throws(NotCanonical) -> Bool {
        switch tokens[index].kind {
        case .yes: true
        case .no: false
        default: throw NotCanonical()
        }
    }

    func integer(at index: Int) throws(NotCanonical) -> Int64 {
        guard tokens[index].kind == .integer else { throw NotCanonical() }
        var value: Int64 = 0
        var isNegative = false
        for at in tokens[index].bytes {
            let byte = bytes[at]
            if byte == UInt8(ascii: "-") {
                isNegative = true
            } else {
                value = value * 10 + Int64(byte - UInt8(ascii: "0"))
            }
        }
        return isNegative ? -value : value
    }
}

/// A text is not canonical, or has no such value: `JSONDecoder` is asked, and says what is wrong.
struct NotCanonical: Error {}

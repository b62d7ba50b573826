import RawStructuredFieldValues

/// `Locker-Chain`: where a batch stands in the chain (DESIGN 4.3; RFC 8941 dictionary).
public struct ChainHeader: Sendable, Hashable {
    public var incarnation: String
    public var first: Int
    public var last: Int
    /// Hash in front of the first line, 32 bytes.
    public var before: [UInt8]
    /// Hash behind the last line, 32 bytes.
    public var after: [UInt8]

    public init(incarnation: String, first: Int, last: Int, before: [UInt8], after: [UInt8]) {
        self.incarnation = incarnation
        self.first = first
        self.last = last
        self.before = before
        self.after = after
    }

    /// The value of the header.
    public var text: String {
        "incarnation=\"\(incarnation)\", first=\(first), last=\(last), before=\(StructuredText.bytes(before)), "
            + "after=\(StructuredText.bytes(after))"
    }

    /// Reads the value of the header.
    public init?(_ text: String) {
        var parser = StructuredFieldValueParser(Array(text.utf8))
        guard let map = try? parser.parseDictionaryFieldValue(),
            case .string(let incarnation)? = StructuredText.bare(map["incarnation"]),
            case .integer(let first)? = StructuredText.bare(map["first"]),
            case .integer(let last)? = StructuredText.bare(map["last"]),
            let before = StructuredText.bytes(of: map["before"]), let after = StructuredText.bytes(of: map["after"]),
            before.count == 32, after.count == 32, first >= 1, last >= first, last < 1 << 40,
            incarnation.utf8.count == 32,
            incarnation.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
        else { return nil }
        self.init(incarnation: incarnation, first: Int(first), last: Int(last), before: before, after: after)
    }
}

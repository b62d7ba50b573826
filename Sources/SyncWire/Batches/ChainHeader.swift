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
    /// Sequences right in front of the first line that the sender cannot read any more; `before` is the hash behind them.
    /// `nil` when the lines follow on what was sent before.
    public var lost: ClosedRange<Int>?

    /// Bytes of `lost` as it is written: two numbers below 2⁴⁰.
    private static let lostBytesMax = 27

    public init(
        incarnation: String,
        first: Int,
        last: Int,
        before: [UInt8],
        after: [UInt8],
        lost: ClosedRange<Int>? = nil
    ) {
        self.incarnation = incarnation
        self.first = first
        self.last = last
        self.before = before
        self.after = after
        self.lost = lost
    }

    /// The value of the header.
    public var text: String {
        "incarnation=\"\(incarnation)\", first=\(first), last=\(last), before=\(StructuredText.bytes(before)), "
            + "after=\(StructuredText.bytes(after))" + (lost.map { ", lost=\"\(Self.text(of: $0))\"" } ?? "")
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
        var lost: ClosedRange<Int>?
        if let member = map["lost"] {
            guard case .string(let text)? = StructuredText.bare(member), let range = Self.range(of: text),
                range.upperBound == first - 1
            else { return nil }
            lost = range
        }
        self.init(
            incarnation: incarnation,
            first: Int(first),
            last: Int(last),
            before: before,
            after: after,
            lost: lost
        )
    }

    /// `19-22`
    public static func text(of range: ClosedRange<Int>) -> String { "\(range.lowerBound)-\(range.upperBound)" }

    /// Reads `19-22`: sequences from 1, in order, written as `text(of:)` does.
    public static func range(of text: String) -> ClosedRange<Int>? {
        guard text.utf8.count <= lostBytesMax else { return nil }
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let first = Int(parts[0]), let last = Int(parts[1]), first >= 1, last >= first,
            last < 1 << 40, self.text(of: first...last) == text
        else { return nil }
        return first...last
    }
}

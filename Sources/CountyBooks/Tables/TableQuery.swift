/// What a reader wants of a table, as the address of a page carries it: `?sort=pieces&order=desc&filter=北留&page=2&size=50`.
/// A table that shares its page with others has a scope: `?doors.sort=number`.
public struct TableQuery: Sendable, Hashable {
    /// Before the names of its items; empty for the only table of a page.
    public var scope: String
    /// Id of the column that rows are sorted by; `nil` for the table's own order.
    public var sort: String?
    public var isDescending: Bool
    /// At most `TableLimits.filterCharactersMax` characters; empty for all rows.
    public var filter: String
    /// From 1.
    public var page: Int
    /// Rows of a page.
    public var size: Int

    public init(
        scope: String = "",
        sort: String? = nil,
        isDescending: Bool = false,
        filter: String = "",
        page: Int = 1,
        size: Int = TableLimits.pageRows
    ) {
        (self.scope, self.sort, self.isDescending) = (scope, sort, isDescending)
        (self.filter, self.page, self.size) = (filter, page, size)
    }

    /// Reads decoded items of an address. What it cannot read is as if it were not there, and what is out of bounds becomes
    /// the bound: an address is typed and kept by people. Of two items of one name the first counts.
    public init(_ items: some Sequence<(key: Substring, value: Substring)>, scope: String = "") {
        self.init(scope: scope)
        var seen: Set<Name> = []
        for item in items {
            guard let name = name(of: item.key), seen.insert(name).inserted else { continue }
            take(name, String(item.value))
        }
        if sort == nil { isDescending = false }
    }

    private enum Name: String, CaseIterable { case sort, order, filter, page, size }

    private mutating func take(_ name: Name, _ value: String) {
        switch name {
        case .sort:
            let isID = value.utf8.allSatisfy { Self.isLetter($0) || Self.isDigit($0) }
            sort = isID && (1...TableLimits.columnCharactersMax).contains(value.utf8.count) ? value : nil
        case .order: isDescending = value == "desc"
        case .filter: filter = String(Table.trimmed(value).prefix(TableLimits.filterCharactersMax))
        case .page: page = Self.number(value, 1...TableLimits.pagesMax) ?? page
        case .size: size = Self.number(value, 1...TableLimits.pageRowsMax) ?? size
        }
    }

    private func name(of key: Substring) -> Name? {
        guard !scope.isEmpty else { return Name(rawValue: String(key)) }
        guard key.hasPrefix("\(scope).") else { return nil }
        return Name(rawValue: String(key.dropFirst(scope.count + 1)))
    }

    /// Digits alone; more of them than `Int` holds are the upper bound.
    private static func number(_ text: String, _ bounds: ClosedRange<Int>) -> Int? {
        guard !text.isEmpty, text.utf8.allSatisfy(isDigit) else { return nil }
        return min(max(Int(text) ?? bounds.upperBound, bounds.lowerBound), bounds.upperBound)
    }
}

extension TableQuery {
    /// For a column's header: sorts by it, or the other way when it does so already; from the first page.
    public func sorted(by columnID: String) -> TableQuery {
        var query = self
        (query.isDescending, query.sort) = (sort == columnID && !isDescending, columnID)
        query.page = 1
        return query
    }

    /// For the links between pages.
    public func at(page: Int) -> TableQuery {
        var query = self
        query.page = page
        return query
    }

    /// The query of a link, without `?`, empty where all is as by default. `others` are the request's decoded items: those of
    /// this table are replaced, all others stay.
    public func text(beside others: some Sequence<(key: Substring, value: Substring)>) -> String {
        let kept = others.filter { name(of: $0.key) == nil }.map { (String($0.key), String($0.value)) }
        return (kept + items).map { "\(Self.encoded($0.0))=\(Self.encoded($0.1))" }.joined(separator: "&")
    }

    /// The query of a link on a page that has no other items.
    public var text: String { text(beside: EmptyCollection<(key: Substring, value: Substring)>()) }

    /// Names and values that differ from the default, for a link or the hidden fields of a form.
    public var items: [(String, String)] {
        let prefix = scope.isEmpty ? "" : "\(scope)."
        var items: [(Name, String)] = []
        if let sort { items.append((.sort, sort)) }
        if sort != nil, isDescending { items.append((.order, "desc")) }
        if !filter.isEmpty { items.append((.filter, filter)) }
        if page != 1 { items.append((.page, String(page))) }
        if size != TableLimits.pageRows { items.append((.size, String(size))) }
        return items.map { (prefix + $0.0.rawValue, $0.1) }
    }

    /// Percent-encoding: all but the unreserved characters of RFC 3986.
    private static func encoded(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            if isLetter(byte) || isDigit(byte) || "-._~".utf8.contains(byte) {
                bytes.append(byte)
            } else {
                bytes += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 0xF)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}

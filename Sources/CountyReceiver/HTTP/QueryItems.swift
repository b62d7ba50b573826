import SyncWire

/// `name=value` pairs of a query. Values that stations send need no escapes.
struct QueryItems {
    private var items: [Substring: Substring] = [:]

    init(_ query: String) {
        for item in query.split(separator: "&") {
            let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            items[parts[0]] = parts.count == 2 ? parts[1] : ""
        }
    }

    /// The value; `nil` when it is missing or empty.
    func text(_ name: Substring) -> String? {
        guard let value = items[name], !value.isEmpty else { return nil }
        return String(value)
    }

    func number(_ name: Substring) throws(Problem) -> Int? {
        guard let text = text(name) else { return nil }
        guard let number = Int(text), (0..<1 << 53).contains(number) else {
            throw .malformed("\(name)=\(text.prefix(20)) is not a number from 0")
        }
        return number
    }
}

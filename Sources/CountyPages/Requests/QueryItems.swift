/// What stands behind `?` in an address, decoded: names and values in their order.
public struct QueryItems: Sendable, Sequence {
    public typealias Element = (key: Substring, value: Substring)

    private let items: [Element]

    /// No items.
    public init() { items = [] }

    /// Reads `name=value&name=value`; what cannot be read is left out, and more items than
    /// `CountyPagesLimits.formFieldsMax` are not looked at: addresses are typed and kept by people.
    public init(_ query: Substring) {
        let texts = query.split(separator: "&").prefix(CountyPagesLimits.formFieldsMax)
        items = texts.compactMap { URLEncoded.item($0).map { (Substring($0.name), Substring($0.value)) } }
    }

    public func makeIterator() -> IndexingIterator<[Element]> { items.makeIterator() }

    /// The value of an item as it is; `nil` where it is missing.
    func value(_ name: String) -> String? { items.first { $0.key == name }.map { String($0.value) } }

    /// The value of an item, without blanks around it; `nil` where it is missing or empty. Of two of one name the first counts.
    public func text(_ name: String) -> String? {
        let text = FormText.trimmed(value(name) ?? "")
        return text.isEmpty ? nil : text
    }

    /// A whole number of digits alone, within bounds.
    public func number(_ name: String, _ bounds: ClosedRange<Int>) -> Int? {
        guard let text = text(name), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(text) else {
            return nil
        }
        return bounds.contains(number) ? number : nil
    }

    /// Items but those of some names.
    func without(_ names: Set<String>) -> [Element] { items.filter { !names.contains(String($0.key)) } }
}

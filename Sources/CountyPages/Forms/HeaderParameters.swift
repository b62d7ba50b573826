/// `value; name=text; name="text"` of a header.
package struct HeaderParameters: Sendable, Hashable {
    /// What stands before the first `;`.
    package let value: String
    private var parameters: [String: String] = [:]

    /// Reads as far as it can; of two of one name the first counts.
    package init(_ text: String) {
        var rest = Array(text.unicodeScalars)[...]
        value = Self.trimmed(Self.take(&rest) { $0 == ";" })
        while rest.popFirst() != nil {
            let name = Self.trimmed(Self.take(&rest) { $0 == "=" || $0 == ";" }).lowercased()
            guard rest.first == "=" else { continue }
            rest = rest.dropFirst().drop { $0 == " " || $0 == "\t" }
            let text: String
            if rest.first == "\"" {
                rest = rest.dropFirst()
                text = String(String.UnicodeScalarView(Self.take(&rest) { $0 == "\"" }))
                _ = Self.take(&rest) { $0 == ";" }
            } else {
                text = Self.trimmed(Self.take(&rest) { $0 == ";" })
            }
            if parameters[name] == nil { parameters[name] = text }
        }
    }

    /// A parameter by its name in small letters.
    package subscript(name: String) -> String? { parameters[name] }

    /// Takes what stands before a sign, which stays.
    private static func take(
        _ rest: inout ArraySlice<Unicode.Scalar>,
        before isEnd: (Unicode.Scalar) -> Bool
    ) -> ArraySlice<Unicode.Scalar> {
        let end = rest.firstIndex(where: isEnd) ?? rest.endIndex
        defer { rest = rest[end...] }
        return rest[..<end]
    }

    private static func trimmed(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        FormText.trimmed(String(String.UnicodeScalarView(scalars)))
    }
}

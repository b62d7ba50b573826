/// What the county cannot do, why, and how to fix it (DESIGN rule 14).
public struct CountyFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// The thing, its fault and its fix in one line or more, each in English with the Chinese behind it where there is some.
    public var description: String

    /// `thing: cause: fix`
    public init(_ thing: String, _ cause: String, mend: String? = nil) {
        description = "\(thing): \(cause)" + (mend.map { ": \($0)" } ?? "")
    }

    /// Whether it is about a file of the server: its path, and what a store says of it, are for those who keep the server.
    public var isOfServer: Bool {
        let thing = description.prefix(upTo: description.firstRange(of: ": ")?.lowerBound ?? description.endIndex)
        return thing.hasPrefix("/") || thing.contains("county-server/") || thing.contains(".sqlite")
    }

    /// The same for a page, which shows one language.
    public var words: Words { Words(both: description) }
}

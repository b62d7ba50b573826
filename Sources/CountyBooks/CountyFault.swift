/// What the county cannot do, why, and how to fix it (DESIGN rule 14).
public struct CountyFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// The thing, its fault and its fix in one line or more.
    public var description: String

    /// `thing: cause: fix`
    public init(_ thing: String, _ cause: String, mend: String? = nil) {
        description = "\(thing): \(cause)" + (mend.map { ": \($0)" } ?? "")
    }
}

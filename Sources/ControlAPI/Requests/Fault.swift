/// Body of every answer that is not 2xx.
public struct Fault: Error, Sendable, Hashable, Codable, CustomStringConvertible {
    /// What kind of refusal, for programs.
    public var code: Code
    /// The thing, the cause and the mend, for people.
    public var message: String

    /// Kinds of refusal. A kind that a client does not know is kept as it came.
    public struct Code: Sendable, Hashable, Codable, RawRepresentable {
        /// The word on the wire.
        public var rawValue: String

        /// A kind by its word.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// The request itself is wrong.
        public static let invalid = Code(rawValue: "invalid")
        /// The caller's user has no role for it.
        public static let forbidden = Code(rawValue: "forbidden")
        /// There is no such path.
        public static let notFound = Code(rawValue: "notFound")
        /// The body is longer than `ControlLimits.requestBytesMax`.
        public static let tooLarge = Code(rawValue: "tooLarge")
        /// Right, but not on this station or not now.
        public static let unavailable = Code(rawValue: "unavailable")
        /// Somebody else (the county, the disk) failed.
        public static let failed = Code(rawValue: "failed")
    }

    /// A refusal with its words.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The message.
    public var description: String { message }
}

/// Why an upgrade cannot go on: the thing, the cause, the fix, in Chinese and English.
public struct TrialFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// The same words in both languages.
    public struct Words: Sendable, Hashable {
        public var chinese: String
        public var english: String

        public init(_ chinese: String, _ english: String) { (self.chinese, self.english) = (chinese, english) }
    }

    /// A file or a folder.
    public var thing: String
    public var cause: Words
    public var fix: Words

    public init(_ thing: String, cause: Words, fix: Words) {
        (self.thing, self.cause, self.fix) = (thing, cause, fix)
    }

    /// Two lines: one a language.
    public var description: String {
        "\(thing): \(cause.chinese)。请\(fix.chinese)。\n\(thing): \(cause.english); \(fix.english)"
    }
}

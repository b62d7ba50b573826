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
    /// Whether the books are damaged in a way that a start keeps aside: then it is no worse without an upgrade.
    public var isDamage: Bool

    public init(_ thing: String, cause: Words, fix: Words, isDamage: Bool = false) {
        (self.thing, self.cause, self.fix, self.isDamage) = (thing, cause, fix, isDamage)
    }

    /// Two lines: one a language.
    public var description: String {
        "\(thing): \(cause.chinese)。请\(fix.chinese)。\n\(thing): \(cause.english); \(fix.english)"
    }
}

extension TrialFault {
    /// The disk took no more in the midst of a trial.
    public static func full(_ folder: TrialFolder, _ text: String) -> TrialFault {
        TrialFault(
            folder.parent,
            cause: .init("试升级时空间用完", "the disk was full while the upgrade was tried (\(text))"),
            fix: .init("腾出空间后再次安装软件包", "make room there, then install the package again")
        )
    }
}

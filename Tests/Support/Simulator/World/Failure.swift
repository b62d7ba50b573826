/// A broken invariant: which, where, what led to it, and how to see it again.
public struct Failure: Error, Sendable, CustomStringConvertible {
    public var seed: UInt64
    public var day: Int
    /// Days after which the same world breaks in the same way.
    public var days: Int
    public var step: Int
    /// The sentence that turned out false.
    public var invariant: String
    public var detail: String
    /// The last steps before it.
    public var log: [String]

    public var command: String { "lockerbench simulate --days \(days) --seed \(seed) --verbose" }

    public var description: String {
        """
        seed \(seed), day \(day), step \(step): broken: \(invariant)
        \(detail)
        \(log.joined(separator: "\n"))
        replay: \(command)
        """
    }
}

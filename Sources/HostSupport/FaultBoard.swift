import Synchronization

/// Faults that the parts of the daemon found, for the status. Safe from any thread.
public final class FaultBoard: Sendable {
    private let found = Mutex<[String]>([])

    public init() {}

    /// Adds a fault, once.
    public func add(_ fault: String) {
        found.withLock { if !$0.contains(fault) { $0.append(fault) } }
    }

    /// Every fault so far.
    public var all: [String] { found.withLock { $0 } }
}

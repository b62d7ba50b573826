import Synchronization

/// Forwards to a callback that is set after construction: the engine calls it, and the uplink that it wakes needs the
/// engine first.
package final class LateBell: Sendable {
    private let target = Mutex<(@Sendable () -> Void)?>(nil)

    package init() {}

    package func connect(_ call: @escaping @Sendable () -> Void) { target.withLock { $0 = call } }

    /// Does nothing before `connect`.
    package func notify() { target.withLock { $0 }?() }
}

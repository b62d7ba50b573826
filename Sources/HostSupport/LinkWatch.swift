import CHost
import Dispatch
import Glibc
import Synchronization

/// Tells when a network link came up or got an address, so that the uplink need not wait out its pause (DESIGN 4.3).
public final class LinkWatch: Sendable {
    private let running = Mutex(true)

    public init() {}

    /// Calls back on its own thread. Without netlink (a sandbox) it says so once and does nothing.
    public func start(_ cameUp: @escaping @Sendable () -> Void) -> Bool {
        let descriptor = lk_link_watch_open()
        guard descriptor >= 0 else { return false }
        let queue = DispatchQueue(label: "link")
        queue.async {
            while self.running.withLock({ $0 }) {
                let news = lk_link_watch_wait(descriptor, 1_000)
                if news < 0 { break }
                if news == 1 { cameUp() }
            }
            close(descriptor)
        }
        return true
    }

    /// Ends the thread within a second.
    public func stop() { running.withLock { $0 = false } }
}

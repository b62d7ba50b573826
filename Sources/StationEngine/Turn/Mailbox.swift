import LockerDomain
import StationCore
import Synchronization

/// Called on the engine's thread with the answers to an input, once its events are durable.
typealias Reply = @Sendable ([Answer]) -> Void

/// Bounded mailbox of the engine (DESIGN 3.1). Safe from any thread; never blocks.
final class Mailbox: Sendable {
    private let queue = Mutex(PostQueue<Reply>())

    func put(_ post: Posted<Reply>) -> PostQueue<Reply>.Receipt { queue.withLock { $0.put(post) } }

    /// The inputs of one turn; an empty answer ends the draining, and the next `put` wakes the engine again.
    func take() -> [Posted<Reply>] { queue.withLock { $0.take() } }
}

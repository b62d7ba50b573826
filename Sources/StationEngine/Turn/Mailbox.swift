import DequeModule
public import LockerDomain
import Synchronization

/// One input on its way to the engine, and who waits for its answers.
public struct Post: Sendable {
    public var input: Input
    /// Called on the engine's thread with the answers of this input, once its events are durable.
    public var reply: (@Sendable ([Answer]) -> Void)?

    public init(_ input: Input, reply: (@Sendable ([Answer]) -> Void)? = nil) {
        self.input = input
        self.reply = reply
    }
}

extension Input {
    fileprivate var isOfDoors: Bool {
        switch self {
        case .level, .pulseEnded: true
        default: false
        }
    }
}

/// Bounded mailbox of the engine (DESIGN 3.1). Safe from any thread; never blocks.
final class Mailbox: Sendable {
    private struct State {
        var posts: Deque<Post> = []
        var draining = false
    }

    private let state = Mutex(State())

    enum Receipt { case queued, queuedWake, full }

    func put(_ post: Post) -> Receipt {
        // A flood of scans must not make the station forget a door: what doors report is bounded by the doors.
        let limit = post.input.isOfDoors ? 2 * Limits.mailboxInputsMax : Limits.mailboxInputsMax
        return state.withLock { state in
            guard state.posts.count < limit else { return .full }
            state.posts.append(post)
            defer { state.draining = true }
            return state.draining ? .queued : .queuedWake
        }
    }

    /// At most `limit` posts; an empty answer ends the draining, and the next `put` wakes the engine again.
    func take(_ limit: Int) -> [Post] {
        state.withLock { state in
            let posts = Array(state.posts.prefix(limit))
            state.posts.removeFirst(posts.count)
            if posts.isEmpty { state.draining = false }
            return posts
        }
    }
}

import LockerDomain
package import StationRules

/// One input on its way to the station, and who waits for its answers.
package struct Posted<Asker> {
    package var input: Input
    package var asker: Asker?

    package init(_ input: Input, asker: Asker? = nil) {
        self.input = input
        self.asker = asker
    }
}

extension Posted: Sendable where Asker: Sendable {}

/// Inputs that wait for a turn, bounded (DESIGN 3.1). Pure: who shares it between threads puts a lock around it.
package struct PostQueue<Asker> {
    private var posts: [Posted<Asker>] = []
    private var isDraining = false

    package enum Receipt: Sendable { case queued, queuedWake, full }

    package init() {}

    package var isEmpty: Bool { posts.isEmpty && !isDraining }

    /// Puts an input at the end. After `queuedWake` somebody must begin to take.
    package mutating func put(_ post: Posted<Asker>) -> Receipt {
        // A flood of scans must not make the station forget a door: what doors report is bounded by the doors.
        let limit = post.input.isOfDoors ? 2 * Limits.mailboxInputsMax : Limits.mailboxInputsMax
        guard posts.count < limit else { return .full }
        posts.append(post)
        defer { isDraining = true }
        return isDraining ? .queued : .queuedWake
    }

    /// The inputs of one turn; an empty answer ends the draining, and the next `put` asks for a wake again.
    package mutating func take() -> [Posted<Asker>] {
        let taken = Array(posts.prefix(Limits.inputsPerTurnMax))
        posts.removeFirst(taken.count)
        if taken.isEmpty { isDraining = false }
        return taken
    }
}

extension PostQueue: Sendable where Asker: Sendable {}

extension Input {
    fileprivate var isOfDoors: Bool {
        switch self {
        case .level, .pulseEnded: true
        default: false
        }
    }
}

import Synchronization

/// Faults that the parts of the daemon found, for the status. Safe from any thread.
public final class FaultBoard: Sendable {
    /// What is tried again until it is well.
    public enum Part: String, Sendable, CaseIterable {
        /// The data folder with the journal: without it nothing is decided.
        case storage
        /// The doors as a whole.
        case doors
        case keys
        /// The county's own configuration file.
        case policy
        case scanners
        /// The control socket.
        case socket
        /// The copy of the station on another medium.
        case backup

        /// Whether the station can do nothing without it.
        public var stopsStation: Bool { self == .storage || self == .doors }
        /// Whether who stands in front of the station is shown it: nobody there can do anything about a backup.
        public var alarms: Bool { self != .backup }
    }

    private struct State: Sendable {
        var found: [String] = []
        var standing: [Part: String] = [:]
    }

    private let state = Mutex(State())

    public init() {}

    /// Adds a fault that stays, once.
    public func add(_ fault: String) {
        state.withLock { if !$0.found.contains(fault) { $0.found.append(fault) } }
    }

    /// Takes faults away that are over, and adds others.
    public func replace(_ old: [String], with new: [String]) {
        state.withLock { state in
            state.found.removeAll { old.contains($0) && !new.contains($0) }
            for fault in new where !state.found.contains(fault) { state.found.append(fault) }
        }
    }

    /// Sets the fault of a part, or ends it with `nil`. Returns whether that is news.
    @discardableResult
    public func set(_ part: Part, _ fault: String?) -> Bool {
        state.withLock { state in
            defer { state.standing[part] = fault }
            return state.standing[part] != fault
        }
    }

    /// The fault of a part that stands now.
    public subscript(part: Part) -> String? { state.withLock { $0.standing[part] } }

    /// Whether the station can do nothing now.
    public var isDown: Bool { state.withLock { $0.standing.keys.contains { $0.stopsStation } } }

    /// Faults that are tried again, the worst first.
    public var standing: [String] {
        state.withLock { state in Part.allCases.compactMap { state.standing[$0] } }
    }

    /// Those of them that the lights and the screen show.
    public var alarming: [String] {
        state.withLock { state in Part.allCases.filter(\.alarms).compactMap { state.standing[$0] } }
    }

    /// Every fault that stands, then every fault that was found so far.
    public var all: [String] { standing + state.withLock { $0.found } }
}

package import LockerDomain
package import StationBooks
package import SyncWire

/// When commands are carried out, and in which order: by number, none twice. One that cannot be done now (its manifest is
/// not to be had) has a pause of its own and holds up none behind it; a disk that is not well pauses all. Pure.
package struct CommandOrder: Sendable, Hashable {
    /// One that could not be done.
    private struct Waiting: Hashable {
        var command: PutOffCommand
        /// Uptime at which its pause is over.
        var pauseEnd: Int64
        var backoff = Backoff()
        /// Uptime at which the county listed it last.
        var listed: Int64
    }

    /// By id.
    private var waiting: [String: Waiting] = [:]
    /// Uptime at which the pause of all is over.
    private var pauseEnd: Int64 = 0
    private var backoff = Backoff()

    package init() {}

    /// Milliseconds that are left of the pause of all; 0 when commands may be tried.
    package func pauseLeft(at uptime: Int64) -> Int64 { max(0, pauseEnd - uptime) }

    /// Milliseconds until one that was put off may be tried again; `nil` when none was.
    package func nextTry(at uptime: Int64) -> Int64? {
        let ends = waiting.values.map(\.pauseEnd) + (pauseEnd > uptime ? [pauseEnd] : [])
        return ends.min().map { max(0, max($0, pauseEnd) - uptime) }
    }

    /// Those that have waited for longer than `Limits.putOffMilliseconds`, by number: a fault.
    package func putOff(at uptime: Int64) -> [PutOffCommand] {
        waiting.values.map(\.command).filter { uptime - $0.since >= Limits.putOffMilliseconds }
            .sorted { ($0.number, $0.id) < ($1.number, $1.id) }
    }

    /// Whether a list that came with an answer to a batch is worth handing over.
    package func isDue(_ list: CommandList, after settled: SettledCommands, at uptime: Int64) -> Bool {
        pauseLeft(at: uptime) == 0
            && list.commands.contains {
                isDue($0, at: uptime) && settled.standing(of: $0.id, number: $0.number) != .answered
            }
    }

    private func isDue(_ message: CommandMessage, at uptime: Int64) -> Bool {
        waiting[message.id].map { $0.pauseEnd <= uptime } ?? true
    }

    /// What is to be carried out of a list now: none during the pause of all or its own, and none while the disk keeps its
    /// reserve for pickups; that begins a pause of all.
    ///
    /// - Parameter random: uniform over all of UInt32.
    package mutating func begin(
        _ list: CommandList,
        takesCommands: Bool,
        at uptime: Int64,
        random: UInt32
    ) -> DueCommands {
        for message in list.commands { waiting[message.id]?.listed = uptime }
        // What the county lists no longer, another has replaced, or it has expired.
        waiting = waiting.filter { uptime - $0.value.listed < Limits.putOffForgottenMilliseconds }
        guard !list.commands.isEmpty, pauseLeft(at: uptime) == 0 else { return DueCommands([]) }
        guard takesCommands else {
            diskFailed(at: uptime, random: random)
            return DueCommands([])
        }
        let due = list.commands.filter { isDue($0, at: uptime) }
        // What was tried before comes last, and of these the one that rests longest: none behind it waits for it.
        let again = due.filter { waiting[$0.id] != nil }
            .sorted { (waiting[$0.id]?.pauseEnd ?? 0, $0.number) < (waiting[$1.id]?.pauseEnd ?? 0, $1.number) }
        return DueCommands(due.filter { waiting[$0.id] == nil }, again: again)
    }

    /// The disk takes no command: all are tried again when they are listed again, after a pause that grows.
    package mutating func diskFailed(at uptime: Int64, random: UInt32) {
        pauseEnd = uptime + backoff.pause(random: random)
    }

    /// A command cannot be done now: it is tried again when it is listed again, after a pause of its own that grows.
    ///
    /// - Parameter reason: why, in words for people.
    /// - Returns: whether it was tried for the first time: one that was tried before ends its list, so that a fetch that
    ///   takes minutes is followed by a look at what is new.
    @discardableResult
    package mutating func putOff(
        _ message: CommandMessage,
        _ reason: String,
        at uptime: Int64,
        random: UInt32
    ) -> Bool {
        let isFirst = waiting[message.id] == nil
        let new = PutOffCommand(
            id: message.id,
            number: message.number,
            type: message.type,
            reason: reason,
            since: uptime
        )
        var entry = waiting[message.id] ?? Waiting(command: new, pauseEnd: 0, listed: uptime)
        entry.command.reason = reason
        entry.pauseEnd = uptime + entry.backoff.pause(random: random)
        waiting[message.id] = entry
        guard waiting.count > Limits.putOffCommandsMax else { return isFirst }
        let newest = waiting.max { ($0.value.command.since, $0.key) < ($1.value.command.since, $1.key) }
        if let newest { waiting[newest.key] = nil }
        return isFirst
    }

    /// A command was done, or failed for good.
    package mutating func settled(_ message: CommandMessage) {
        waiting[message.id] = nil
        (pauseEnd, backoff) = (0, Backoff())
    }

    /// The network came up: pauses are over and begin anew; since when commands wait is kept.
    package mutating func endPauses() {
        (pauseEnd, backoff) = (0, Backoff())
        for id in waiting.keys {
            waiting[id]?.pauseEnd = 0
            waiting[id]?.backoff = Backoff()
        }
    }
}

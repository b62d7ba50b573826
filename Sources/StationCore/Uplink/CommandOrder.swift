import LockerDomain
package import SyncWire

/// When commands are carried out, and in which order: by number, none twice, none while they rest after one that could
/// not be done (its manifest is not to be had, the disk is not well). Pure.
package struct CommandOrder: Sendable, Hashable {
    /// Uptime at which the pause is over.
    private var pauseEnd: Int64 = 0
    private var backoff = Backoff()

    package init() {}

    /// Milliseconds that are left of the pause; 0 when commands may be tried.
    package func pauseLeft(at uptime: Int64) -> Int64 { max(0, pauseEnd - uptime) }

    /// Whether a list that came with an answer to a batch is worth handing over: `done` is the number of the last
    /// command that was done.
    package func isDue(_ list: CommandList, after done: Int, at uptime: Int64) -> Bool {
        pauseLeft(at: uptime) == 0 && list.commands.contains { $0.number > done }
    }

    /// What is to be carried out of a list now: nothing during the pause, and nothing while the disk keeps its reserve
    /// for pickups; that begins a pause.
    ///
    /// - Parameter random: uniform over all of UInt32.
    package mutating func begin(
        _ list: CommandList,
        takesCommands: Bool,
        at uptime: Int64,
        random: UInt32
    ) -> DueCommands {
        guard !list.commands.isEmpty, pauseLeft(at: uptime) == 0 else { return DueCommands([]) }
        guard takesCommands else {
            failed(at: uptime, random: random)
            return DueCommands([])
        }
        return DueCommands(list.commands)
    }

    /// A command could not be done: it is tried again when it is listed again, after a pause that grows.
    package mutating func failed(at uptime: Int64, random: UInt32) { pauseEnd = uptime + backoff.pause(random: random) }

    /// A command was done.
    package mutating func succeeded() { self = CommandOrder() }
}

/// Commands of one list that wait to be carried out.
package struct DueCommands: Sendable, Hashable {
    /// Falling by number: the next one is the last.
    private var waiting: [CommandMessage]

    package init(_ commands: [CommandMessage]) {
        waiting = Array(commands.sorted { $0.number < $1.number }.reversed())
    }

    /// The one with the lowest number above that of the last command that was done; `nil` when none is left.
    package mutating func next(after done: Int) -> CommandMessage? {
        while let message = waiting.popLast() { if message.number > done { return message } }
        return nil
    }
}

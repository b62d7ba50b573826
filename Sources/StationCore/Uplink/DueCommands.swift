import LockerDomain
package import StationBooks
package import SyncWire

/// Commands of one list that wait to be carried out.
package struct DueCommands: Sendable, Hashable {
    /// The next one is the last.
    private var waiting: [CommandMessage]

    /// - Parameter again: those that could not be done before, in the order in which they are tried.
    package init(_ commands: [CommandMessage], again: [CommandMessage] = []) {
        waiting = Array((commands.sorted { $0.number < $1.number } + again).reversed())
    }

    /// The next one that the station has not answered; `nil` when none is left.
    package mutating func next(after settled: SettledCommands) -> CommandMessage? {
        while let message = waiting.popLast() {
            if settled.standing(of: message.id, number: message.number) != .answered { return message }
        }
        return nil
    }
}

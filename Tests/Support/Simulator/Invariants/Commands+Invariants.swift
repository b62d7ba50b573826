import LockerDomain
import SyncWire

struct OrderedCommands: Invariant {
    let sentence = "commands are carried out in the order of their numbers, each once, and none is left out"
    /// First ids of those that were carried out in this journal.
    private var done: Set<String> = []

    mutating func judge(_ step: Step, in world: World) -> String? {
        guard case .event(let line, _) = step else { return nil }
        // What an older copy did lies on a branch: the county does not know, and orders it again.
        if case .stationJournalReplaced(let fact) = line.event, fact.stateKept != true { done = [] }
        guard case .commandReceived(let fact) = line.event else { return nil }
        let settled = world.proven.commands
        guard settled.standing(of: fact.id, number: fact.number) == .open else { return "\(fact.number) again" }
        guard done.insert(world.county.origins[fact.id] ?? fact.id).inserted else {
            return "\(fact.number) was done under another number"
        }
        let before = world.county.open.first { $0.number < fact.number && settled.isOpen($0) }
        return before.map { "\(fact.number), and \($0.number) waits" }
    }
}

extension SettledCommands {
    fileprivate func isOpen(_ command: Command) -> Bool { standing(of: command.id, number: command.number) == .open }
}

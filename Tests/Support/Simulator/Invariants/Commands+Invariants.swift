import LockerDomain
import StationBooks
import SyncWire

struct OrderedCommands: Invariant {
    let sentence = "commands are carried out in the order of their numbers, each once, and none is left out"
    /// Those that were carried out in this journal, by their first ids.
    private var done: [String: String] = [:]

    mutating func judge(_ step: Step, in world: World) -> String? {
        // A new number that a county gave after its backup it does not know: it gives another, and what was done is done again.
        if case .countyRestored = step { done = done.filter { $0.key == $0.value || world.county.knows($0.value) } }
        guard case .event(let line, _) = step else { return nil }
        // What an older copy did lies on a branch: the county does not know, and orders it again.
        if case .stationJournalReplaced(let fact) = line.event, fact.stateKept != true { done = [:] }
        guard case .commandReceived(let fact) = line.event else { return nil }
        let settled = world.proven.commands
        guard settled.standing(of: fact.id, number: fact.number) == .open else { return "\(fact.number) again" }
        guard done.updateValue(fact.id, forKey: world.county.origins[fact.id] ?? fact.id) == nil else {
            return "\(fact.number) was done under another number"
        }
        let before = world.county.open.first { $0.number < fact.number && settled.isOpen($0) }
        return before.map { "\(fact.number), and \($0.number) waits" }
    }
}

extension SettledCommands {
    fileprivate func isOpen(_ command: Command) -> Bool { standing(of: command.id, number: command.number) == .open }
}

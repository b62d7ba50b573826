import LockerDomain
import SyncWire

struct OrderedCommands: Invariant {
    let sentence = "commands are carried out in the order of their numbers, each once, and none is left out"

    func judge(_ step: Step, in world: World) -> String? {
        guard case .event(let line, _) = step, case .commandReceived(let fact) = line.event else { return nil }
        // A station that has lost its journal, or the end of it, goes on behind what the county knows to be done.
        let last = world.proven.lastCommand
        let next = max(last, world.county.books.done) + 1
        guard fact.number > last, fact.number <= next else { return "\(fact.number) after \(last), \(next) is next" }
        return nil
    }
}

import LockerDomain
import PortFakes
import StationBooks
import StationCore
import StationPorts
import StationRules
import SyncWire

/// A copy of the station's disk, and what was true of its journal when it was made.
struct OldCopy {
    var disk: Disk
    var proven: StationState
    var invariants: [any Invariant]
}

/// An older copy of the card is put in: the station goes on where it stood then, under numbers that the county has heard
/// other events of. The station cannot know; the county's first answer tells it (DESIGN 4.3).
extension World {
    /// Copies the card while nobody is at it.
    func copyDisk() {
        guard machine.isRunning, machine.station?.isIdle == true, !machine.isBehind, machine.storage == .ok,
            outputs.isQuiet
        else { return }
        oldCopy = OldCopy(disk: disk, proven: proven, invariants: invariants)
        log.note(clock.now, .word("the card is copied, \(disk.lines.count) lines"))
    }

    /// Puts the copy in, when the county knows more of the same journal: else nobody could ever tell.
    func turnBack() {
        guard machine.isRunning, let copy = oldCopy, disk.incarnations == copy.disk.incarnations,
            let incarnation = disk.incarnations.last,
            county.books.count(of: incarnation) > copy.disk.last(of: disk.incarnations.count)
        else { return }
        crash(.power, at: "and the card is changed")
        oldCopy = nil
        journal.change { $0.turnBack(to: copy.disk) }
        keystore.lifeMarks = MemoryLifeMark()
        (proven, cameBack) = (copy.proven, [])
        replaceInvariants(copy.invariants)
        isTurnedBack = true
        for door in cabinet.names { excuse(.door(door), .journalLost) }
        for shelf in cabinet.shelf { excuse(.shelf(shelf), .journalLost) }
    }

    /// The present incarnation is closed, and the first event of the next says why. `false` when the disk does not take
    /// it: the station goes on as if nothing had been asked.
    func replaceIncarnation(_ generation: Int, _ reason: JournalReplaced.Reason) -> Bool {
        guard let core = machine.core, core.log.incarnation.generation == generation, rules.replacesForked else {
            return true
        }
        do {
            // Up to the cursor both ends have compared their hashes.
            let cursor = disk.acknowledged
            let shared = cursor.generation == generation ? cursor.sequence : 0
            try core.replaceIncarnation(generation, reason: reason, shared: shared, at: moment)
        } catch {
            scheduleMaintenance()
            return false
        }
        (isTurnedBack, closed, recovery) = (false, generation, nil)
        afterTurn()
        return true
    }
}

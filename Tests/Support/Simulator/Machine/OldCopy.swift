import LockerDomain
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
        guard machine.isRunning, machine.station.isIdle, !machine.isBehind, machine.station.storage == .ok,
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
        disk.turnBack(to: copy.disk)
        lastMark = nil
        proven = copy.proven
        replaceInvariants(copy.invariants)
        isTurnedBack = true
        for door in cabinet.names { excuse(.door(door), .journalLost) }
        for shelf in cabinet.shelf { excuse(.shelf(shelf), .journalLost) }
    }

    /// As the engine does it: the present incarnation is closed, and the first event of the next says why. `false` when
    /// the disk does not take it: the station goes on as if nothing had been asked.
    func replaceIncarnation(_ generation: Int, _ reason: JournalReplaced.Reason) -> Bool {
        guard disk.incarnations.count == generation, rules.replacesForked else { return true }
        let fact = JournalReplaced(
            previous: machine.log.incarnation,
            lastSequence: EventLine.text(ofSequence: machine.log.position.sequence),
            lastHash: Hex.encode(machine.log.hash),
            supportCounter: UInt32(disk.incarnations.count + 1) * 1_000,
            reason: reason
        )
        let (post, now, before) = (Post(.journalReplaced(fact)), clock.moment, disk)
        log.note(clock.now, .input(post.input))
        let decision = rules.decide(&machine.station, post.input, now)
        disk.begin(Hex.encode(chance.bytes(16)))
        var next = machine.log
        next.incarnation = disk.incarnations.last ?? ""
        (next.position, next.hash) = (Position(generation: generation + 1, sequence: 0), Chain.start)
        do {
            let lines = try next.lines(for: decision.events, at: now)
            try rules.append(&disk, lines)
            next.commit(lines)
            machine.log = next
            (machine.snapshotAt, machine.rested) = (0, 0)
            prove(lines, causes: lines.map { _ in post })
        } catch {
            disk = before
            return !rebuild()
        }
        (isTurnedBack, closed) = (false, generation)
        scheduleRest()
        return true
    }
}

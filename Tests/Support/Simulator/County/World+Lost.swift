import LockerDomain
import PortFakes
import StationBooks
import StationCore
import StationPorts
import SyncWire

/// Events that cannot be read here any more: the county is asked for them before they count as lost, as `UplinkRunner`
/// does it.
extension World {
    /// What cannot be read right behind the cursor, and the county was not asked for.
    func unreadable() throws -> JournalRange? {
        guard rules.asksCounty, !disk.rot.isEmpty,
            case .broken(let range) = try link.uplink.machine.look(from: outbox, eventsMax: profile.batchEvents)
        else { return nil }
        return range
    }

    /// The check of the journal that the program makes after its start: every row of every incarnation.
    func checkJournal() {
        guard machine.isRunning, rules.checksJournal else {
            isChecked = true
            return
        }
        ring()
        do {
            var broken: [JournalRange] = []
            for generation in 1...max(1, disk.incarnations.count) {
                let front = Position(generation: generation, sequence: try outbox.prunedThrough(generation))
                let rows = try outbox.lines(after: front, limit: .max, bytes: .max)
                let reading = ChainReading(rows, after: front.sequence, front: nil)
                if !reading.mended.isEmpty { try putBack(reading.mended, from: "their neighbours") }
                broken += reading.broken.map { JournalRange(generation: generation, sequences: $0) }
            }
            link.uplink.broken = broken
            isChecked = true
            ring()
        } catch {
            // Tried again: the disk takes nothing now.
            after(Span.minute, run: machine.run) { $0.checkJournal() }
        }
    }

    /// Asks the county for a broken range.
    func ask(for range: JournalRange) {
        guard !chance.happens(link.lostRequests), !chance.happens(link.lostAnswers) else {
            return later(Limits.exchangeSeconds * Span.second) { world in
                world.pause(after: .noAnswer(seconds: Limits.exchangeSeconds))
            }
        }
        let bodies = countyGives(range)
        later(chance.within(60...3_000)) { $0.settle(range, with: bodies) }
    }

    /// The lines of a range as they arrive. The answer is signed, what the lines say is not the county's word: somebody on
    /// the way may have changed it.
    private func countyGives(_ range: JournalRange) -> [[UInt8]] {
        let incarnation = disk.incarnations[range.generation - 1]
        var bodies = county.books.lines(of: incarnation, range.sequences)
        let isKnown = range.last <= disk.acknowledged && bodies.count == range.sequences.count
        if isKnown, !isClosing, chance.happens(300) {
            let line = chance.count(0...bodies.count - 1)
            bodies[line][chance.count(0...bodies[line].count - 1)] ^= 1
            worn.insert("lines that do not fit")
        }
        return bodies
    }

    private func settle(_ range: JournalRange, with bodies: [[UInt8]]) {
        let uplink = link.uplink
        do {
            if try outbox.isGivenUp(range) {
                uplink.machine.knowsLost(range)
            } else if bodies.isEmpty {
                try declareLost(range)
                uplink.machine.knowsLost(range)
            } else if let lines = try rules.fitting(outbox, bodies, range) {
                try putBack(lines, from: "the county")
                if let last = lines.last, last.position < range.last {
                    let rest = last.position.sequence + 1...range.sequences.upperBound
                    uplink.broken.append(JournalRange(generation: range.generation, sequences: rest))
                }
            } else {
                log.note(clock.now, .word("uplink: what the county gave does not fit around \(range)"))
                uplink.machine.knowsLost(range)
            }
            uplink.broken.removeAll { $0 == range }
            guard machine.run == uplink.run else { return }
            uplink.isBusy = false
            ring()
        } catch { pause(after: LinkFault(error)) }
    }

    private func putBack(_ lines: [JournalLine], from whom: String) throws {
        try journal.putBack(lines)
        worn.insert("lines put back")
        let names = lines.map(\.position.description).joined(separator: " ")
        log.note(clock.now, .word("put back from \(whom): \(names)"))
        judge(.putBack(lines))
    }

    /// Closes the incarnation when it is the present one.
    func declareLost(_ range: JournalRange) throws {
        guard machine.isRunning, let core = machine.core else { return }
        log.note(clock.now, .word("events \(range) are lost"))
        worn.insert("lost lines")
        do {
            try core.replaceIncarnation(range.generation, reason: .damaged, lost: range.sequences, at: moment)
        } catch {
            scheduleMaintenance()
            throw error
        }
        afterTurn()
    }

    /// Goes by what the county says is the newest that it has.
    func followBooks() {
        guard profile.followsBooks, let books = county.books.newest else { return }
        do {
            let steps = try link.uplink.machine.correct(books, in: outbox)
            for step in steps {
                log.note(clock.now, .word("the county has \(books.incarnation) up to \(books.acknowledged): \(step)"))
                try carryOut(step, after: "\(books)")
            }
            if !steps.isEmpty { ring() }
        } catch { log.note(clock.now, .word("the county's books are not followed: \(error)")) }
    }

    /// What the county notes as lost, as it was written.
    var lostLines: [Disk.Line] {
        guard profile.rots else { return [] }
        return disk.incarnations.enumerated().flatMap { index, name in
            (county.books.chains[name]?.lost ?? []).compactMap { sequence in
                disk.index(of: Position(generation: index + 1, sequence: sequence)).map { disk.lines[$0] }
            }
        }
    }
}

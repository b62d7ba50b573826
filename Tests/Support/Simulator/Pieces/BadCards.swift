import LockerDomain
import StationBooks
import StationCore
import StationPorts
import StationRules
import SyncWire

/// A card that turns rows of the journal bad, in front of a snapshot: those that the county has, those of which it has not
/// heard, and those of which the station does not know whether it has.
struct BadCards: Piece {
    private static let rowsMax = 3

    func plan(day: Int, midnight: Int64, in world: World) {
        guard world.profile.rots else { return }
        if world.chance.happens(500) {
            world.trouble(at: midnight + world.chance.timeOfDay(0, 24)) { damageAcknowledged($0) }
        }
        guard day % 3 == 1 else { return }
        let start = midnight + world.chance.timeOfDay(7, 10)
        world.trouble(at: start) { world in
            let before = (world.link.lostRequests, world.link.lostAnswers)
            if world.chance.happens(600) { world.link.lostAnswers = 1_000 } else { world.link.lostRequests = 1_000 }
            let end = world.clock.now + world.chance.within(5 * Span.hour...13 * Span.hour)
            world.trouble(at: end) { world in
                damageUnsent(world)
                (world.link.lostRequests, world.link.lostAnswers) = before
            }
        }
    }

    private func damageAcknowledged(_ world: World) {
        let disk = world.disk
        damage(world) { $0.position <= disk.acknowledged }
    }

    /// Where the station does not know that the county has it, that is damaged first.
    private func damageUnsent(_ world: World) {
        let (disk, books) = (world.disk, world.county.books)
        let isKnown = damage(world, first: true) { line in
            let incarnation = disk.incarnations[line.position.generation - 1]
            return line.position > disk.acknowledged && books.has(line.position.sequence, of: incarnation)
        }
        if isKnown { world.worn.insert("damaged, and the county has it") }
        if isKnown, world.chance.happens(500) { return }
        damage(world) { line in
            let incarnation = disk.incarnations[line.position.generation - 1]
            return line.position > disk.acknowledged && Self.maySkip(line)
                && !books.has(line.position.sequence, of: incarnation)
        }
    }

    /// What a county does that never hears how a command ended is played by old cards.
    private static func maySkip(_ line: Disk.Line) -> Bool {
        switch line.read?.event {
        case .commandReceived, .commandCompleted, .commandFailed, .stationJournalReplaced, .stationJournalPruned, nil:
            false
        default: true
        }
    }

    /// Some rows that follow on each other turn bad. `false` when there are none of this kind in front of a snapshot.
    /// - Parameter isFirst: from the first of them on, which is sent next.
    @discardableResult
    private func damage(_ world: World, first isFirst: Bool = false, where isMeant: (Disk.Line) -> Bool) -> Bool {
        let disk = world.disk
        guard let end = disk.soundSnapshot else { return false }
        let rows = disk.lines.filter { line in
            line.position < end && line.position.sequence < disk.last(of: line.position.generation)
                && disk.isKept(line) && isMeant(line) && !isBeside(line.position, disk)
        }
        let candidates = isFirst ? Array(rows.prefix(1)) : rows
        guard let first = world.chance.pick(candidates.map(\.position)) else { return false }
        let count = world.chance.count(1...Self.rowsMax)
        for offset in 0..<count {
            let position = Position(generation: first.generation, sequence: first.sequence + offset)
            guard rows.contains(where: { $0.position == position }) else { break }
            let how = world.chance.pick(Disk.Damage.allCases) ?? .bytes
            let bit = world.chance.count(0...100_000)
            world.journal.change { $0.damage(position, how, bit: bit) }
            world.log.note(world.clock.now, .word("the card damages \(how) of event \(position)"))
        }
        world.isChecked = false
        return true
    }

    /// Whether it, or a row next to it, is damaged already.
    private func isBeside(_ position: Position, _ disk: Disk) -> Bool {
        (-1...1).contains { offset in
            disk.rot[Position(generation: position.generation, sequence: position.sequence + offset)] != nil
        }
    }
}

/// A bit of the uplink's cursor turns over, sometimes while the line is gone, so that nobody tells the station for hours.
struct MovedCursors: Piece {
    private static let bitsMax = 8

    func plan(day: Int, midnight: Int64, in world: World) {
        guard world.profile.prunes else { return }
        if world.chance.happens(400) {
            world.trouble(at: midnight + world.chance.timeOfDay(0, 24)) { move($0, toEnd: $0.chance.happens(300)) }
        }
        guard day % 3 == 2 else { return }
        let start = midnight + world.chance.timeOfDay(6, 9)
        let length = world.chance.within(6 * Span.hour...14 * Span.hour)
        world.trouble(at: start) { $0.link.lostRequests = 1_000 }
        world.trouble(at: start + length / 2) { move($0, toEnd: true) }
        world.trouble(at: start + length) { world in
            world.link.lostRequests = 0
            world.link.uplink.machine.linkCameUp()
            world.ring()
        }
    }

    private func move(_ world: World, toEnd: Bool) {
        let bit = toEnd ? nil : world.chance.count(0...Self.bitsMax)
        let before = world.disk.acknowledged
        world.journal.change { $0.moveCursor(bit: bit) }
        guard world.disk.acknowledged != before else { return }
        world.worn.insert("a cursor that moved")
        world.log.note(world.clock.now, .word("the cursor moves from \(before) to \(world.disk.acknowledged)"))
    }
}

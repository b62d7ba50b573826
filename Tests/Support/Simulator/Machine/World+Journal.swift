import LockerDomain
import StationPorts

/// The disk of a world as the uplink sees it. A world is used by one thread at a time.
struct DiskOutbox: OutboxPort, @unchecked Sendable {
    unowned let world: World

    func lines(after position: JournalPosition, limit: Int, bytes: Int) -> [JournalLine] {
        guard let (_, last) = incarnation(position.generation), last > position.sequence else { return [] }
        let start = world.disk.starts[position.generation - 1]
        var (lines, size): ([JournalLine], Int) = ([], 0)
        for index in (start + position.sequence)..<(start + min(last, position.sequence + limit)) {
            let line = world.disk.lines[index]
            size += line.bytes.count
            guard lines.isEmpty || size <= bytes else { break }
            lines.append(JournalLine(position: line.position.ofJournal, bytes: line.bytes, hash: line.hash))
        }
        return lines
    }

    func incarnation(_ generation: Int) -> (incarnation: Incarnation, last: Int)? {
        guard (1...world.disk.incarnations.count).contains(generation) else { return nil }
        let id = world.disk.incarnations[generation - 1]
        return (Incarnation(generation: generation, id: id), world.disk.last(of: generation))
    }

    func acknowledged() -> JournalPosition { world.disk.acknowledged.ofJournal }
    func acknowledge(_ position: JournalPosition) {
        world.disk.acknowledged = Position(generation: position.generation, sequence: position.sequence)
    }
    func waiting() -> Int { world.disk.waiting }

    func line(at position: JournalPosition) -> JournalLine? {
        let place = Position(generation: position.generation, sequence: position.sequence)
        return world.disk.index(of: place).map { index in
            let line = world.disk.lines[index]
            return JournalLine(position: position, bytes: line.bytes, hash: line.hash)
        }
    }
}

extension Position {
    fileprivate var ofJournal: JournalPosition { JournalPosition(generation: generation, sequence: sequence) }
}

extension World {
    var journal: DiskOutbox { DiskOutbox(world: self) }
}

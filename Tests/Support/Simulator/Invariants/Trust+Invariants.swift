import LockerDomain
import PortFakes
import StationBooks
import StationPorts
import SyncWire

/// Judged by what was written, which the world keeps beside what the card has made of it.
struct LostLines: Invariant {
    let sentence = "only what neither end can read is lost, and both ends have all the rest as it was written"

    func judge(_ step: Step, in world: World) -> String? {
        switch step {
        case .countyTook(let batch, .stored):
            guard let lost = batch.header.lost else { return nil }
            return readable(lost, of: batch.header.incarnation, mayBeThere: true, world)
        case .event(let line, _):
            guard case .stationJournalReplaced(let fact) = line.event, fact.stateKept == true,
                let name = fact.previous, let first = fact.lostFirst.flatMap({ Int($0) }),
                let last = fact.lostLast.flatMap({ Int($0) }), first <= last
            else { return nil }
            return readable(first...last, of: name, mayBeThere: false, world)
        case .ended: return world.profile.followsBooks ? compared(world) : nil
        default: return nil
        }
    }

    /// The first of a lost range that somebody has.
    private func readable(
        _ lost: ClosedRange<Int>,
        of incarnation: String,
        mayBeThere: Bool,
        _ world: World
    ) -> String? {
        guard let index = world.disk.incarnations.firstIndex(of: incarnation) else {
            return "\(incarnation) is unknown"
        }
        for sequence in lost {
            let isThere = world.county.books.has(sequence, of: incarnation)
            if isThere, mayBeThere { continue }
            if isThere { return "event \(index + 1).\(sequence) counts as lost, and the county has it" }
            let position = Position(generation: index + 1, sequence: sequence)
            if world.disk.rot[position] == nil { return "event \(position) counts as lost, and it can be read here" }
        }
        return nil
    }

    private func compared(_ world: World) -> String? {
        let disk = world.disk
        for line in disk.lines {
            let (position, name) = (line.position, disk.incarnations[line.position.generation - 1])
            let isBad = disk.rot[position] != nil
            guard let there = world.county.books.chains[name]?[position.sequence] else {
                return "the county has not heard of event \(position), and \(disk.waiting) wait"
            }
            if there.bytes.isEmpty {
                // What neighbours prove later was lost all the same when it was sent.
                guard isBad || disk.mended.contains(position) else {
                    return "the county takes event \(position) for lost, and it can be read here"
                }
            } else if there.bytes != line.bytes {
                return "event \(position) is another one at the county"
            } else if isBad, disk.isKept(line) {
                return "the county has event \(position), and it is not put back here"
            }
        }
        return nil
    }
}

struct PutBack: Invariant {
    let sentence = "what is put back is what was written, byte for byte"

    func judge(_ step: Step, in world: World) -> String? {
        guard case .putBack(let lines) = step else { return nil }
        let wrong = lines.first { line in
            world.disk.index(of: line.position).map { world.disk.lines[$0].kept != line } ?? true
        }
        return wrong.map { "event \($0.position): \(String(decoding: $0.bytes, as: UTF8.self).prefix(300))" }
    }
}

struct TrueTime: Invariant {
    let sentence = "a clock that counts as confirmed shows the true time, and nothing has run out before its time"
    /// What a machine's clock may be off without anybody seeing it.
    private static let offMilliseconds = 10 * Span.minute

    func judge(_ step: Step, in world: World) -> String? {
        guard case .event(let line, _) = step else { return nil }
        let off = line.time.wall - world.clock.now
        if line.time.clock.isConfirmed, abs(off) > Self.offMilliseconds {
            return "\(line.time.clock) is off by \(Double(off) / Double(Span.day)) days"
        }
        guard case .sessionRefused(let fact) = line.event, fact.reason == .expired,
            let badge = fact.badge.flatMap({ world.badges[$0] })
        else { return nil }
        let left = Int64(badge.expiry) * 1_000 - world.clock.now
        return left > Self.offMilliseconds ? "badge \(badge.id) is refused \(left / Span.hour) h too early" : nil
    }
}

struct PrunedIsStored: Invariant {
    let sentence = "nothing is removed from the journal that the county does not have, or that a start may need"

    func judge(_ step: Step, in world: World) -> String? {
        guard case .event(let line, _) = step, case .stationJournalPruned(let fact) = line.event else { return nil }
        let name = fact.incarnation ?? line.incarnation
        guard let index = world.disk.incarnations.firstIndex(of: name), let last = Int(fact.through) else {
            return "\(name) up to \(fact.through) is unknown"
        }
        let position = Position(generation: index + 1, sequence: last)
        guard world.county.books.count(of: name) >= last, let hash = Hex.decode(fact.hash),
            world.county.books.holds(hash, at: last, of: name)
        else { return "up to \(position), and the county has \(world.county.books.count(of: name))" }
        let older = world.disk.snapshots.dropFirst().first?.position
        guard let older, position <= older else {
            return "up to \(position), and the older snapshot stands at \(older.map { "\($0)" } ?? "nowhere")"
        }
        world.worn.insert("a front that was removed")
        return nil
    }
}

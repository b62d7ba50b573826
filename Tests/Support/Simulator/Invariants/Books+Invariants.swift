import LockerDomain
import PortFakes
import StationBooks
import StationCore
import StationPorts
import SyncWire

struct KeptPromises: Invariant {
    let sentence = "what was done or said is on disk, and no crash takes it back"
    private var promised = Position(generation: 1, sequence: 0)

    mutating func judge(_ step: Step, in world: World) -> String? {
        switch step {
        case .performing(let action, let position):
            guard position.sequence > 0 else { return nil }
            guard let index = world.disk.index(of: position), index < world.disk.durable else {
                return "\(action) before event \(position.sequence)"
            }
            promised = max(promised, position)
            return nil
        case .recovered:
            guard promised.sequence > 0, world.disk.index(of: promised) == nil else { return nil }
            return "event \(promised.sequence) is gone"
        default: return nil
        }
    }
}

struct ReplayIsState: Invariant {
    let sentence = "the state is what the journal replays to"

    func judge(_ step: Step, in world: World) -> String? {
        let state: StationState
        switch step {
        case .recovered(let read): state = read
        case .snapshot, .dayEnded, .lookedAt, .ended:
            // What a core holds while its journal cannot be read it throws away.
            guard world.machine.isRunning, world.machine.core?.isStale == false else { return nil }
            state = world.machine.state
        default: return nil
        }
        return state == world.proven ? nil : Self.difference(state, world.proven)
    }

    private static func difference(_ left: StationState, _ right: StationState) -> String {
        var parts: [String] = []
        for name in Set(left.doors.keys).union(right.doors.keys).sorted() where left.doors[name] != right.doors[name] {
            parts.append("\(name): \(left.door(name)) / \(right.door(name))")
        }
        for name in Set(left.parcels.keys).union(right.parcels.keys).sorted()
        where left.parcels[name] != right.parcels[name] {
            let (one, other) = (String(describing: left.parcels[name]), String(describing: right.parcels[name]))
            parts.append("\(name): \(one) / \(other)")
        }
        if left.session != right.session { parts.append("session") }
        if left.codeLock != right.codeLock { parts.append("lock of typing") }
        if left.trustedTime != right.trustedTime { parts.append("trusted time") }
        return parts.isEmpty ? "other fields differ" : parts.joined(separator: "\n")
    }
}

struct WholeChain: Invariant {
    let sentence = "the lines of the journal follow from each other without a gap"
    private var checked = 0
    private var hash = Chain.start
    private var position = Position(generation: 1, sequence: 0)

    mutating func judge(_ step: Step, in world: World) -> String? {
        switch step {
        case .dayEnded, .ended: break
        default: return nil
        }
        for line in world.disk.lines[min(checked, world.disk.lines.count)...] {
            if line.position.generation != position.generation {
                (position, hash) = (Position(generation: line.position.generation, sequence: 0), Chain.start)
            }
            position.sequence += 1
            hash = Chain.next(after: hash, bytes: line.bytes)
            guard line.position == position, line.hash == hash else { return "at \(line.position)" }
            checked += 1
        }
        return nil
    }
}

struct AcknowledgedIsStored: Invariant {
    let sentence = "what the station believes acknowledged is stored at the county, byte for byte"
    /// How often the county has come back from its backup, now and when it answered so.
    private var restored = 0
    private var answered: [Int: Int] = [:]

    mutating func judge(_ step: Step, in world: World) -> String? {
        switch step {
        case .countyRestored: restored += 1
        case .countyTook(_, .stored(let acknowledged, _)): answered[acknowledged] = restored
        default: break
        }
        guard case .acknowledged(let position) = step, position.sequence > 0 else { return nil }
        // An answer that was on its way when the backup was put in.
        if let then = answered[position.sequence], then < restored { return nil }
        let (books, incarnation) = (world.county.books, world.disk.incarnations[position.generation - 1])
        let hash = world.disk.index(of: position).map { world.disk.lines[$0].hash }
        guard let hash, books.holds(hash, at: position.sequence, of: incarnation) else {
            return "event \(position.sequence), the county has \(books.count(of: incarnation))"
        }
        return nil
    }
}

struct CountedOnce: Invariant {
    let sentence = "the county counts every event once"
    var made: [EventType: Int] = [:]

    mutating func judge(_ step: Step, in world: World) -> String? {
        switch step {
        case .event(let line, _):
            made[line.event.type, default: 0] += 1
            return nil
        case .countyTook, .countyRestored:
            let counted = world.county.books.ledger.counts.values.reduce(0, +)
            let numbers = world.county.books.stored
            return counted == numbers ? nil : "\(counted) counted, \(numbers) stored"
        case .ended:
            var counts = world.county.books.ledger.counts
            for case let type? in world.lostLines.map({ $0.read?.event.type }) { counts[type, default: 0] += 1 }
            for (type, count) in made where counts[type] != count {
                return "\(count) × \(type.rawValue) made, \(counts[type] ?? 0) counted or lost"
            }
            return nil
        default: return nil
        }
    }
}

struct EqualBooks: Invariant {
    let sentence = "the county's books equal the station's once everything is sent"

    func judge(_ step: Step, in world: World) -> String? {
        guard case .ended = step, let log = world.machine.core?.log else { return nil }
        let chain = world.county.books.chains[log.incarnation.id]
        guard chain?.lines.count == log.sequence, chain?.end == log.hash else {
            return "\(chain?.lines.count ?? 0) lines there, \(log.sequence) here"
        }
        let mixed = world.county.books.ledger.mixed
        let lost = world.lostLines.map { String(decoding: $0.bytes, as: UTF8.self) }
        for parcel in world.proven.parcels.values where !mixed.contains(parcel.waybill) {
            let numbers = [parcel.waybill] + (parcel.formerly ?? []) + (parcel.codeOf.map { [$0] } ?? [])
            if numbers.contains(where: { isNamed($0, in: lost) }) { continue }
            guard let entry = world.county.books.ledger.parcels[parcel.waybill] else {
                return "the county does not know \(parcel.waybill)"
            }
            let isSame = entry.standing.rawValue == parcel.status.rawValue && entry.n == parcel.n
            let isThere = !parcel.isInside || entry.place == parcel.place
            guard isSame, isThere else { return "\(parcel.waybill): \(entry) there, \(parcel) here" }
        }
        for (waybill, entry) in world.county.books.ledger.parcels
        where entry.isHere && entry.era == world.county.books.ledger.era && !mixed.contains(waybill) {
            if isNamed(waybill, in: lost) { continue }
            guard world.proven.parcels[waybill] != nil else { return "the station has forgotten \(waybill): \(entry)" }
        }
        return equalShipments(world, lost)
    }

    /// What the county has never heard of a number it cannot know; parts have that of the whole in theirs.
    private func isNamed(_ waybill: Waybill, in lost: [String]) -> Bool {
        guard !lost.isEmpty else { return false }
        let stem = (ChildParcel(waybill)?.stem ?? waybill).rawValue
        return lost.contains { $0.contains(stem) }
    }

    private func equalShipments(_ world: World, _ lost: [String]) -> String? {
        let ledger = world.county.books.ledger
        for shipment in world.proven.shipments.values where !isNamed(shipment.waybill, in: lost) {
            guard let entry = ledger.shipments[shipment.waybill] else {
                return "the county does not know \(shipment.waybill)"
            }
            guard entry.standing == shipment.status, entry.place == shipment.place else {
                return "\(shipment.waybill): \(entry) there, \(shipment) here"
            }
        }
        for (waybill, entry) in ledger.shipments where entry.isHere && entry.era == ledger.era {
            if isNamed(waybill, in: lost) { continue }
            guard world.proven.shipments[waybill] != nil else { return "the station has forgotten \(waybill)" }
        }
        return nil
    }
}

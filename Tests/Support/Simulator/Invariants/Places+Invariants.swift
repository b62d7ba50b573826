import LockerDomain
import StationBooks
import SyncWire

struct SeenSteps: Invariant {
    let sentence = "stored and collected, where a sensor vouches for it, mean: seen open, then shut"
    private struct Seen {
        var isOpened = false
        var isShut = false
    }
    private var seen: [DoorName: Seen] = [:]

    mutating func judge(_ step: Step, in world: World) -> String? {
        guard case .event(let line, _) = step else { return nil }
        switch line.event {
        case .doorUnlockRequested(let fact): if fact.attempt == 1 { seen[fact.door] = Seen() }
        case .doorOpened(let fact): seen[fact.door] = Seen(isOpened: true)
        case .doorClosed(let fact): seen[fact.door]?.isShut = true
        case .parcelStored(let fact): if fact.evidence == .sensor { return check(fact.place, fact.waybill) }
        case .parcelRelocated(let fact): if fact.evidence == .sensor { return check(fact.place, fact.waybill) }
        case .parcelCollected(let fact): if fact.evidence == .sensor { return check(fact.place, fact.waybill) }
        case .parcelRefused(let fact): if fact.evidence == .sensor { return check(fact.place, fact.waybill) }
        case .parcelRetrieved(let fact): if fact.evidence == .sensor { return check(fact.place, fact.waybill) }
        case .parcelHandedToAgent(let fact): if fact.evidence == .sensor { return check(fact.place, fact.waybill) }
        case .shipmentDroppedOff(let fact): if fact.evidence == .sensor { return check(fact.place, fact.waybill) }
        case .shipmentStored(let fact): if fact.evidence == .sensor { return check(fact.place, fact.waybill) }
        case .shipmentTakenOut(let fact): if fact.evidence == .sensor { return check(fact.place, fact.waybill) }
        default: break
        }
        return nil
    }

    private func check(_ place: Place, _ waybill: Waybill) -> String? {
        guard case .door(let door) = place else { return "\(waybill): a shelf has no sensor" }
        return seen[door]?.isOpened == true && seen[door]?.isShut == true ? nil : "\(waybill) behind \(door)"
    }
}

struct NoDepositOnReserve: Invariant {
    let sentence = "while the disk is full nothing is taken in"

    func judge(_ step: Step, in world: World) -> String? {
        guard case .event(let line, _) = step, case .doorUnlockRequested(let fact) = line.event,
            fact.purpose == .deposit || fact.purpose == .dropOff, fact.attempt == 1
        else { return nil }
        return world.machine.storage == .ok ? nil : "\(fact.waybills) behind \(fact.door)"
    }
}

/// The cardboard against the books, wherever a door is at rest and nobody deceived its sensor.
struct TrueDoors: Invariant {
    let sentence = "what the books prove about a door is so"

    func judge(_ step: Step, in world: World) -> String? {
        switch step {
        case .lookedAt, .dayEnded, .ended: break
        default: return nil
        }
        guard world.isAttentive else { return nil }
        for name in world.cabinet.names {
            guard let real = world.cabinet.doors[name], !real.isOpen, real.since + 3_000 < world.clock.now,
                world.truth.excuses[.door(name)] == nil
            else { continue }
            let door = world.proven.door(name)
            guard door.cycle == nil, door.outOfService == nil else { continue }
            let inside = Set(world.truth.inside(.door(name)).map(\.booked))
            let booked = world.proven.booked(behind: name)
            switch door.contents {
            case .empty where !inside.isEmpty: return "\(name) is empty in the books and holds \(inside)"
            case .occupied where inside != booked: return "\(name) holds \(inside), in the books \(booked)"
            default: break
            }
        }
        return nil
    }
}

struct TrueShelf: Invariant {
    let sentence = "a parcel that the books have on the shelf lies there"

    func judge(_ step: Step, in world: World) -> String? {
        switch step {
        case .lookedAt, .dayEnded, .ended: break
        default: return nil
        }
        guard world.isAttentive else { return nil }
        for parcel in world.proven.parcels.values where parcel.status == .stored && !parcel.isDoubtful {
            // Whoever has just taken it is about to scan it.
            guard case .shelf(let shelf)? = parcel.place, world.truth.excuses[.shelf(shelf)] == nil,
                (world.truth.changed[.shelf(shelf)] ?? 0) + Span.minute < world.clock.now
            else { continue }
            let inside = world.truth.inside(.shelf(shelf)).map(\.booked)
            let isOnTheWay = world.truth.items.contains { item in
                guard case .hands(let person) = item.location else { return false }
                return world.present[person] != nil
            }
            if inside != [parcel.waybill], !isOnTheWay { return "\(shelf) holds \(inside), not \(parcel.waybill)" }
        }
        return nil
    }
}

extension World {
    /// Whether the station is up, has nothing to catch up with, and nobody is in the middle of anything.
    var isAttentive: Bool {
        machine.isRunning && !machine.isBehind && machine.storage != .failed && machine.isQuiet
    }
}

struct RisingN: Invariant {
    let sentence = "the counter of a code never falls, and rises when a number comes again"
    private var highest: [Waybill: UInt32] = [:]
    private var ended: Set<Waybill> = []

    mutating func judge(_ step: Step, in world: World) -> String? {
        guard case .event(let line, _) = step else { return nil }
        switch line.event {
        case .parcelExpected(let fact):
            let known = world.proven.parcels[fact.entry.waybill]
            let keepsCode = fact.late == true || known?.status == .expected
            return see(keepsCode ? known?.codeName ?? fact.entry.waybill : fact.entry.waybill, fact.entry.n)
        case .parcelReceived(let fact):
            // Found where the recipient left it, maybe by another card: the same parcel keeps its code.
            if fact.how == .audit || fact.how == .move { ended.remove(fact.waybill) }
            return see(fact.codeOf ?? fact.waybill, fact.n)
        case .parcelStored(let fact): return see(fact.codeOf ?? fact.waybill, fact.n)
        case .parcelCodeReissued(let fact):
            let name = fact.codeOf ?? fact.waybill
            let before = highest[name] ?? 0
            // A part that came before its announcement, or whose code was forgotten, takes the code of that as it is.
            let whole = world.proven.parcels.announcement(of: fact.waybill)
            let isTaken =
                world.proven.parcels[fact.waybill].map { $0.codeName != name } ?? false
                || whole?.codeName == name && whole?.n == fact.n
            return fact.n > before || isTaken ? see(name, fact.n) : "\(name): \(fact.n) after \(before)"
        // One code opens all parts: the rest of them still has it.
        case .parcelCollected(let fact):
            if world.proven.parcels[fact.waybill]?.codeOf == nil { ended.insert(fact.waybill) }
        default: break
        }
        return nil
    }

    private mutating func see(_ waybill: Waybill, _ n: UInt32) -> String? {
        defer {
            highest[waybill] = max(n, highest[waybill] ?? 0)
            ended.remove(waybill)
        }
        guard let before = highest[waybill] else { return nil }
        if n < before { return "\(waybill): \(n) after \(before)" }
        return ended.contains(waybill) && n == before ? "\(waybill): \(n) again" : nil
    }
}

import LockerDomain
import StationBooks
import SyncWire

struct OneCoil: Invariant {
    let sentence = "never are two locks energised"

    func judge(_ step: Step, in world: World) -> String? {
        guard case .energised = step, world.outputs.energised.count > 1 else { return nil }
        return "\(world.outputs.energised) at once"
    }
}

/// Measured on the wire, over restarts: the queue and its governor are not asked.
struct CoolCoils: Invariant {
    let sentence = "no coil burns: pulses are capped, the supply rests between two, a coil is on a fifth of the time"
    private struct Pulse {
        var door: DoorName
        var start: Int64
        /// As ordered, or shorter when the program went; a fifth of the time is counted by it.
        var length: Int64
        /// When it was really over; `nil` while it is on.
        var end: Int64?
    }
    private var pulses: [Pulse] = []

    mutating func judge(_ step: Step, in world: World) -> String? {
        let now = world.clock.now
        switch step {
        case .outputsOff: end(at: now) { _ in true }
        case .released(let order): end(at: now) { $0 == order.door }
        case .energised(let order, let length):
            defer { pulses.append(Pulse(door: order.door, start: now, length: length)) }
            guard length <= Limits.pulseMillisecondsMax else { return "\(order.door) for \(length) ms" }
            if let last = pulses.last {
                guard let end = last.end else { return "\(order.door) while \(last.door) is on" }
                guard now >= end + Limits.pulseGapMilliseconds else {
                    return "\(order.door) \(now - end) ms after \(last.door)"
                }
            }
            pulses.removeAll { $0.start + Limits.dutyWindowMilliseconds <= now }
            let energised = pulses.filter { $0.door == order.door }.reduce(length) { $0 + $1.length }
            return energised > Limits.dutyEnergisedMillisecondsMax ? "\(order.door) \(energised) ms of 10 s" : nil
        default: break
        }
        return nil
    }

    private mutating func end(at now: Int64, _ isOver: (DoorName) -> Bool) {
        for index in pulses.indices where pulses[index].end == nil && isOver(pulses[index].door) {
            pulses[index].end = now
            pulses[index].length = min(pulses[index].length, now - pulses[index].start)
        }
    }
}

struct AuthorisedPulses: Invariant {
    let sentence = "no door is pulsed without a durable event that authorises just this pulse"
    private struct Opening: Hashable {
        var door: DoorName
        var cycle: Int
    }
    private var allowed: [Opening: [Int64]] = [:]

    mutating func judge(_ step: Step, in world: World) -> String? {
        switch step {
        case .event(let line, _):
            guard case .doorUnlockRequested(let fact) = line.event else { return nil }
            allowed[Opening(door: fact.door, cycle: fact.cycle), default: []].append(fact.pulseMilliseconds)
            return nil
        case .energised(let order, let milliseconds):
            let opening = Opening(door: order.door, cycle: order.cycle)
            guard let pulses = allowed[opening], let length = pulses.first else {
                return "\(order.door), cycle \(order.cycle)"
            }
            allowed[opening]?.removeFirst()
            return milliseconds > length ? "\(order.door): \(milliseconds) ms instead of \(length)" : nil
        default: return nil
        }
    }
}

/// A door may overtake another whose coil has to cool; it must not push it out.
struct OwedPulses: Invariant {
    let sentence = "whatever pulse is ordered comes in its time and once, or the program ends first"
    private struct Owed {
        var order: PulseOrder
        var latest: Int64
    }
    private var owed: [Owed] = []

    mutating func judge(_ step: Step, in world: World) -> String? {
        switch step {
        case .ordered(let order):
            // At worst all that wait are for one coil, and each has to cool before the next.
            let latest = world.clock.now + Int64(owed.count + 2) * Limits.dutyWindowMilliseconds
            owed.append(Owed(order: order, latest: latest))
        case .energised(let order, _):
            guard let index = owed.firstIndex(where: { $0.order == order }) else {
                return "\(order.door), cycle \(order.cycle) is not owed"
            }
            owed.remove(at: index)
        case .outputsOff: owed = []
        default: break
        }
        guard let late = owed.first(where: { $0.latest < world.clock.now }) else { return nil }
        return "\(late.order.door), cycle \(late.order.cycle) never came"
    }
}

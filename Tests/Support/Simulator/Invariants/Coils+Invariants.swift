import LockerDomain
import SyncWire

struct OneCoil: Invariant {
    let sentence = "never are two locks energised"

    func judge(_ step: Step, in world: World) -> String? {
        guard case .energised = step, world.coils.energised.count > 1 else { return nil }
        return "\(world.coils.energised) at once"
    }
}

/// Measured on the wire, over restarts: the governor is not asked.
struct CoolCoils: Invariant {
    let sentence = "no coil burns: pulses are capped, the supply rests between two, a coil is on a fifth of the time"
    private struct Pulse {
        var door: DoorName
        var start: Int64
        var length: Int64
    }
    private var pulses: [Pulse] = []

    mutating func judge(_ step: Step, in world: World) -> String? {
        let now = world.clock.now
        switch step {
        case .crashed:
            // The output went off with the program.
            guard let last = pulses.indices.last else { return nil }
            pulses[last].length = min(pulses[last].length, now - pulses[last].start)
            return nil
        case .energised(let wish, let length):
            defer { pulses.append(Pulse(door: wish.door, start: now, length: length)) }
            guard length <= Limits.pulseMillisecondsMax else { return "\(wish.door) for \(length) ms" }
            if let last = pulses.last, now < last.start + last.length + Limits.pulseGapMilliseconds {
                return "\(wish.door) \(now - last.start - last.length) ms after \(last.door)"
            }
            pulses.removeAll { $0.start + Limits.dutyWindowMilliseconds <= now }
            let energised = pulses.filter { $0.door == wish.door }.reduce(length) { $0 + $1.length }
            return energised > Limits.dutyEnergisedMillisecondsMax ? "\(wish.door) \(energised) ms of 10 s" : nil
        default: return nil
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
        case .energised(let wish, let milliseconds):
            let opening = Opening(door: wish.door, cycle: wish.cycle)
            guard let pulses = allowed[opening], let length = pulses.first else {
                return "\(wish.door), cycle \(wish.cycle)"
            }
            allowed[opening]?.removeFirst()
            return milliseconds > length ? "\(wish.door): \(milliseconds) ms instead of \(length)" : nil
        default: return nil
        }
    }
}

import DequeModule
import LockerDomain
import StationPorts

/// Pulses that wait for their turn. Pure; times are milliseconds of one monotonic clock.
struct PulseQueue: Sendable {
    private var orders: Deque<PulseOrder> = []
    private var governor = PulseGovernor()
    /// The governor counts from the start of a pulse; this one counts from where it really ended.
    private var restUntil: Int64 = .min

    /// `false` when `Limits.pulseOrdersMax` wait already.
    mutating func add(_ order: PulseOrder) -> Bool {
        guard orders.count < Limits.pulseOrdersMax else { return false }
        orders.append(order)
        return true
    }

    /// When the next pulse may begin; `nil` without orders.
    func nextStart(now: Int64) -> Int64? { next(now: now)?.at }

    /// Takes the order whose turn it is now and counts it as begun.
    mutating func begin(now: Int64) -> PulseOrder? {
        guard let (index, at) = next(now: now), at <= now else { return nil }
        let order = orders.remove(at: index)
        governor.started(order.door, length: order.milliseconds, now: now)
        return order
    }

    /// Takes an order of a door that cannot be pulsed at all; it costs the others no time.
    mutating func takeHopeless(_ isHopeless: (DoorName) -> Bool) -> PulseOrder? {
        guard let index = orders.firstIndex(where: { isHopeless($0.door) }) else { return nil }
        return orders.remove(at: index)
    }

    /// The pulse that was begun is over.
    mutating func ended(now: Int64) {
        restUntil = now + Limits.pulseGapMilliseconds
    }

    mutating func removeAll() {
        orders.removeAll()
    }

    /// The order that may go first, the oldest of equals: a coil that has to cool does not hold up other doors.
    private func next(now: Int64) -> (index: Int, at: Int64)? {
        var best: (index: Int, at: Int64)?
        for (index, order) in orders.enumerated() {
            let earliest = governor.earliestStart(of: order.door, length: order.milliseconds, now: now)
            let at = max(earliest, restUntil)
            if let best, best.at <= at { continue }
            best = (index, at)
        }
        return best
    }
}

/// Pulses that wait for their turn: one at a time, a gap after each, and a coil that has to cool (`PulseGovernor`) holds
/// up no other door. Pure; times are milliseconds of one monotonic clock. Whoever drives coils calls `begin`, drives the
/// order for `PulseGovernor.capped` of its length, and calls `ended`; until then no other order begins.
public struct PulseQueue: Sendable {
    private var orders: [PulseOrder] = []
    private var governor = PulseGovernor()
    /// The governor counts from the start of a pulse; this one counts from where it really ended.
    private var gapUntil: Int64 = .min
    private var isRunning = false

    public init() {}

    /// Whether no order waits; one that was begun does not wait any more.
    public var isEmpty: Bool { orders.isEmpty }

    /// `false` when `Limits.pulseOrdersMax` wait already.
    public mutating func add(_ order: PulseOrder) -> Bool {
        guard orders.count < Limits.pulseOrdersMax else { return false }
        orders.append(order)
        return true
    }

    /// When the next pulse may begin; `nil` without orders, and while a pulse runs: nothing begins before it has ended.
    public func nextStart(now: Int64) -> Int64? { next(now: now)?.at }

    /// Takes the order whose turn it is now and counts it as begun; `nil` when it is nobody's turn.
    public mutating func begin(now: Int64) -> PulseOrder? {
        guard let (index, at) = next(now: now), at <= now else { return nil }
        let order = orders.remove(at: index)
        governor.started(order.door, length: order.milliseconds, now: now)
        isRunning = true
        return order
    }

    /// Removes an order of a door that cannot be pulsed at all; it costs the others no time.
    public mutating func removeUndrivable(_ isUndrivable: (DoorName) -> Bool) -> PulseOrder? {
        guard let index = orders.firstIndex(where: { isUndrivable($0.door) }) else { return nil }
        return orders.remove(at: index)
    }

    /// The pulse that was begun is over, however late: the supply rests `Limits.pulseGapMilliseconds` from now.
    public mutating func ended(now: Int64) {
        gapUntil = now + Limits.pulseGapMilliseconds
        isRunning = false
    }

    /// Drops what waits. A pulse that runs goes on until `ended`.
    public mutating func removeAll() {
        orders.removeAll()
    }

    /// The order that may go first, the oldest of equals. Orders of one door keep theirs: a short one would fit into what
    /// the coil may still take, and a long one never come.
    private func next(now: Int64) -> (index: Int, at: Int64)? {
        guard !isRunning else { return nil }
        var best: (index: Int, at: Int64)?
        for (index, order) in orders.enumerated() {
            guard !orders[..<index].contains(where: { $0.door == order.door }) else { continue }
            let earliest = governor.earliestStart(of: order.door, length: order.milliseconds, now: now)
            let at = max(earliest, gapUntil)
            if let best, best.at <= at { continue }
            best = (index, at)
        }
        return best
    }
}

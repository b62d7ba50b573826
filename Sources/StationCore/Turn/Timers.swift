import LockerDomain
package import StationRules

/// The engine's timers by key; one wake-up of the clock is armed for the earliest.
package struct Timers {
    private var deadlines: [TimerKey: Int64] = [:]
    private var armed: Int64 = .max

    package init() {}

    package mutating func start(_ key: TimerKey, at uptime: Int64) {
        // Beyond the limit the newest is dropped: its step ends with the next scan instead.
        guard deadlines[key] != nil || deadlines.count < Limits.timersMax else { return }
        deadlines[key] = uptime
    }

    /// Removes and returns what is due, earliest first; equal ones in a fixed order, so that runs repeat.
    package mutating func due(at uptime: Int64) -> [TimerKey] {
        let due = deadlines.filter { $0.value <= uptime }
            .sorted { ($0.value, "\($0.key)") < ($1.value, "\($1.key)") }
        for (key, _) in due { deadlines[key] = nil }
        return due.map(\.key)
    }

    /// The deadline that needs a wake-up of its own, if any.
    package mutating func deadlineToArm() -> Int64? {
        guard let next = deadlines.values.min(), next < armed else { return nil }
        armed = next
        return next
    }

    package mutating func fired(_ deadline: Int64) {
        if armed == deadline { armed = .max }
    }
}

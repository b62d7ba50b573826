/// Decides when a coil may be energised: one door at a time, a hard cap, a rest after each pulse, a duty limit
/// for each coil (DESIGN rule 7; numbers from DOMAIN 4.1). Pure: the pulse thread asks it with its own monotonic time.
public struct PulseGovernor: Sendable {
    private var energisedUntil: Int64 = .min
    private var history: [DoorName: [Pulse]] = [:]

    private struct Pulse: Sendable {
        var start: Int64
        var length: Int64
    }

    public init() {}

    /// Length that is really driven for a wanted one: at least 1 ms, never above the cap.
    public static func capped(_ milliseconds: Int64) -> Int64 {
        min(max(milliseconds, 1), Limits.pulseMillisecondsMax)
    }

    /// Earliest time at which the door may be pulsed for `length` milliseconds, never before `now`.
    public func earliestStart(of door: DoorName, length: Int64, now: Int64) -> Int64 {
        var start = energisedUntil == .min ? now : max(now, energisedUntil + Limits.pulseGapMilliseconds)
        let budget = Limits.dutyEnergisedMillisecondsMax - Self.capped(length)
        for pulse in history[door] ?? [] {
            // Energised time still inside a window that starts at or after this pulse.
            let later = (history[door] ?? []).filter { $0.start >= pulse.start }.reduce(0) { $0 + $1.length }
            if later > budget { start = max(start, pulse.start + Limits.dutyWindowMilliseconds) }
        }
        return start
    }

    /// Records a pulse that starts now. The caller has waited for `earliestStart`.
    public mutating func started(_ door: DoorName, length: Int64, now: Int64) {
        precondition(earliestStart(of: door, length: length, now: now) <= now, "pulse before its time")
        let length = Self.capped(length)
        energisedUntil = now + length
        var pulses = (history[door] ?? []).filter { $0.start + Limits.dutyWindowMilliseconds > now }
        pulses.append(Pulse(start: now, length: length))
        history[door] = pulses
    }
}

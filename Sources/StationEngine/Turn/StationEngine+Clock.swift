import LockerDomain

extension StationEngine {
    /// Takes the county's time from an answer that it signed; `asked` is the uptime of the call. What it changes is
    /// decided at once.
    public func hear(county time: Int64, asked: Int64) {
        guard clock.hear(county: time, asked: asked), lastMoment != nil else { return }
        turn([])
    }

    /// Inputs for a wall clock that stepped, or whose time is known in another way, since the last turn.
    func clockPosts(_ now: Moment) -> [Post] {
        defer { lastMoment = now }
        guard let last = lastMoment else { return [] }
        let step = now.step(since: last)
        // Smaller steps are NTP slewing.
        guard last.clock != now.clock || abs(step) > Limits.clockStepMilliseconds else { return [] }
        return [Post(.clockChanged(before: last.clock, after: now.clock, jumpMilliseconds: step))]
    }
}

public import LockerDomain

/// A confirmed clock may be wrong for a moment, too: what cannot be undone waits until the time has stood for an hour.
extension StationState {
    /// Whether a confirmed moment lies further ahead than the uptime explains, and not yet for long.
    public func isLeaping(at now: Moment) -> Bool {
        if let leapt { return isFresh(leapt, at: now) }
        return isLeap(to: now)
    }

    mutating func noteLeap(at now: Moment) {
        if let leapt {
            // It stands, or the clock of NTP came back by itself.
            if !isFresh(leapt, at: now) || now.wall < leapt.wall - Limits.ntpBehindMilliseconds { self.leapt = nil }
        } else if isLeap(to: now) {
            leapt = now
        }
    }

    private func isLeap(to now: Moment) -> Bool {
        guard trustedTime > 0 else { return false }
        let before = lastMoment?.uptime ?? 0
        // A start counts its uptime anew.
        let passed = now.uptime < before ? now.uptime : now.uptime - before
        return now.wall - trustedTime > passed + Limits.clockLeapMilliseconds
    }

    /// In another boot the time stands: it was found there a second time.
    private func isFresh(_ leap: Moment, at now: Moment) -> Bool {
        now.uptime >= leap.uptime && now.uptime - leap.uptime < Limits.clockLeapPauseMilliseconds
    }
}

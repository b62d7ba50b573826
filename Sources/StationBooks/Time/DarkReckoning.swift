public import LockerDomain

/// Reckons how long a station was dark (DESIGN 4.8), folded from its events alone: station and county come to the same.
///
/// A darkness lasts from the last sign of life to `station.started`. While no clock is confirmed it stays open, and is
/// reckoned when one is. A run that never knew the day belongs to it as a whole; one that a battery dated does not.
/// Nor does it count that a station did not know its parcels: that darkness lasts until the county's copy is in the books.
public struct DarkReckoning: Sendable, Hashable, Codable {
    /// Confirmed wall time of the last sign of life before what is not reckoned yet; `nil` when all is.
    public private(set) var openSince: Int64?
    /// Milliseconds since then in which it ran under a battery-backed clock.
    private var lit: Int64 = 0
    /// When the present run of the daemon began, or all that was lost came back in it.
    private var start: Moment?
    /// The last confirmed wall time.
    private var confirmed: Int64?
    /// Uptime of the last event.
    private var uptime: Int64 = 0
    /// What a sick disk let be written before the start of its run says nothing of the run before.
    private var isBeforeStart = false

    public init() {}

    /// Takes the next event, oldest first. Returns the darkness once it is known, when it is one.
    public mutating func take(_ event: Event, at now: Moment) -> Darkness? {
        if case .stationStarted(let fact) = event {
            started(fact, at: now)
            isBeforeStart = false
        } else if now.uptime < uptime {
            isBeforeStart = true
        } else if case .stationBooksRecovered(let fact) = event, !now.clock.isConfirmed {
            recovered(fact, at: now)
        }
        uptime = now.uptime
        guard now.clock.isConfirmed, !isBeforeStart else { return nil }
        confirmed = now.wall
        guard let since = openSince, let start else { return nil }
        let until = now.wall.clampedSubtracting(max(0, now.uptime.clampedSubtracting(start.uptime)))
        let dark = until.clampedSubtracting(since).clampedSubtracting(lit)
        (openSince, lit) = (nil, 0)
        guard dark >= Limits.darknessMilliseconds else { return nil }
        return Darkness(milliseconds: dark, until: until)
    }

    /// Under a confirmed clock the event itself tells how long it was.
    private mutating func recovered(_ fact: BooksRecovered, at now: Moment) {
        guard fact.incarnation == nil, let since = fact.darkSince else { return }
        openSince = min(openSince ?? since, since)
        (start, lit) = (now, 0)
    }

    private mutating func started(_ fact: StationStarted, at now: Moment) {
        defer { start = now }
        guard let wall = fact.darkSince, let clock = fact.darkClock else { return }
        guard openSince != nil else {
            // What a sick disk let be written of this run before its start may have confirmed a later time.
            openSince = clock.isConfirmed ? wall : confirmed.map { clock.isDated ? min(wall, $0) : $0 }
            return
        }
        // Both ends of the run before were read from the same clock, so its length is right, whatever it showed.
        guard let start, start.clock.isDated, clock.isDated else { return }
        lit = lit.clampedAdding(max(0, wall.clampedSubtracting(start.wall)))
    }
}

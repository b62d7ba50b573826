public import LockerDomain

/// The station's own figures of one day or month (定期报告, DOMAIN 1.1), folded from its journal without a network.
///
/// Pure. Events go in oldest first, from `readsFrom` on until `isComplete`, then `finish` says when it was asked. The
/// county can fold the same from the same events.
///
/// An event belongs to the day that its own start of the daemon can prove: by its own clock, or by the monotonic clock
/// and any reading of that start that can be believed. Where no reading was, the event lies between the starts around
/// it; if those do not prove the period either, it is counted in `unplaced` and the days between are *uncertain*.
public struct StationReport: Sendable {
    public let period: ReportPeriod
    /// What surely belongs to the period.
    public internal(set) var figures = Tally()
    /// What may belong to it.
    public internal(set) var unplaced = Tally()
    /// Runs of `figures` of which only the period is known, not the day.
    public internal(set) var runsWithoutDay = 0
    public internal(set) var days: [ReportDay]
    /// Events that were counted, one span for each incarnation.
    public internal(set) var spans: [ReportSpan] = []
    public internal(set) var cameras: [CameraName: CameraTime] = [:]
    /// Lines that could not be read.
    public internal(set) var unreadable = 0
    /// Wall time at which the journal begins, when events of the period before it were removed: figures hold what came
    /// behind it, the county has them all.
    public private(set) var prunedBefore: Int64?
    /// When it was asked.
    public internal(set) var asOf: Moment?
    /// Whether the period is over and nothing that is read later can change a figure.
    public internal(set) var isClosed = false

    var clock = ReportClock<ReportEvent>()
    var trail: StationTrail
    /// What belongs to other periods: nobody reads it, but every parcel's trail begins there.
    var elsewhere = Tally()
    var undated = Undated()
    /// The latest wall time that was known.
    var latest: Int64?
    var eventsBehind = 0
    var camerasDown: [CameraName: Int64] = [:]
    var loss = ReportLoss()

    /// Events of starts that never learned the time.
    struct Undated: Sendable {
        var tally = Tally()
        var spans: [ReportSpan] = []
        /// What was known before them.
        var after: Int64?
    }

    /// A report without events. `state` is the station's present one: it knows the brands of older parcels.
    public init(_ period: ReportPeriod, state: StationState = StationState()) {
        self.period = period
        days = period.days.map { ReportDay(number: $0) }
        trail = StationTrail(state)
        for (name, camera) in state.cameras where camera.online == false && camera.since < readsFrom {
            camerasDown[name] = camera.since
        }
    }

    /// Wall time of the first event that it should see.
    public var readsFrom: Int64 { period.start - Limits.reportLookbackMilliseconds }

    /// Whether later events can change nothing.
    public var isComplete: Bool { eventsBehind >= Limits.reportTailEvents }

    /// Takes the next event. Without a source nothing is known of events that are missing.
    public mutating func take(_ event: Event, at moment: Moment, from source: ReportSource? = nil) {
        if clock.isOver(before: event, at: moment) {
            if let seen = clock.lastSeen(by: event) {
                watch(until: seen)
                latest = seen
            }
            endStart()
        }
        clock.note(event, at: moment)
        let made = ReportEvent(event: event, moment: moment, source: source)
        if moment.clock.isDated {
            trust(moment)
            place(made, at: moment.wall)
        } else if let wall = clock.wall(at: moment.uptime) {
            watch(until: wall)
            place(made, at: wall)
        } else {
            clock.waiting.append(made)
            guard clock.waiting.count > Limits.reportWaitingEventsMax else { return }
            clock.hasSpilled = true
            letDrift()
        }
    }

    /// Takes note that events were removed from the front of the journal, which begins at a wall time now.
    public mutating func begins(at wall: Int64) {
        if wall > period.start { prunedBefore = wall }
    }

    /// Takes note of a line that cannot be read.
    public mutating func takeUnreadable() { unreadable += 1 }

    /// Ends the report at the moment it was asked, by the station that still runs.
    public mutating func finish(at now: Moment) {
        if now.uptime < clock.lastUptime { endStart() }
        clock.note(now)
        if now.clock.isDated { trust(now) } else if let wall = clock.wall(at: now.uptime) { watch(until: wall) }
        let present = clock.wall(at: now.uptime)
        letDrift()
        settle(before: nil)
        if let present { mayHaveRun(on: loss.days(before: present)) }
        closeCameras(at: present)
        for index in days.indices { days[index].check(now: present, latest: latest, first: prunedBefore) }
        asOf = now
        // What is dark now was made behind the latest moment that was known.
        isClosed = (present ?? latest).map { $0 >= period.end } ?? false
    }
}

package import LockerDomain

/// An event that waits until it is known when it was made.
struct ReportEvent: Sendable {
    var event: Event
    var moment: Moment
    var source: ReportSource?
}

/// The time within one start of the daemon. One reading of a clock that can be believed dates all events of the start by
/// the monotonic clock, also those before it: the boards have no battery, and each morning begins in the dark.
///
/// `Waiting` is how an event is kept that waits: itself, or where it is stored.
package struct ReportClock<Waiting: Sendable>: Sendable {
    /// Uptime of the first event.
    private(set) var firstUptime: Int64?
    package private(set) var lastUptime: Int64 = 0
    /// The latest trusted reading.
    package private(set) var anchor: Moment?
    /// Wall time up to which the start was watched.
    package var watchedUntil: Int64?
    /// Events before the first trusted reading.
    package var waiting: [Waiting] = []
    /// More waited than are kept.
    package var hasSpilled = false
    /// The only event so far tells that a journal was replaced: the start itself follows.
    private(set) var isPrologue = false

    package init() {}

    /// Whether an event begins another start than this one.
    package func isOver(before event: Event, at moment: Moment) -> Bool {
        guard firstUptime != nil else { return false }
        switch event {
        case .stationStarted: return !isPrologue
        // A fork, or lines that cannot be read, are found while the station goes on; all else is found at a start, and
        // events are missing.
        case .stationJournalReplaced(let fact) where fact.reason != .forked && fact.stateKept != true: return true
        default: return moment.uptime < lastUptime
        }
    }

    /// Wall time of the last sign of life of this start, by the event that begins the next one; `nil` when it says nothing
    /// that was not known, or this start never learned the time.
    package func lastSeen(by event: Event) -> Int64? {
        guard case .stationStarted(let fact) = event, let since = fact.darkSince, fact.darkClock?.isDated == true,
            let watchedUntil, since > watchedUntil
        else { return nil }
        return since
    }

    package mutating func note(_ event: Event, at moment: Moment) {
        if case .stationJournalReplaced = event { isPrologue = firstUptime == nil } else { isPrologue = false }
        note(moment)
    }

    package mutating func note(_ moment: Moment) {
        firstUptime = firstUptime ?? moment.uptime
        lastUptime = moment.uptime
    }

    package mutating func trust(_ moment: Moment) { anchor = moment }

    /// Wall time of an uptime; `nil` while no reading can be believed.
    package func wall(at uptime: Int64) -> Int64? { anchor.map { $0.wall + (uptime - $0.uptime) } }

    /// Wall time at which this start began.
    package var began: Int64? { firstUptime.flatMap(wall(at:)) }
}

extension ReportClock: Codable where Waiting: Codable {}

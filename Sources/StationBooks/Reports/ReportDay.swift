import LockerDomain

/// One day of a report: whether a run (班次) came. At least one a day is what the county audits.
public struct ReportDay: Sendable, Hashable {
    /// Counted from 1970-01-01 in Asia/Shanghai.
    public let number: Int64
    public internal(set) var runs = 0
    /// Milliseconds of the day in which the station is known to have run.
    public internal(set) var watchedMilliseconds: Int64 = 0
    public internal(set) var verdict = Verdict.uncertain
    /// Whether a run came that may belong to this day or to another, or may have come among events that are missing.
    package var mayHaveRun = false

    /// What can be said of a day.
    public enum Verdict: String, Sendable, Codable, CaseIterable {
        /// At least one run came.
        case served
        /// The station ran, knew the day, and none came.
        case withoutRun
        /// None is on record, but the station was off or its clock could not know the day: unknown, not 0.
        case uncertain
        /// None came so far; the day is not over.
        case open
        /// The day has not begun.
        case ahead
        /// Its events, or some of them, were removed from the journal: unknown here, the county has them.
        case pruned
    }

    package init(number: Int64) { self.number = number }

    /// Judges the day when the present is known (`nil`: it is not, and `latest` was the last moment that was), and the
    /// journal begins at `first` (`nil`: with the station's first event).
    package mutating func check(now: Int64?, latest: Int64?, first: Int64?) {
        let start = ReportPeriod.wall(ofDay: number)
        let end = start + 86_400_000
        if let first, start < first {
            verdict = .pruned
        } else if runs > 0 {
            verdict = .served
        } else if let now, start > now {
            verdict = .ahead
        } else if let now, end > now {
            verdict = .open
        } else if mayHaveRun || (now ?? latest ?? start) < end
            || 86_400_000 - watchedMilliseconds > Limits.reportUnwatchedMilliseconds
        {
            verdict = .uncertain
        } else {
            verdict = .withoutRun
        }
    }
}

/// How long a camera did not answer within a period, as far as the station watched it.
public struct CameraTime: Sendable, Hashable {
    public internal(set) var offlineMilliseconds: Int64 = 0
    /// Times it went offline.
    public internal(set) var times = 0
}

/// Where an event stands: for the numbers that a report covers.
public struct ReportSource: Sendable, Hashable {
    public var incarnation: String
    public var sequence: Int

    public init(incarnation: String, sequence: Int) {
        self.incarnation = incarnation
        self.sequence = sequence
    }
}

/// The events of one incarnation that a report covers.
public struct ReportSpan: Sendable, Hashable {
    public var incarnation: String
    public var first: Int
    public var last: Int

    package init(incarnation: String, first: Int, last: Int) {
        (self.incarnation, self.first, self.last) = (incarnation, first, last)
    }
}

extension [ReportSpan] {
    mutating func note(_ source: ReportSource?) {
        guard let source else { return }
        note(ReportSpan(incarnation: source.incarnation, first: source.sequence, last: source.sequence))
    }

    mutating func note(_ span: ReportSpan) {
        guard let index = lastIndex(where: { $0.incarnation == span.incarnation }) else { return append(span) }
        self[index].first = Swift.min(self[index].first, span.first)
        self[index].last = Swift.max(self[index].last, span.last)
    }
}

import LockerDomain
import StationBooks
public import SyncWire

/// One stored line as the books read it.
public struct FoldedLine: Sendable {
    /// Place in the order of arrival.
    public var number: Int64
    /// Milliseconds since 1970 at which it came.
    public var received: Int64
    public var line: EventLine

    public init(number: Int64, received: Int64, line: EventLine) {
        (self.number, self.received, self.line) = (number, received, line)
    }
}

/// Folds the lines of one station into its books, in the order of its chains (DESIGN 4.7). Pure but for the ledger.
///
/// Two things become of a line. What it says of pieces, doors and cameras stands in the books at once. What it counts waits
/// until it is known on which day it was made: by its own clock, or by the first trusted reading of the same start; so
/// station and county count on the same days (`StationReport`).
public struct StationFold: Sendable, Codable {
    /// Time within the present start of the daemon; events that wait are kept by their numbers.
    private var clock = ReportClock<Int64>()
    /// Events of starts that never learned the time.
    private var drift: Drifting?
    /// The latest wall time that a trusted reading gave, milliseconds since 1970: the chain reaches up to here.
    public private(set) var latest: Int64?
    /// How the last line knew its time.
    public private(set) var isDated = false
    /// Wall time at which the station's first dated line was made.
    public private(set) var began: Int64?
    private var loss = ReportLoss()

    private struct Drifting: Sendable, Codable {
        /// Number of its first event.
        var number: Int64
        /// Wall time that was known before it.
        var after: Int64?
        var runs = 0
    }

    public init() {}

    /// Takes the next line of the station. Throws what the ledger throws; the fold is then as good as lost.
    public mutating func take<Ledger: StationLedger>(
        _ made: FoldedLine,
        into ledger: Ledger
    ) throws(Ledger.Failure) {
        let (event, moment, isNew) = (made.line.event, made.line.time, began == nil)
        // A clock that was set ahead for the first events did not begin the station after they had come.
        defer { if isNew, let first = began { began = min(first, made.received) } }
        if clock.isOver(before: event, at: moment) {
            if let seen = clock.lastSeen(by: event) {
                try watch(until: seen, ledger)
                latest = seen
            }
            try endStart(ledger)
        }
        clock.note(event, at: moment)
        isDated = moment.clock.isDated
        // A line whose own clock is wrong was made before it came.
        let when = isDated ? min(moment.wall, made.received) : clock.wall(at: moment.uptime) ?? made.received
        let projection = PieceProjection(when: when, isUncertain: !isDated && clock.anchor == nil, number: made.number)
        try projection.project(event, into: ledger)
        try ThingProjection(when: when, number: made.number).project(event, into: ledger)
        if isDated {
            try trust(moment, ledger)
            try count(made.line, made.number, at: moment.wall, ledger)
        } else if let wall = clock.wall(at: moment.uptime) {
            try watch(until: wall, ledger)
            try count(made.line, made.number, at: wall, ledger)
        } else {
            clock.waiting.append(made.number)
            guard clock.waiting.count > Limits.reportWaitingEventsMax else { return }
            clock.hasSpilled = true
            try letDrift(ledger)
        }
    }

    /// Takes note of a line that is there, but not understood: nothing is missing there.
    public mutating func skip(_ incarnation: String, _ sequence: Int) { loss.skip(incarnation, sequence) }

    // MARK: Days

    /// A trusted reading dates all that waited in this start, and ends what drifted before it.
    private mutating func trust<Ledger: StationLedger>(
        _ moment: Moment,
        _ ledger: Ledger
    ) throws(Ledger.Failure) {
        let isFirst = clock.anchor == nil
        clock.trust(moment)
        if isFirst {
            let start = clock.began ?? moment.wall
            try settle(before: clock.hasSpilled ? moment.wall : start, ledger)
            clock.watchedUntil = start
            let waiting = clock.waiting
            clock.waiting = []
            for number in waiting {
                guard let line = try ledger.line(number) else { continue }
                try count(line, number, at: clock.wall(at: line.time.uptime) ?? start, ledger)
            }
        }
        try watch(until: moment.wall, ledger)
    }

    /// The station ran without a break up to here.
    private mutating func watch<Ledger: StationLedger>(
        until wall: Int64,
        _ ledger: Ledger
    ) throws(Ledger.Failure) {
        let from = clock.watchedUntil ?? wall
        clock.watchedUntil = wall
        // A clock that was set a year ahead for a moment watched no year.
        guard from < wall, wall - from <= CountyFoldLimits.watchedMillisecondsMax else { return }
        for day in ReportPeriod.day(ofWall: from)...ReportPeriod.day(ofWall: wall - 1) {
            let start = ReportPeriod.wall(ofDay: day)
            var kept = try ledger.day(day) ?? StationDay(day: day)
            kept.watchedMilliseconds += min(wall, start + 86_400_000) - max(from, start)
            try ledger.keep(kept)
        }
    }

    private mutating func endStart<Ledger: StationLedger>(_ ledger: Ledger) throws(Ledger.Failure) {
        try letDrift(ledger)
        clock = ReportClock()
    }

    // MARK: Counting

    private mutating func count<Ledger: StationLedger>(
        _ line: EventLine,
        _ number: Int64,
        at wall: Int64,
        _ ledger: Ledger
    ) throws(Ledger.Failure) {
        loss.note(line.event, line.incarnation, line.sequence, latest: latest)
        if let touched = loss.days(before: wall) { try mayHaveRun(on: touched, isLossy: true, ledger) }
        latest = wall
        if began == nil { began = wall }
        let day = ReportPeriod.day(ofWall: wall)
        try add(line, .day(day), ledger)
        switch line.event {
        case .runArrived(let fact):
            if fact.again != true {
                var kept = try ledger.day(day) ?? StationDay(day: day)
                kept.runs += 1
                try ledger.keep(kept)
            }
            guard var visit = try ledger.visit(number) else { return }
            (visit.day, visit.arrivedAt) = (day, wall)
            try ledger.keep(visit)
        case .runDeparted(let fact):
            // It may have departed before anybody knew the time of either.
            guard var visit = try ledger.visit(of: fact.run, endedBy: number) else { return }
            visit.departedAt = wall
            try ledger.keep(visit)
        default: break
        }
    }

    private func add<Ledger: StationLedger>(
        _ line: EventLine,
        _ mark: DayMark,
        _ ledger: Ledger
    ) throws(Ledger.Failure) {
        try ledger.add(1, FigureKey(mark: mark, figure: StationFigure.events.rawValue))
        if !line.time.clock.isDated {
            try ledger.add(1, FigureKey(mark: mark, figure: StationFigure.clockUncertain.rawValue))
        }
        var trail = BooksTrail(ledger: ledger)
        for change in try ReportReading(line.event, &trail, mark).changes where !change.isVoid {
            let origin = if let waybill = change.waybill { try ledger.origin(of: waybill) } else { PieceOrigin() }
            let key = FigureKey(change, mark: mark, origin)
            try ledger.add(change.count, key)
            if change.takesOff == nil, let person = line.event.handler { try ledger.add(1, key.handled(by: person)) }
            guard case .figure(let figure, _) = change.counted, figure.isCountedByNumber, let waybill = change.waybill
            else { continue }
            try ledger.add(CountedPiece(waybill: waybill, key: key, count: change.count))
        }
    }

    // MARK: Without a clock

    /// What waits for a reading that will not come.
    private mutating func letDrift<Ledger: StationLedger>(_ ledger: Ledger) throws(Ledger.Failure) {
        guard let first = clock.waiting.first else { return }
        let waiting = clock.waiting
        clock.waiting = []
        if drift == nil {
            drift = Drifting(number: first, after: latest)
            try ledger.keep(Drift(number: first, first: latest.map(ReportPeriod.day(ofWall:)), last: nil))
        }
        for number in waiting {
            guard let line = try ledger.line(number) else { continue }
            loss.note(line.event, line.incarnation, line.sequence, latest: latest)
            if case .runArrived(let fact) = line.event, fact.again != true { drift?.runs += 1 }
            try add(line, .drift(drift?.number ?? first), ledger)
        }
    }

    /// What drifted was made before this time and behind what was known last.
    private mutating func settle<Ledger: StationLedger>(before wall: Int64, _ ledger: Ledger) throws(Ledger.Failure) {
        guard let ended = drift else { return }
        drift = nil
        let last = ReportPeriod.day(ofWall: wall)
        let first = ended.after.map(ReportPeriod.day(ofWall:))
        let (from, to) = (first.map { min($0, last) }, max(first ?? last, last))
        try ledger.keep(Drift(number: ended.number, first: from, last: to))
        guard ended.runs > 0 else { return }
        if from == to {
            var kept = try ledger.day(to) ?? StationDay(day: to)
            kept.runs += ended.runs
            return try ledger.keep(kept)
        }
        // Without a known begin, days are marked as far back as anybody asks.
        try mayHaveRun(on: (from ?? .min)...to, isLossy: false, ledger)
    }

    private func mayHaveRun<Ledger: StationLedger>(
        on touched: ClosedRange<Int64>,
        isLossy: Bool,
        _ ledger: Ledger
    ) throws(Ledger.Failure) {
        let last = touched.upperBound
        for day in max(touched.lowerBound, last - CountyFoldLimits.driftDaysMax)...last {
            var kept = try ledger.day(day) ?? StationDay(day: day)
            kept.mayHaveRun = true
            if isLossy { kept.isLossy = true }
            try ledger.keep(kept)
        }
    }
}

extension ReportFigure {
    /// Whether the month report counts it once a period for each waybill: 下行 and 上行.
    var isCountedByNumber: Bool { self == .received || self == .accepted || self == .rejected }
}

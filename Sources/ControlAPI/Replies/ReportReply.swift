public import LockerDomain
public import StationBooks

/// Reply to `GET /v1/report`: the station's own figures of one day or month (定期报告).
public struct ReportReply: Sendable, Hashable, Codable {
    /// Id of the station.
    public var station: String
    /// `day` or `month`.
    public var kind: ReportPeriod.Kind
    /// `2026-11-21` or `2026-11`.
    public var period: String
    /// Its first moment.
    public var from: TimeStamp
    /// The first moment behind it.
    public var to: TimeStamp
    /// When the report was made, as good as `clock` says.
    public var asOf: TimeStamp
    /// Trust in `asOf`.
    public var clock: ClockTrust
    /// Whether the period is over: no figure changes any more.
    public var closed: Bool
    /// Events that were counted, one entry for each journal.
    public var covers: [Span]
    /// Lines of the journal that could not be read.
    public var unreadable: Int
    /// When the journal begins, if events of the period before it were removed: what was then is unknown here.
    public var prunedBefore: TimeStamp?
    /// What surely belongs to the period.
    public var figures: Figures
    /// What may belong to it: no clock could know the day; absent when there is none.
    public var unplaced: Figures?
    /// Every day of the period.
    public var days: [Day]
    /// Runs of `figures` of which only the period is known.
    public var runsWithoutDay: Int
    /// Cameras that did not answer for some time.
    public var cameras: [Camera]

    /// Events of one journal.
    public struct Span: Sendable, Hashable, Codable {
        /// 32 hex digits.
        public var incarnation: String
        /// Number of the first event.
        public var first: Int
        /// Number of the last event.
        public var last: Int
    }

    /// Figures that add up.
    public struct Figures: Sendable, Hashable, Codable {
        /// By direction, then by brand.
        public var brands: [Brand]
        /// Of the station as a whole, by `StationFigure`; what is missing is 0.
        public var station: [String: Int]
        /// By `StationBreakdown`, then by word.
        public var breakdowns: [String: [String: Int]]
        /// In the printed order.
        public var survey: [Question]
    }

    /// Parcels of one brand in one direction.
    public struct Brand: Sendable, Hashable, Codable {
        /// Owner of the waybills (品牌).
        public var brand: String
        /// 下行 or 上行.
        public var direction: Direction
        /// By `ReportFigure`; every figure of the direction.
        public var figures: [String: Int]
        /// By `ReportBreakdown`, then by word.
        public var breakdowns: [String: [String: Int]]
    }

    /// One question of the survey (满意度调查).
    public struct Question: Sendable, Hashable, Codable {
        /// How many answered.
        public var answers: Int
        /// Their mean in hundredths, 100 … 500; absent without answers.
        public var meanHundredths: Int?
    }

    /// One day.
    public struct Day: Sendable, Hashable, Codable {
        /// `2026-11-21`.
        public var day: String
        /// Runs (班次) that came; not known to be all when `verdict` is `uncertain`.
        public var runs: Int
        /// What can be said of it.
        public var verdict: ReportDay.Verdict
    }

    /// One camera.
    public struct Camera: Sendable, Hashable, Codable {
        /// Its name.
        public var camera: String
        /// Time in which it did not answer while the station watched it.
        public var offlineMilliseconds: Int64
        /// Times it went offline.
        public var times: Int
    }
}

extension ReportReply {
    /// A report as it is shown.
    public init(_ report: StationReport, station: String) {
        let asked = report.asOf ?? Moment(wall: 0, uptime: 0, clock: .none)
        self.station = station
        kind = report.period.kind
        period = report.period.description
        from = TimeStamp(report.period.start)
        to = TimeStamp(report.period.end)
        asOf = TimeStamp(asked.wall)
        clock = asked.clock
        closed = report.isClosed
        covers = report.spans.map { Span(incarnation: $0.incarnation, first: $0.first, last: $0.last) }
        unreadable = report.unreadable
        prunedBefore = report.prunedBefore.map { TimeStamp($0) }
        figures = Figures(report.figures)
        unplaced = report.unplaced.isEmpty ? nil : Figures(report.unplaced)
        days = report.days.map {
            Day(day: CivilDay(number: $0.number).description, runs: $0.runs, verdict: $0.verdict)
        }
        runsWithoutDay = report.runsWithoutDay
        cameras = report.cameras.sorted { $0.key < $1.key }.map { name, time in
            Camera(camera: name.rawValue, offlineMilliseconds: time.offlineMilliseconds, times: time.times)
        }
    }
}

extension ReportReply.Figures {
    init(_ tally: Tally) {
        brands = tally.rows.sorted { $0.key < $1.key }.map { ReportReply.Brand($0.key, $0.value) }
        station = Dictionary(uniqueKeysWithValues: tally.station.map { ($0.key.rawValue, $0.value) })
        breakdowns = Dictionary(uniqueKeysWithValues: tally.words.map { ($0.key.rawValue, $0.value.counts) })
        survey = tally.survey.map { question in
            guard question.answers > 0 else { return ReportReply.Question(answers: 0) }
            let mean = (question.sum * 100 + question.answers / 2) / question.answers
            return ReportReply.Question(answers: question.answers, meanHundredths: mean)
        }
    }

    /// A figure of the station.
    public subscript(figure: StationFigure) -> Int { station[figure.rawValue] ?? 0 }
}

extension ReportReply.Brand {
    init(_ owner: Tally.Owner, _ row: Tally.Row) {
        brand = owner.brand
        direction = owner.direction
        let all = ReportFigure.allCases.filter { $0.direction == owner.direction || row.figures[$0] != nil }
        figures = Dictionary(uniqueKeysWithValues: all.map { ($0.rawValue, row.figures[$0] ?? 0) })
        breakdowns = Dictionary(uniqueKeysWithValues: row.breakdowns.map { ($0.key.rawValue, $0.value.counts) })
    }

    /// A figure of the brand.
    public subscript(figure: ReportFigure) -> Int { figures[figure.rawValue] ?? 0 }
}

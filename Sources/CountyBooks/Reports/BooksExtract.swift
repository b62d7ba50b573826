public import LockerDomain
public import StationBooks

/// What the books of all stations say of one period: what a report is made of. A store reads it in one transaction, so that
/// all of it is of one moment.
public struct BooksExtract: Sendable {
    public var period: CountyPeriod
    public var stations: [StationStanding]
    /// Days of the period by station.
    public var days: [String: [StationDay]]
    /// Stretches without a clock that the period may hold, by number.
    public var drifts: [Int64: Drift]
    /// Pieces that count in the period, or may.
    public var pieces: [StationPiece]
    /// Number of the newest event that is in the books.
    public var through: Int64

    public init(
        period: CountyPeriod,
        stations: [StationStanding] = [],
        days: [String: [StationDay]] = [:],
        drifts: [Int64: Drift] = [:],
        pieces: [StationPiece] = [],
        through: Int64 = 0
    ) {
        (self.period, self.stations, self.days) = (period, stations, days)
        (self.drifts, self.pieces, self.through) = (drifts, pieces, through)
    }
}

/// How far the books have a station.
public struct StationStanding: Sendable, Hashable {
    public var station: String
    /// Wall time up to which its chain is here and dated, milliseconds since 1970; `nil` when nothing is.
    public var reaches: Int64?
    /// Wall time of its first dated event.
    public var began: Int64?
    /// Whether lines came that do not follow on those before them: until all are folded anew the books take in none of its
    /// lines.
    public var isWaiting = false

    public init(station: String, reaches: Int64?, began: Int64?) {
        (self.station, self.reaches, self.began) = (station, reaches, began)
    }
}

/// A piece that a station counted.
public struct StationPiece: Sendable, Hashable {
    public var station: String
    public var waybill: Waybill
    public var mark: DayMark
    /// When that counted which this takes off again.
    public var takesOff: DayMark?
    public var brand: String
    /// The village of the manifest, as it is written there; `nil` for the site's own.
    public var village: String?
    /// The firm that handles it, as the piece names it; `nil` for that of the site.
    public var operatorName: String?
    public var figure: ReportFigure
    public var count: Int

    public init(
        station: String,
        waybill: Waybill,
        mark: DayMark,
        takesOff: DayMark? = nil,
        brand: String,
        village: String? = nil,
        operatorName: String? = nil,
        figure: ReportFigure,
        count: Int
    ) {
        (self.station, self.waybill, self.mark, self.takesOff) = (station, waybill, mark, takesOff)
        (self.brand, self.village, self.figure, self.count) = (brand, village, figure, count)
        self.operatorName = operatorName
    }
}

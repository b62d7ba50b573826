public import LockerDomain

/// The books with what the latest status of each station adds to its last event (`BooksExtract.heard`). All that pages and
/// commands read goes through it, so that they say the same.
public struct HeardBooks: BooksReading {
    private let books: any BooksReading
    private let statuses: any LastStatuses
    private let now: @Sendable () -> Int64

    /// - Parameters:
    ///   - books: what events alone say.
    ///   - statuses: of the same county.
    ///   - now: the county's clock, milliseconds since 1970.
    public init(_ books: any BooksReading, _ statuses: any LastStatuses, now: @escaping @Sendable () -> Int64) {
        (self.books, self.statuses, self.now) = (books, statuses, now)
    }

    public func extract(_ period: CountyPeriod) throws -> BooksExtract { try heard { try books.extract(period) } }

    public func days(_ period: CountyPeriod) throws -> BooksExtract { try heard { try books.days(period) } }

    public func heardDays() throws -> [String: Int64] {
        let time = now()
        return try statuses.lastStatuses().reduce(into: [:]) { days, status in
            days[status.station] = status.proven(now: time).map(ReportPeriod.day(ofWall:))
        }
    }

    private func heard(_ read: () throws -> BooksExtract) throws -> BooksExtract {
        // Statuses first: an event that comes meanwhile reaches further than the status before it.
        let last = try statuses.lastStatuses()
        return try read().heard(last, now: now())
    }

    // MARK: What statuses add nothing to

    public func state() throws -> BooksState { try books.state() }
    public func catchUp() throws { try books.catchUp() }
    public func changes() throws -> Int64 { try books.changes() }

    public func figures(
        of station: String?,
        _ period: CountyPeriod,
        named names: [String]
    ) throws -> [StationFigures] {
        try books.figures(of: station, period, named: names)
    }

    public func daySums(_ period: CountyPeriod, named names: [String], byBrand: Bool) throws -> [DaySum] {
        try books.daySums(period, named: names, byBrand: byBrand)
    }

    public func holdings() throws -> [StationHoldings] { try books.holdings() }
    public func waitingSince() throws -> [Int64?] { try books.waitingSince() }
    public func pieces(_ query: PieceQuery) throws -> [PieceOfStation] { try books.pieces(query) }
    public func custody(of waybill: Waybill) throws -> [CustodyLine] { try books.custody(of: waybill) }
    public func visits(_ query: VisitQuery) throws -> [VisitOfStation] { try books.visits(query) }
    public func troubles(_ query: TroubleQuery) throws -> [TroubleOfStation] { try books.troubles(query) }
    public func voices(of station: String?, _ days: ClosedRange<Int64>, limit: Int) throws -> [VoiceOfStation] {
        try books.voices(of: station, days, limit: limit)
    }
    public func doors(of station: String) throws -> [DoorStanding] { try books.doors(of: station) }
    public func quarantined(limit: Int) throws -> [QuarantinedLine] { try books.quarantined(limit: limit) }
}

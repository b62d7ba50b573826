public import LockerDomain
import StationBooks

/// Reads what views are made of. Calls block and throw `CountyFault`, as the ports do.
public struct ViewSources: Sendable {
    private let books: any BooksReading
    private let directory: any StationDirectory
    /// The last day of a reporting month, 1 … 31.
    private let ends: Int64

    public init(_ books: any BooksReading, _ directory: any StationDirectory, ends: Int64 = CountyPeriod.endOfMonth) {
        (self.books, self.directory, self.ends) = (books, directory, ends)
    }

    /// A reader at the county's present time.
    public func context(_ registers: Registers, _ visibility: Visibility) throws -> ViewContext {
        ViewContext(registers, visibility, now: try directory.countyClock().now)
    }

    // MARK: Today

    /// - Parameter closesOn: the day of the month from which the last period is to be closed; `nil` asks for none.
    public func today(_ context: ViewContext, periods: any PeriodStore, closesOn: Int64?) throws -> TodayView {
        var extract = try books.extract(CountyPeriod(day: context.today))
        var (figures, sums): ([StationFigures], [DaySum]) = ([], [])
        let isByBrand = context.visibility.brands != nil
        let first = context.today - max(ViewLimits.visitsDays, ViewLimits.piecesDays + ViewLimits.weekDays)
        let calendar = try periods.calendar(ends: ends)
        let months = Set((first...context.today).map { calendar.month(holding: $0) })
        for month in months.sorted(by: { $0.days.lowerBound < $1.days.lowerBound }) {
            extract = extract.joined(with: try books.days(month))
            if context.seesAllPlaces {
                sums += try books.daySums(month, named: FigureNames.pieces, byBrand: isByBrand)
            } else {
                figures += try books.figures(of: nil, month, named: FigureNames.pieces)
            }
        }
        var view = TodayView(extract, try books.holdings(), try directory.sights(), context)
        if context.visibility == .county {
            view.waitingSince = try books.waitingSince()
        } else {
            var query = query(context, limit: ViewLimits.waitingPiecesMax)
            (query.states, query.direction) = ([.stored], .inbound)
            view.waiting = try books.pieces(query)
            view.isWaitingCut = view.waiting.count >= query.limit
        }
        if context.seesAllPlaces { view.daySums = sums } else { view.figures = figures }
        var troubles = TroubleQuery(limit: ViewLimits.listRowsMax)
        (troubles.isOpen, troubles.kinds) = (true, [.outOfService, .cameraOffline])
        view.troubles = try books.troubles(troubles)
        view.state = try books.state()
        view.clockDoubt = try directory.countyClock().doubt
        if let closesOn, let due = calendar.due(on: context.today, closesOn: closesOn) {
            view.toClose = try periods.frozen(due).isEmpty ? due : nil
        }
        return view
    }

    // MARK: Stations and villages

    /// - Parameter lines: its last events, the latest first, at most `ViewLimits.stationEventsMax`.
    public func station(_ id: String, lines: [CustodyLine], _ context: ViewContext) throws -> CountyStationView {
        let sight = try directory.sights().first { $0.station == id }
        let standing = try standings(CountyPeriod(day: context.today), context).first { $0.station == id }
        var view = CountyStationView(id, sight, standing, context)
        guard view.isFound else { return view }
        view.holdings = try books.holdings().first { $0.station == id }
        view.doors = try books.doors(of: id)
        var troubles = TroubleQuery(limit: ViewLimits.listRowsMax)
        troubles.station = id
        view.troubles = try books.troubles(troubles)
        view.lines = Array(lines.prefix(ViewLimits.stationEventsMax))
        let days = (context.today - ViewLimits.visitsDays + 1)...context.today
        var visits = VisitQuery(days: days, limit: ViewLimits.listRowsMax)
        visits.station = id
        view.visits = try books.visits(visits)
        view.voices = try books.voices(of: id, days, limit: ViewLimits.listRowsMax)
        view.pieces = try pieces(at: id, context)
        return view
    }

    public func village(_ code: String, _ period: CountyPeriod, _ context: ViewContext) throws -> VillageView {
        let sites = context.registers.sites(on: context.today).filter { site in
            site.villagesServed.contains { $0.village == code }
        }
        let waiting = try Set(sites.flatMap(\.stations)).sorted().flatMap { try pieces(at: $0, context) }
        return VillageView(code, try books.extract(period), waiting, context)
    }

    /// Pieces that a station has, or should have, of those that the reader may see.
    private func pieces(at station: String, _ context: ViewContext) throws -> [PieceOfStation] {
        var query = query(context, limit: ViewLimits.listRowsMax)
        query.station = station
        query.states = Set(Piece.State.allCases.filter(\.isAtSite))
        return try books.pieces(query)
    }

    // MARK: Waybills

    /// Finds waybills by the number or its last digits.
    public func search(_ text: String, _ context: ViewContext) throws -> ParcelSearchView {
        let text = Table.trimmed(text).uppercased()
        guard !text.isEmpty else { return ParcelSearchView("", [], context) }
        var query = query(context, limit: ViewLimits.listRowsMax)
        query.waybill = text
        var view = ParcelSearchView(text, try books.pieces(query), context)
        view.isCut = view.pieces.count == query.limit
        return view
    }

    public func parcel(_ waybill: Waybill, _ context: ViewContext) throws -> ParcelView {
        var query = query(context, limit: ViewLimits.listRowsMax)
        query.waybill = waybill.rawValue
        let pieces = try books.pieces(query).filter { held in
            held.piece.waybill == waybill || held.piece.formerly == waybill
        }
        return ParcelView(waybill, pieces, try books.custody(of: waybill), context)
    }

    /// What the store may leave out at once; the views look at each row again.
    private func query(_ context: ViewContext, limit: Int) -> PieceQuery {
        var query = PieceQuery(limit: limit)
        query.brands = context.visibility.brands?.sorted()
        if let firm = context.visibility.firm {
            query.operatorName = firm
            let own = context.registers.sites(on: context.today).filter { $0.operatorName == firm }
            query.operatorStations = own.flatMap(\.stations).sorted()
        }
        return query
    }

    // MARK: Periods

    public func runs(_ days: ClosedRange<Int64>, route: String?, _ context: ViewContext) throws -> RunsView {
        var query = VisitQuery(days: days, limit: ViewLimits.listRowsMax)
        query.route = route
        let visits = try books.visits(query)
        var view = RunsView(days, visits, try standings(CountyPeriod(day: days.upperBound), context), context)
        view.isCut = visits.count == query.limit
        return view
    }

    public func report(
        _ period: CountyPeriod,
        county: (code: String, name: String),
        _ context: ViewContext
    ) throws -> ReportView {
        ReportView(try books.extract(period), county: county, context)
    }

    public func people(_ period: CountyPeriod, _ context: ViewContext) throws -> PeopleView {
        var view = PeopleView(period, try books.figures(of: nil, period, named: FigureNames.handled), context)
        view.silent = try silent(period, context)
        return view
    }

    public func fees(_ period: CountyPeriod, _ context: ViewContext) throws -> FeesView {
        var view = FeesView(period, try books.figures(of: nil, period, named: FigureNames.fees), context)
        view.silent = try silent(period, context)
        return view
    }

    public func voices(_ period: CountyPeriod, _ context: ViewContext) throws -> VoicesView {
        let voices = try books.voices(of: nil, period.days, limit: ViewLimits.listRowsMax)
        var view = VoicesView(period, try books.figures(of: nil, period, named: FigureNames.voices), voices, context)
        view.silent = try silent(period, context)
        return view
    }

    public func troubles(_ query: TroubleQuery, _ context: ViewContext) throws -> TroublesView {
        var view = TroublesView(try books.troubles(query), context)
        view.isCut = view.troubles.count == query.limit
        return view
    }

    public func quarantined(_ context: ViewContext) throws -> QuarantineView {
        QuarantineView(try books.quarantined(limit: ViewLimits.listRowsMax), context)
    }

    /// How far the books have each station. A day is the smallest extract that says so.
    private func standings(_ period: CountyPeriod, _ context: ViewContext) throws -> [StationStanding] {
        try books.days(CountyPeriod(day: min(period.days.upperBound, context.today))).stations
    }

    private func silent(_ period: CountyPeriod, _ context: ViewContext) throws -> [SilentStation] {
        context.silent(try standings(period, context), in: period).filter { context.allows(station: $0.station) }
    }
}

/// Figures that views read.
private enum FigureNames {
    static let pieces = [ReportFigure.received, .accepted].map(\.rawValue)
    static let handled = ReportFigure.allCases.map { FigureKey.handled + $0.rawValue }
    static let fees = [ReportFigure.fees, .feesFen].map(\.rawValue)
    static let voices =
        [StationBreakdown.complaints.rawValue, StationFigure.surveys.rawValue]
        + SurveyQuestion.allCases.indices.map { FigureKey.survey($0 + 1) }
}

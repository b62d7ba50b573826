import CountyBooks
import CountyPages
import CountyReceiver
import LockerDomain

/// The views that pages show, each with what it reads.
enum CountyPageViews {
    /// Lines of a station that its page shows.
    private static let lastLinesMax = 50
    /// Days that the page of runs shows unless others are asked for.
    private static let runDays: Int64 = 7

    static func make(_ county: County) -> PageViews {
        @Sendable func sources(_ desk: CountyDesk) -> ViewSources {
            ViewSources(desk.books, desk.stations, ends: desk.settings.periodEnds)
        }
        @Sendable func context(_ desk: CountyDesk, _ request: ViewRequest) throws -> ViewContext {
            try sources(desk).context(request.registers, request.visibility)
        }
        return PageViews(
            today: { desk, request in
                try sources(desk).today(
                    try context(desk, request),
                    periods: desk.periods,
                    closesOn: desk.settings.closesOn
                ).view
            },
            station: { desk, request in
                let station = request.parameter("station")
                let view = try sources(desk).station(
                    station,
                    lines: try county.lastLines(of: station, limit: lastLinesMax),
                    try context(desk, request)
                )
                return view.isFound ? view.view : nil
            },
            village: { desk, request in
                let calendar = try desk.periods.calendar(ends: desk.settings.periodEnds)
                let month = calendar.month(holding: request.today)
                let view = try sources(desk).village(request.parameter("village"), month, try context(desk, request))
                return view.isFound ? view.view : nil
            },
            parcels: { desk, request in
                try sources(desk).search(request.query.text("waybill") ?? "", try context(desk, request)).view
            },
            parcel: { desk, request in
                let waybill = Waybill(rawValue: request.parameter("waybill"))
                let view = try sources(desk).parcel(waybill, try context(desk, request))
                return view.isFound ? view.view : nil
            },
            runs: { desk, request in
                let days = days(request)
                return try sources(desk).runs(days, route: request.query.text("route"), try context(desk, request)).view
            },
            people: { desk, request in
                try sources(desk).people(try period(desk, request), try context(desk, request)).view
            },
            fees: { desk, request in
                try sources(desk).fees(try period(desk, request), try context(desk, request)).view
            },
            voices: { desk, request in
                try sources(desk).voices(try period(desk, request), try context(desk, request)).view
            },
            troubles: { desk, request in
                let query = TroubleQuery(limit: ViewLimits.listRowsMax)
                var view = try sources(desk).troubles(query, try context(desk, request))
                view.period = try period(desk, request)
                return view.view
            },
            quarantine: { desk, request in try sources(desk).quarantined(try context(desk, request)).view }
        )
    }

    private static func period(_ desk: CountyDesk, _ request: ViewRequest) throws -> CountyPeriod {
        request.period(try desk.periods.calendar(ends: desk.settings.periodEnds))
    }

    /// The days that a page of runs is about; the other way round when they are typed so.
    private static func days(_ request: ViewRequest) -> ClosedRange<Int64> {
        let to = request.query.text("to").flatMap(CivilDay.init)?.number ?? request.today
        let from = request.query.text("from").flatMap(CivilDay.init)?.number ?? to - runDays + 1
        return min(from, to)...max(from, to)
    }
}

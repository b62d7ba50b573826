import LockerDomain

/// *Today* (今日): what a dispatcher looks at in the morning. Which villages were visited, what came and went, what
/// waits, and which stations nobody can say anything of.
public struct TodayView: Sendable {
    /// Pieces of today, and the days of the last month, whatever its own period is.
    public var extract: BooksExtract
    /// What stations have at hand; for a reader of some firms or brands alone it is counted from `waiting` instead.
    public var holdings: [StationHoldings]
    public var sights: [StationSight]
    public var context: ViewContext
    /// Since when each parcel waits, for a reader of all of them; `nil` for one of `waiting` alone.
    public var waitingSince: [Int64?]?
    /// Parcels that wait, of which a reader may see some.
    public var waiting: [PieceOfStation] = []
    /// Whether there are more of them than were read.
    public var isWaitingCut = false
    /// Counts of the last weeks, for the plot of pieces; `nil` without that plot, and for a reader of all places.
    public var figures: [StationFigures]?
    /// The same for a reader of all places, who needs no count of one station; by brand for one of some brands.
    public var daySums: [DaySum]?
    /// Troubles that last.
    public var troubles: [TroubleOfStation] = []
    /// How far the books are; `nil` when that is not asked. Pages say by themselves when they stand still.
    public var state: BooksState?
    /// Why the county's clock is in doubt; `nil` when it is not.
    public var clockDoubt: String?
    /// The last period, when the day has come on which it is to be closed and it is not; else `nil`.
    public var toClose: CountyPeriod?

    public init(
        _ extract: BooksExtract,
        _ holdings: [StationHoldings],
        _ sights: [StationSight],
        _ context: ViewContext
    ) {
        (self.extract, self.holdings, self.sights, self.context) = (extract, holdings, sights, context)
    }

    /// The page.
    public var view: View {
        let morning = Morning(self)
        var parts = notices + View.Part.waiting(morning.waiting)
        parts += [
            .facts(morning.facts), .table(morning.townshipTable, scope: "townships"),
            .table(morning.villageTable, scope: "villages"),
        ]
        parts += morning.stationTables + morning.plots
        return View(
            Words("今日 \(CivilDay(number: context.today))", "Today \(CivilDay(number: context.today))"),
            parts
        )
    }

    private var notices: [View.Part] {
        var notices: [Words] = []
        if let clockDoubt {
            notices.append(
                Words(
                    "县中心时钟存疑，今日的判断可能有误：\(Words(both: clockDoubt).chinese)",
                    "the county's clock is in doubt, and with it what is said of today: \(Words(both: clockDoubt).english)"
                )
            )
        }
        if let state, state.quarantined > 0, context.visibility.isOfAllFirms {
            notices.append(
                Words(
                    "有 \(state.quarantined) 条事件本版本无法识别，未计入数字",
                    "\(state.quarantined) events are not understood by this version and in no figure"
                )
            )
        }
        if let toClose, context.visibility == .county {
            notices.append(
                Words("\(toClose) 月报到期未关账，请关账", "the report of \(toClose) is due and not closed: close it")
            )
        }
        return notices.map { .notice($0, .warn) }
    }
}

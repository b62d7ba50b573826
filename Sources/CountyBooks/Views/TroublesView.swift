import LockerDomain

/// Troubles of doors, cameras and scanners over time (设备故障).
public struct TroublesView: Sendable {
    public var troubles: [TroubleOfStation]
    public var context: ViewContext
    /// Whether there are older ones that were not read.
    public var isCut = false
    /// Those of this period alone, in which they began or lasted still; `nil`: all.
    public var period: CountyPeriod?

    public init(_ troubles: [TroubleOfStation], _ context: ViewContext) {
        (self.troubles, self.context) = (troubles, context)
    }

    /// By the site at which it began; one that lasts is also the business of the site where the station stands now.
    private func isSeen(_ held: TroubleOfStation) -> Bool {
        context.allows(station: held.station, on: ReportPeriod.day(ofWall: held.trouble.from))
            || held.trouble.isOpen && context.allows(station: held.station)
    }

    /// The page.
    public var view: View {
        let seen = context.readsStations ? troubles.filter(isSeen) : []
        let shown = period.map { period in seen.filter { $0.trouble.lasted(in: period) } } ?? seen
        let open = shown.filter { $0.trouble.isOpen }
        let facts = Trouble.Kind.allCases.filter(\.lasts).map { kind in
            View.Fact(
                Words("未恢复：\(kind.words.chinese)", "open: \(kind.words.english)"),
                .number(open.count { $0.trouble.kind == kind })
            )
        }
        var parts: [View.Part] = [.facts(facts), .table(Self.table(shown, context), scope: "troubles")]
        if isCut { parts.insert(.notice(.cut(troubles.count), .warn), at: 0) }
        let title = Words("设备故障", "Troubles of doors and cameras")
        return View(period.map { Words("\(title.chinese) \($0)", "\(title.english), \($0)") } ?? title, parts)
    }

    /// The table of troubles, of a station's page too.
    static func table(_ troubles: [TroubleOfStation], _ context: ViewContext) -> Table {
        let columns = [
            Table.Column("from", "开始", "From", .time), Table.Column("until", "结束", "Until", .time),
            Table.Column("lasted", "持续", "Lasted"), Table.Column("station", "站点", "Station"),
            Table.Column("site", "网点", "Site"), Table.Column("kind", "故障", "Trouble", .state),
            Table.Column("thing", "设备", "Thing"), Table.Column("reason", "原因", "Reason"),
        ]
        return Table(
            Words("故障记录", "Troubles"),
            columns: columns,
            rows: troubles.map { held in
                let trouble = held.trouble
                let day = ReportPeriod.day(ofWall: trouble.from)
                let lasted = trouble.kind.lasts ? (trouble.until ?? context.now) - trouble.from : nil
                return [
                    .time(trouble.from),
                    trouble.isOpen ? .state(Words("未恢复", "still"), .bad) : .time(trouble.until ?? trouble.from),
                    .optional(lasted.map { ViewAge.words($0) }), context.cell(station: held.station),
                    context.cell(siteOf: held.station, on: day),
                    .state(trouble.kind.words, trouble.isOpen ? .bad : .warn),
                    .plain(trouble.thing), .reason(trouble.reason),
                ]
            }
        )
    }
}

extension Trouble {
    /// Whether it lasts still.
    var isOpen: Bool { kind.lasts && until == nil }

    /// Whether some of it was in a period.
    fileprivate func lasted(in period: CountyPeriod) -> Bool {
        let begin = ReportPeriod.wall(ofDay: period.days.lowerBound)
        let end = ReportPeriod.wall(ofDay: period.days.upperBound + 1)
        return from < end && (isOpen || (until ?? from) >= begin)
    }
}

extension Trouble.Kind {
    /// As lists write it in both languages.
    var words: Words { Words(chinese, english) }

    private var english: String {
        switch self {
        case .openFailed: "door did not open"
        case .openedUnexpectedly: "opened without being asked"
        case .leftOpen: "left open"
        case .sensorFault: "sensor fault"
        case .outOfService: "door out of service"
        case .cameraOffline: "camera off"
        case .scannerFault: "scanner fault"
        }
    }
}

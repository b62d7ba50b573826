import LockerDomain

/// Runs (班次) by route and day, station by station.
public struct RunsView: Sendable {
    /// Days that are shown, counted from 1970-01-01.
    public var days: ClosedRange<Int64>
    public var visits: [VisitOfStation]
    /// From and up to when the books have each station: outside of that, a day without a run is unknown.
    public var stations: [StationStanding]
    public var context: ViewContext
    /// Whether there are more visits than were read.
    public var isCut = false

    public init(
        _ days: ClosedRange<Int64>,
        _ visits: [VisitOfStation],
        _ stations: [StationStanding],
        _ context: ViewContext
    ) {
        (self.days, self.visits, self.stations, self.context) = (days, visits, stations, context)
    }

    /// What stands for a run whose card names no route.
    private static let noRoute = Words("未写明", "not named")

    /// The page.
    public var view: View {
        let shown = context.readsStations ? visits.filter { context.allows(station: $0.station, on: $0.visit.day) } : []
        let span = "\(CivilDay(number: days.lowerBound)) – \(CivilDay(number: days.upperBound))"
        let notices: [View.Part] = isCut ? [.notice(.cut(visits.count), .warn)] : []
        return View(
            Words("班次 \(span)", "Runs \(span)"),
            notices + waiting + [
                .table(matrix(shown), scope: "routes"),
                .table(Self.table(shown, context), scope: "visits"),
            ]
        )
    }

    private var waiting: [View.Part] { context.readsStations ? View.Part.waiting(context.waiting(stations)) : [] }

    /// Routes by days: at how many stations a run of the route stopped.
    private func matrix(_ visits: [VisitOfStation]) -> Table {
        let first = max(days.lowerBound, days.upperBound - ViewLimits.matrixDaysMax + 1)
        let shown = first...days.upperBound
        var counts: [String: [Int64: Int]] = [:]
        var undated: [String: Int] = [:]
        var served: [String: Set<String>] = [:]
        for held in visits {
            let route = held.visit.route ?? ""
            served[route, default: []].insert(held.station)
            guard let day = held.visit.day else {
                undated[route, default: 0] += 1
                continue
            }
            counts[route, default: [:]][day, default: 0] += 1
        }
        let spans = StationSpans(stations)
        let columns =
            [Table.Column("route", "线路", "Route")]
            + shown.map { day in
                let label = String("\(CivilDay(number: day))".dropFirst(5))
                return Table.Column("d\(day)", label, label, .number)
            } + [Table.Column("undated", "日期未知", "Day unknown", .number)]
        // What names no route stands behind those that do.
        let routes = served.keys.filter { !$0.isEmpty }.sorted() + served.keys.filter(\.isEmpty)
        let rows = routes.map { route -> [Table.Cell] in
            let heard = served[route, default: []].map {
                (end: spans.reaches($0) ?? .min, begin: spans.began($0) ?? .min)
            }
            let cells = shown.map { day -> Table.Cell in
                let end = ReportPeriod.wall(ofDay: day + 1)
                let isWhole = !isCut && heard.allSatisfy { $0.end >= end && $0.begin < end }
                return .least(counts[route]?[day] ?? 0, isWhole: isWhole)
            }
            return [route.isEmpty ? .words(Self.noRoute) : .plain(route)] + cells + [
                undated[route].map { .number($0) } ?? .none
            ]
        }
        return Table(
            Words("线路按日停靠站点数", "Stops by route and day"),
            columns: columns,
            rows: rows,
            notes: [
                Words(
                    "“未知”：该线路有站点的记录未到当日结束、当日之后才开始，或待重新计算",
                    "unknown: a station of the route has not sent all of that day, began later, or is counted anew"
                )
            ]
        )
    }

    /// The table of visits, of a station's page too.
    static func table(_ visits: [VisitOfStation], _ context: ViewContext) -> Table {
        let columns = [
            Table.Column("day", "日期", "Day", .date), Table.Column("route", "线路", "Route"),
            Table.Column("vehicle", "车辆", "Vehicle"), Table.Column("run", "班次", "Run"),
            Table.Column("station", "站点", "Station"), Table.Column("site", "网点", "Site"),
            Table.Column("village", "行政村", "Village"), Table.Column("arrived", "到达", "Arrived", .time),
            Table.Column("departed", "离开", "Departed", .time), Table.Column("in", "下行件数", "In", .number),
            Table.Column("out", "上行件数", "Out", .number), Table.Column("back", "退回件数", "Back", .number),
            Table.Column("bags", "袋号", "Bags"), Table.Column("seals", "封志", "Seals"),
            Table.Column("person", "人员", "Person"),
        ]
        return Table(Words("到站班次", "Runs at stations"), columns: columns, rows: visits.map { row($0, context) })
    }

    private static func row(_ held: VisitOfStation, _ context: ViewContext) -> [Table.Cell] {
        let visit = held.visit
        // What came and went is counted when the run leaves.
        let hasLeft = visit.departedAt != nil
        return [
            .day(visit.day), .plain(visit.route), .plain(visit.vehicle), .plain(visit.run),
            context.cell(station: held.station), context.cell(siteOf: held.station, on: visit.day),
            context.cell(village: context.site(of: held.station, on: visit.day)?.village, on: visit.day),
            visit.day == nil ? .unknown : .time(visit.arrivedAt), hasLeft ? .time(visit.departedAt) : .unknown,
            .count(hasLeft ? visit.parcelsIn : nil), .count(hasLeft ? visit.shipmentsOut : nil),
            .count(hasLeft ? visit.parcelsBack : nil), .list(visit.bags),
            .list(visit.seals), context.cell(person: visit.person),
        ]
    }
}

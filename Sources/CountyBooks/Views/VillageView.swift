import LockerDomain

/// One village (行政村) in a period: who serves it, on which days somebody came, what came and what waits.
public struct VillageView: Sendable {
    /// 区划代码, twelve digits.
    public var code: String
    /// The books of the period.
    public var extract: BooksExtract
    /// Parcels that wait at the stations that serve it.
    public var waiting: [PieceOfStation]
    public var context: ViewContext

    public init(_ code: String, _ extract: BooksExtract, _ waiting: [PieceOfStation], _ context: ViewContext) {
        (self.code, self.extract, self.waiting, self.context) = (code, extract, waiting, context)
    }

    /// Whether a register knows it and the reader may see it.
    public var isFound: Bool { context.registers.village(code) != nil && context.visibility.allows(village: code) }

    /// The page.
    public var view: View {
        guard let village = context.registers.village(code), isFound else {
            return View(Words("行政村", "Village"), [.notice(Words("没有找到这个村", "no such village is found"), .unknown)])
        }
        let held = waiting.filter { $0.piece.isWaiting && context.village($0.piece.village, at: $0.station) == code }
        let pieces = PieceTable(pieces: held, context: context).table(Words("在库待取", "Waiting parcels"))
        return View(
            Words("\(village.name) \(extract.period)", "\(village.name) \(extract.period)"),
            View.Part.waiting(context.waiting(notCounted)) + [
                .facts(facts(village, waiting: pieces.rows.count)), .table(siteTable, scope: "sites"),
                .table(dayTable, scope: "days"), .table(brandTable, scope: "brands"), .table(pieces, scope: "waiting"),
            ]
        )
    }

    // MARK: Parts

    /// Sites that serve it on a day, of firms that the reader may see.
    private func sites(on day: Int64) -> [Site] {
        context.registers.sites(on: day).filter { site in
            site.status != .closed && context.visibility.allows(firm: site.operatorName)
                && site.villagesServed.contains { $0.village == code }
        }
    }

    /// Stations that serve it on any day of the period, of whatever firm, and wait to be folded anew.
    private var notCounted: [StationStanding] {
        let sites = context.registers.sites(in: extract.period.days).map(\.site).filter { site in
            site.status != .closed && site.villagesServed.contains { $0.village == code }
        }
        let stations = Set(sites.flatMap(\.stations))
        return extract.stations.filter { $0.isWaiting && stations.contains($0.station) }
    }

    private func facts(_ village: Village, waiting: Int) -> [View.Fact] {
        let stations = Set(sites(on: context.today).flatMap(\.stations))
        let spans = StationSpans(extract.stations)
        let isWhole = stations.allSatisfy { station in
            spans.reaches(station).map { $0 >= ReportPeriod.wall(ofDay: context.today) } ?? false
        }
        let count: Table.Cell = stations.isEmpty ? .none : .least(waiting, isWhole: isWhole)
        return [
            View.Fact(Words("区划代码", "code"), .text(code)), View.Fact(Words("行政村", "village"), .text(village.name)),
            View.Fact(Words("乡镇", "township"), .text(context.townshipName(of: code))),
            View.Fact(Words("人口", "residents"), .count(village.population)),
            View.Fact(
                Words("距镇驻地（公里）", "km to town"),
                village.townHectometres.map { .decimal(tenths: $0) } ?? .unknown
            ),
            View.Fact(Words("在库待取", "waiting"), count),
        ]
    }

    private var siteTable: Table {
        let columns = [
            Table.Column("number", "网点编号", "Number", .code), Table.Column("name", "网点", "Site"),
            Table.Column("type", "类型", "Type"), Table.Column("mode", "服务方式", "Served"),
            Table.Column("stations", "站点", "Stations"), Table.Column("phone", "公布电话", "Published phone"),
            Table.Column("address", "地址", "Address"), Table.Column("operator", "经营企业", "Operator"),
            Table.Column("status", "状态", "Status", .state),
        ]
        let rows = sites(on: context.today).map { site -> [Table.Cell] in
            let mode = site.villagesServed.first { $0.village == code }.map { FieldWords.of($0.mode) }
            let stations: Table.Cell =
                site.stations.count == 1
                ? context.cell(station: site.stations[0])
                : site.stations.isEmpty
                    ? .state(Words("无设备", "no station"), .unknown) : .list(site.stations)
            return [
                .plain(site.number), .plain(site.name), .words(FieldWords.of(site.type)), .optional(mode), stations,
                .optional(site.phone), .plain(site.address), .plain(site.operatorName),
                .state(FieldWords.of(site.status), site.status == .open ? .ok : .warn),
            ]
        }
        return Table(Words("服务网点", "Sites that serve it"), columns: columns, rows: rows)
    }

    /// The latest day first; a run counts at each station that serves the village on that day.
    private var dayTable: Table {
        let last = min(extract.period.days.upperBound, context.today)
        let first = extract.period.days.lowerBound
        let days = first <= last ? (first...last).reversed().map { $0 } : []
        let kept = DaysOfStations(extract)
        let verdicts = first <= last ? VillageVerdicts(first...last, extract, context.registers, now: context.now) : nil
        let isCounted = notCounted.isEmpty
        let rows = days.map { day -> [Table.Cell] in
            var verdict = verdicts?[code, day]
            // That nobody came so far is not known where a run may wait to be counted.
            if verdict == .notYet, !isCounted { verdict = .unknown }
            let stations = sites(on: day).flatMap(\.stations)
            let runs = stations.reduce(0) { sum, station in
                sum + (kept.day(day, of: station)?.runs ?? 0)
            }
            let isKnown = verdict == .visited || verdict == .notVisited || verdict == .notYet
            return [.day(day), .verdict(verdict), stations.isEmpty ? .none : .least(runs, isWhole: isKnown)]
        }
        return Table(
            Words("到村情况", "Days"),
            columns: [
                Table.Column("day", "日期", "Day", .date), Table.Column("verdict", "到村", "Visited", .state),
                Table.Column("runs", "班次", "Runs", .number),
            ],
            rows: rows
        )
    }

    /// Lines of the report for this village alone.
    private var brandTable: Table {
        let wanted = [
            "brand", "received", "accepted", "rejected", "receivedUncertain", "acceptedUncertain", "reportedReceived",
            "reportedAccepted", "reportedBy", "remark",
        ]
        let report = ReportView(extract, county: (String(code.prefix(RegisterCodes.countyDigits)), ""), context).table
        let places = wanted.compactMap { id in report.columns.firstIndex { $0.id == id } }
        return Table(
            Words("按品牌件数", "Pieces by brand"),
            columns: places.map { report.columns[$0] },
            rows: report.rows.filter { $0.first == .text(code) }.map { row in places.map { row[$0] } }
        )
    }
}

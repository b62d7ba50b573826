import LockerDomain
import StationBooks

/// Fees that recipients paid by the tariff (保管费), by day, station and brand.
public struct FeesView: Sendable {
    public var period: CountyPeriod
    public var figures: [StationFigures]
    public var context: ViewContext
    /// Stations that have not sent all of the period.
    public var silent: [SilentStation] = []

    public init(_ period: CountyPeriod, _ figures: [StationFigures], _ context: ViewContext) {
        (self.period, self.figures, self.context) = (period, figures, context)
    }

    private struct Key: Hashable {
        var mark: DayMark
        var station: String
        var brand: String
    }

    /// The page.
    public var view: View {
        var rows: [Key: (pieces: Int, fen: Int)] = [:]
        for figure in context.seen(figures) {
            guard let brand = figure.key.brand else { continue }
            let key = Key(mark: figure.key.mark, station: figure.station, brand: brand)
            switch figure.key.figure {
            case ReportFigure.fees.rawValue: rows[key, default: (0, 0)].pieces += figure.count
            case ReportFigure.feesFen.rawValue: rows[key, default: (0, 0)].fen += figure.count
            default: continue
            }
        }
        rows = rows.filter { $0.value != (0, 0) }
        let ordered = rows.sorted { left, right in
            (left.key.mark.rawValue, left.key.station, left.key.brand)
                < (right.key.mark.rawValue, right.key.station, right.key.brand)
        }
        let columns = [
            Table.Column("day", "日期", "Day", .date), Table.Column("station", "站点", "Station"),
            Table.Column("site", "网点", "Site"), Table.Column("brand", "品牌", "Brand"),
            Table.Column("pieces", "收费件数", "Pieces", .number), Table.Column("yuan", "保管费（元）", "Fees in yuan", .number),
        ]
        let table = Table(
            Words("保管费明细", "Fees"),
            columns: columns,
            rows: ordered.map { key, sum in
                let day: Int64? = if case .day(let day) = key.mark { day } else { nil }
                return [
                    .day(day), context.cell(station: key.station), context.cell(siteOf: key.station, on: day),
                    .plain(FieldWords.brand(key.brand)), .number(sum.pieces), .hundredths(sum.fen),
                ]
            },
            notes: [Words("日期“未知”的件可能属于其他期间", "what has no day may belong to another period")]
        )
        let facts = [
            View.Fact(Words("收费件数", "pieces with a fee"), least(rows.values.reduce(0) { $0 + $1.pieces })),
            View.Fact(Words("保管费合计（元）", "fees in yuan"), fees(rows.values.reduce(0) { $0 + $1.fen })),
        ]
        return View(
            Words("保管费 \(period)", "Fees of \(period)"),
            View.Part.missing(silent) + [.facts(facts), .table(table, scope: "fees")]
        )
    }

    private func least(_ count: Int) -> Table.Cell { .least(count, isWhole: silent.isEmpty) }

    private func fees(_ fen: Int) -> Table.Cell { fen > 0 || silent.isEmpty ? .hundredths(fen) : .unknown }
}

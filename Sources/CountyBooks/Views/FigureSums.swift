import LockerDomain

/// A count of which a part may belong to another period, since no clock could tell.
struct FigureSum: Hashable {
    var sure = 0
    var unsure = 0

    mutating func add(_ figure: StationFigures) {
        if figure.isUncertain { unsure += figure.count } else { sure += figure.count }
    }

    /// Both as one cell: the sure count, with what may be more of it. None is 0 only where all that may count is here.
    func cell(isWhole: Bool) -> Table.Cell {
        unsure > 0 ? .state("\(sure)（另 \(unsure) 不确定）", .warn) : .least(sure, isWhole: isWhole)
    }
}

extension ViewContext {
    /// Counts that the reader may see, by the day on which they count.
    func seen(_ figures: [StationFigures]) -> [StationFigures] {
        guard visibility != .county else { return figures }
        var filter = CountFilter(self)
        return figures.filter { figure in
            let day: Int64? = if case .day(let day) = figure.key.mark { day } else { nil }
            return filter.allows(countAt: figure.station, village: figure.key.village, brand: figure.key.brand, on: day)
        }
    }
}

extension ViewContext {
    /// Stations of which a period is not known to its end, or to the end of yesterday while it runs. Stations of a
    /// site that never sent anything are among them.
    public func silent(_ stations: [StationStanding], in period: CountyPeriod) -> [SilentStation] {
        let last = min(period.days.upperBound, max(today, period.days.lowerBound))
        let registered = registers.sites(on: last).filter { $0.status != .closed }.flatMap(\.stations)
        let heard = Set(stations.map(\.station))
        let never = Set(registered).subtracting(heard).map { StationStanding(station: $0, reaches: nil, began: nil) }
        return (stations + never).filter { isSilent($0.reaches, in: period) }.map { standing in
            let site = site(of: standing.station, on: last)
            return SilentStation(
                station: standing.station,
                site: site?.name,
                phone: site?.phone,
                reaches: standing.reaches
            )
        }.sorted { $0.station < $1.station }
    }

    /// Whether a chain that reaches so far leaves something of a period unknown.
    func isSilent(_ reaches: Int64?, in period: CountyPeriod) -> Bool {
        (reaches ?? .min) < ReportPeriod.wall(ofDay: min(period.days.upperBound + 1, today))
    }
}

extension View.Part {
    /// Says that figures may grow since stations are silent; none when none is.
    static func missing(_ silent: [SilentStation]) -> [View.Part] {
        guard !silent.isEmpty else { return [] }
        return [
            .notice(
                Words(
                    "有 \(silent.count) 个站点的记录未到期末，数字可能还会增加",
                    "\(silent.count) stations have not sent all of the period: figures may grow"
                ),
                .unknown
            )
        ]
    }
}

extension Words {
    /// Says that a list was read in part.
    static func cut(_ rows: Int) -> Words {
        Words("记录过多，只列出最近的 \(rows) 条", "too many: the latest \(rows) are listed")
    }

    /// Both languages in one text, for cells.
    var both: String { chinese == english ? chinese : "\(chinese) \(english)" }
}

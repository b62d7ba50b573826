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
        guard unsure > 0 else { return .least(sure, isWhole: isWhole) }
        return .state(Words("\(sure)（另 \(unsure) 不确定）", "\(sure) (and \(unsure) uncertain)"), .warn)
    }
}

extension ViewContext {
    /// Counts that the reader may see, by the day on which they count.
    func seen(_ figures: [StationFigures]) -> [StationFigures] {
        guard visibility != .county else { return figures }
        var filter = CountFilter(self)
        return figures.filter { figure in
            let day: Int64? = if case .day(let day) = figure.key.mark { day } else { nil }
            return filter.allows(figure, on: day)
        }
    }
}

extension ViewContext {
    /// Stations of which a period is not known to its end, or to the end of yesterday while it runs, as far as a site has
    /// them. Stations of a site that never sent anything are among them.
    public func silent(_ stations: [StationStanding], in period: CountyPeriod) -> [SilentStation] {
        StationTerms(period.days, registers, today: today).silent(stations)
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
}

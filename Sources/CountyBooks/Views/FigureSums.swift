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
    /// them. Stations of a site that never sent anything are among them, and those that began later.
    public func silent(_ stations: [StationStanding], in period: CountyPeriod) -> [SilentStation] {
        StationTerms(period.days, registers, today: today).silent(stations)
    }
}

extension View.Part {
    /// Says that figures may grow since stations are silent, or wait to be folded anew; none when none is.
    static func missing(_ silent: [SilentStation]) -> [View.Part] {
        let late = silent.count(where: \.isLate)
        let others = began(silent) + waiting(silent)
        guard late > 0 else { return others }
        return [
            .notice(
                Words(
                    "有 \(late) 个站点的记录未到期末，数字可能还会增加",
                    "\(late) stations have not sent all of the period: figures may grow"
                ),
                .unknown
            )
        ] + others
    }

    /// Says that nothing of a period is known of stations that began behind it; none when none did.
    static func began(_ silent: [SilentStation]) -> [View.Part] {
        let later = silent.count { $0.began != nil }
        guard later > 0 else { return [] }
        return [
            .notice(
                Words(
                    "有 \(later) 个站点在本期之后才有记录，本期未知；“未知”不是 0",
                    "\(later) stations have events from after the period only; unknown is not 0"
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

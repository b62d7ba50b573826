extension BarPlot {
    /// Villages by day (到村情况): each was visited, was not, or nobody knows. A label is a day.
    public static func visits(_ days: [(label: String, visited: Int, notVisited: Int, unknown: Int)]) -> BarPlot {
        BarPlot(
            Words("每日到村情况（村）", "Villages by day"),
            series: [
                Series(Words("已到", "visited"), .solid),
                Series(Words("未到", "not visited"), .hatched),
                Series(Words.unknown, .dotted),
            ],
            bars: days.map { Bar($0.label, [$0.visited, $0.notVisited, $0.unknown]) },
            arrangement: .stacked
        )
    }

    /// Pieces by week in both directions (下行、上行); `nil` where nobody knows. A label is a week's first day.
    public static func pieces(_ weeks: [(label: String, received: Int?, accepted: Int?)]) -> BarPlot {
        BarPlot(
            Words("每周进出件数", "Pieces by week"),
            series: [Series(Words("下行", "in"), .solid), Series(Words("上行", "out"), .hatched)],
            bars: weeks.map { Bar($0.label, [$0.received, $0.accepted]) },
            arrangement: .grouped
        )
    }

    /// Parcels that wait, by how long they have (滞留时长). A label is a span of days.
    public static func waiting(_ ages: [(label: Words, pieces: Int?)]) -> BarPlot {
        BarPlot(
            Words("待取件滞留时长", "Waiting parcels by age"),
            series: [Series(Words("件数", "pieces"), .solid)],
            bars: ages.map { Bar($0.label, [$0.pieces]) },
            arrangement: .stacked
        )
    }
}

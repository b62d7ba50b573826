import LockerDomain
import StationBooks

/// Who handled what in a period (人员作业量), by the badges with which it was done.
public struct PeopleView: Sendable {
    public var period: CountyPeriod
    public var figures: [StationFigures]
    public var context: ViewContext
    /// Stations that have not sent all of the period.
    public var silent: [SilentStation] = []

    public init(_ period: CountyPeriod, _ figures: [StationFigures], _ context: ViewContext) {
        (self.period, self.figures, self.context) = (period, figures, context)
    }

    /// What is done with a badge, in the order of the columns.
    private static let shown: [(figure: ReportFigure, words: Words)] = [
        (.received, Words("收到", "Received")), (.stored, Words("入柜（本人确认）", "Stored, as stated")),
        (.collectedByKeeper, Words("店主代交", "Handed out")), (.collectedByDelegate, Words("代取交付", "For a delegate")),
        (.handedToAgent, Words("交代取人", "Given to agents")), (.retrieved, Words("取回", "Taken back")),
        (.returned, Words("退回", "Returned")), (.accepted, Words("收寄", "Accepted")),
        (.handedOver, Words("交运", "Handed over")), (.rejected, Words("不予收寄", "Rejected")),
        (.returnedToSender, Words("退还寄件人", "Back to sender")), (.damaged, Words("报损毁", "Damaged")),
        (.short, Words("报短少", "Short")), (.lost, Words("报丢失", "Lost")),
    ]

    /// The page.
    public var view: View {
        var sums: [String: [String: FigureSum]] = [:]
        var stations: [String: Set<String>] = [:]
        let names = Set(Self.shown.map { FigureKey.handled + $0.figure.rawValue })
        for figure in context.seen(figures) where names.contains(figure.key.figure) {
            guard let person = figure.key.word else { continue }
            sums[person, default: [:]][figure.key.figure, default: FigureSum()].add(figure)
            stations[person, default: []].insert(figure.station)
        }
        let columns =
            [Table.Column("person", "人员", "Person"), Table.Column("stations", "站点", "Stations")]
            + Self.shown.map { Table.Column($0.figure.rawValue, $0.words.chinese, $0.words.english, .number) }
        let people = sums.keys.map { (wire: $0, cell: context.cell(person: $0, on: period.days.upperBound)) }
            .sorted { $0.cell.text() < $1.cell.text() }
        let table = Table(
            Words("人员作业量", "Work by person"),
            columns: columns,
            rows: people.map { person in
                let row = sums[person.wire] ?? [:]
                return [person.cell, .list((stations[person.wire] ?? []).sorted())]
                    + Self.shown.map { row[FigureKey.handled + $0.figure.rawValue]?.cell(isWhole: true) ?? .none }
            },
            notes: [
                Words("按工牌统计；空格表示没有收到记录", "by the badge; in an empty cell no event is here"),
                // A door that sees a parcel go in knows of nobody: keeper or courier, whoever closed it.
                Words(
                    "由柜门传感器确认的入柜没有人员，不在此列",
                    "what a door saw go in names nobody and is not counted here"
                ),
            ]
        )
        return View(
            Words("人员作业量 \(period)", "Work by person, \(period)"),
            View.Part.missing(silent) + [.table(table, scope: "people")]
        )
    }
}

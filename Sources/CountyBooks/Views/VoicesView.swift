import LockerDomain
import StationBooks

/// What villagers said (群众评价): complaints (投诉) by category, and answers to the survey (满意度调查).
public struct VoicesView: Sendable {
    public var period: CountyPeriod
    /// Counts of complaints and of scores.
    public var figures: [StationFigures]
    /// The latest of them one by one.
    public var voices: [VoiceOfStation]
    public var context: ViewContext
    /// Stations that have not sent all of the period.
    public var silent: [SilentStation] = []

    public init(
        _ period: CountyPeriod,
        _ figures: [StationFigures],
        _ voices: [VoiceOfStation],
        _ context: ViewContext
    ) {
        (self.period, self.figures, self.voices, self.context) = (period, figures, voices, context)
    }

    /// The words of a category by its number, as the printed list has it.
    static func words(of category: Int) -> Words {
        guard let known = ComplaintCategory(rawValue: category) else {
            return Words("第 \(category) 类", "number \(category)")
        }
        return Words(known.zh, known.en)
    }

    /// The page.
    public var view: View {
        let seen = context.seen(figures)
        return View(
            Words("群众评价 \(period)", "What villagers said, \(period)"),
            View.Part.missing(silent) + [
                .table(complaintTable(seen), scope: "complaints"), .table(surveyTable(seen), scope: "surveys"),
                .table(Self.table(shown, context), scope: "voices"),
            ]
        )
    }

    private var shown: [VoiceOfStation] {
        guard context.readsStations else { return [] }
        return voices.filter { context.allows(station: $0.station, on: ReportPeriod.day(ofWall: $0.voice.at)) }
    }

    private func complaintTable(_ figures: [StationFigures]) -> Table {
        var sums: [Int: FigureSum] = [:]
        for figure in figures where figure.key.figure == StationBreakdown.complaints.rawValue {
            guard let category = figure.key.word.flatMap({ Int($0) }) else { continue }
            sums[category, default: FigureSum()].add(figure)
        }
        let all = Set(ComplaintCategory.allCases.map(\.rawValue)).union(sums.keys).sorted()
        return Table(
            Words("投诉分类", "Complaints by category"),
            columns: [
                Table.Column("category", "类别", "Category"), Table.Column("complaints", "件数", "Complaints", .number),
            ],
            rows: all.map { [.words(Self.words(of: $0)), (sums[$0] ?? FigureSum()).cell(isWhole: silent.isEmpty)] }
        )
    }

    /// Averages of the answers; unknown where nobody answered.
    private func surveyTable(_ figures: [StationFigures]) -> Table {
        let rows = SurveyQuestion.allCases.enumerated().map { number, question -> [Table.Cell] in
            var (answers, points) = (0, 0)
            for figure in figures where figure.key.figure == FigureKey.survey(number + 1) {
                guard let score = figure.key.word.flatMap({ Int($0) }) else { continue }
                answers += figure.count
                points += figure.count * score
            }
            let average = answers > 0 ? Table.Cell.decimal(tenths: (points * 20 + answers) / (answers * 2)) : .unknown
            return [.words(Words(question.zh, question.en)), average, .least(answers, isWhole: silent.isEmpty)]
        }
        return Table(
            Words("满意度调查", "Survey"),
            columns: [
                Table.Column("question", "项目", "Question"), Table.Column("average", "平均分", "Average", .number),
                Table.Column("answers", "答卷数", "Answers", .number),
            ],
            rows: rows,
            notes: [Words("每项 1 至 5 分，5 分最好", "1 to 5, of which 5 is best")]
        )
    }

    /// The list of a station's or the county's complaints and surveys.
    static func table(_ voices: [VoiceOfStation], _ context: ViewContext) -> Table {
        let columns = [
            Table.Column("at", "时间", "Time", .time), Table.Column("station", "站点", "Station"),
            Table.Column("site", "网点", "Site"), Table.Column("kind", "类别", "Kind", .state),
            Table.Column("what", "内容", "What"), Table.Column("waybill", "运单号", "Waybill", .code),
        ]
        return Table(
            Words("投诉与评价", "Complaints and surveys"),
            columns: columns,
            rows: voices.map { held in
                let voice = held.voice
                let day = ReportPeriod.day(ofWall: voice.at)
                let scores = voice.scores.map { String($0) }.joined(separator: " ")
                return [
                    .time(voice.at), context.cell(station: held.station),
                    context.cell(siteOf: held.station, on: day),
                    voice.category == nil
                        ? .state(Words("评价", "survey"), .ok) : .state(Words("投诉", "complaint"), .warn),
                    voice.category.map { .words(words(of: $0)) } ?? .text(scores),
                    voice.waybill.map { .waybill($0) } ?? .none,
                ]
            }
        )
    }
}

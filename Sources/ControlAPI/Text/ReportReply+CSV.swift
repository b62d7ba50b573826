import LockerDomain
import StationBooks

extension ReportReply {
    /// The report for a spreadsheet (RFC 4180): one row for each brand, direction and figure, then what the station as
    /// a whole counts. UTF-8 with a byte order mark, which tells Excel that the Chinese is no gibberish.
    public var csv: String {
        let head = ["station", "period", "closed", "brand", "direction", "figure", "name", "detail", "value"]
        let rows = brandRows + stationRows + dayRows
        let start = [station, period, closed ? "yes" : "no"]
        return "\u{FEFF}" + ([head] + rows.map { start + $0 }).map(Self.record).joined()
    }

    /// How many rows the sheet has below its heading.
    public var csvRows: Int { brandRows.count + stationRows.count + dayRows.count }

    private var brandRows: [[String]] {
        figures.brands.flatMap { brand in
            let start = [brand.brand, brand.direction.rawValue]
            let figures = ReportFigure.allCases.filter { brand.figures[$0.rawValue] != nil }.map { figure in
                let key = figure == .feesFen ? "feesYuan" : figure.rawValue
                return start + [key, ReportWords.of(figure), "", ReportWords.value(brand[figure], of: figure)]
            }
            let breakdowns = ReportBreakdown.allCases.flatMap { breakdown in
                Self.rows(brand.breakdowns[breakdown.rawValue] ?? [:]).map { word, count in
                    start + [breakdown.rawValue, ReportWords.of(breakdown), word, count]
                }
            }
            return figures + breakdowns
        }
    }

    private var stationRows: [[String]] {
        var rows = StationFigure.allCases.map { figure in
            ["", "", figure.rawValue, ReportWords.of(figure), "", String(figures[figure])]
        }
        for breakdown in StationBreakdown.allCases {
            for (word, count) in Self.rows(figures.breakdowns[breakdown.rawValue] ?? [:]) {
                let word = ReportWords.word(word, of: breakdown)
                rows.append(["", "", breakdown.rawValue, ReportWords.of(breakdown), word, count])
            }
        }
        for (question, score) in zip(SurveyQuestion.allCases, figures.survey) {
            let mean = score.meanHundredths.map(ReportWords.hundredths) ?? ""
            rows.append(["", "", "surveyMean", "满意度 Survey", "\(question.zh) \(question.en)", mean])
        }
        for camera in cameras {
            let seconds = String(camera.offlineMilliseconds / 1_000)
            rows.append(["", "", "cameraOfflineSeconds", "摄像头离线 Camera off", camera.camera, seconds])
        }
        let unplaced = unplaced.map { $0[.events] } ?? 0
        rows.append(["", "", "unplacedEvents", "日期不详 Unplaced", "", String(unplaced)])
        return rows
    }

    /// A day that nobody can vouch for shows the word, never 0 (DESIGN rule 5).
    private var dayRows: [[String]] {
        days.map { day in
            let isKnown = day.verdict == .served || day.verdict == .withoutRun
            let value = isKnown ? String(day.runs) : day.verdict.rawValue
            return ["", "", "runsOfDay", "当日班次 Runs of day", day.day, value]
        }
    }

    private static func rows(_ counts: [String: Int]) -> [(word: String, count: String)] {
        counts.sorted { $0.key < $1.key }.map { ($0.key, String($0.value)) }
    }

    private static func record(_ cells: [String]) -> String {
        cells.map { cell in
            // Brands and categories come from outside: a cell that a spreadsheet would reckon is made plain text.
            let isFormula = cell.first.map { "=+-@\t\r".contains($0) } ?? false
            let text = isFormula ? "'" + cell : cell
            guard text.utf8.contains(where: { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }) else { return text }
            return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
        }
        .joined(separator: ",") + "\r\n"
    }
}

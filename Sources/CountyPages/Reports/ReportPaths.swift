import CountyBooks

/// Addresses of the pages of reports.
enum ReportPaths {
    static let list = PageLink(Words("月报", "Reports"), PagePaths.reports)

    static func report(_ period: CountyPeriod) -> String { PagePaths.reports + LocalPath.path("\(period)") }
    static func close(_ period: CountyPeriod) -> String { "\(report(period))/close" }
    static func correct(_ period: CountyPeriod) -> String { "\(report(period))/correct" }
    static func paper(_ period: CountyPeriod) -> String { "\(report(period))/print" }

    /// The page for paper of the report itself, or of a correction.
    static func paper(_ part: FrozenReport) -> String { "\(paper(part.period))/\(part.correction)" }

    /// The bytes that were hashed.
    static func file(_ part: FrozenReport) -> String { "\(report(part.period))/frozen/\(part.correction)\(csv)" }

    private static let csv = ".csv"

    /// The number of a frozen part, as addresses have it: 0 for the report itself; `nil` for what is none.
    static func number(_ text: some StringProtocol) -> Int? {
        let isNumber = text.utf8.allSatisfy { (0x30...0x39).contains($0) }
        return isNumber && (1...ReportPagesLimits.correctionDigitsMax).contains(text.utf8.count) ? Int(text) : nil
    }

    /// The number in the name of a file, `0.csv`.
    static func number(ofFile name: String) -> Int? { name.hasSuffix(csv) ? number(name.dropLast(csv.count)) : nil }
}

extension CountyDesk {
    /// The periods of the county's reports, of which closed ones have the days that they had then.
    func calendar() throws -> ReportCalendar { try periods.calendar(ends: settings.periodEnds) }
}

extension CountyPeriod {
    /// Whether all of it has passed.
    func isOver(at now: Int64) -> Bool { now >= PageTime.start(ofDay: days.upperBound + 1) }

    /// Whether any of it has come.
    func hasBegun(at now: Int64) -> Bool { now >= PageTime.start(ofDay: days.lowerBound) }
}

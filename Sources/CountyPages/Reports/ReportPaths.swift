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

extension CountyPeriod {
    /// Reads `2026-11-21`, `2026-11` or `2026`, as addresses and people write it; `nil` for anything else.
    init?(written text: String, ends: Int64) {
        let kinds: [Int: Kind] = [4: .year, 7: .month, 10: .day]
        guard let kind = kinds[text.utf8.count] else { return nil }
        self.init(kind, text, ends: ends)
    }

    /// The period of the same kind behind this one.
    func next(ends: Int64) -> CountyPeriod? {
        switch kind {
        case .day: CountyPeriod(day: days.upperBound + 1)
        case .month: CountyPeriod(monthHolding: days.upperBound + 1, ends: ends)
        case .year: Int(description).flatMap { CountyPeriod(.year, "\($0 + 1)", ends: ends) }
        }
    }

    /// Whether all of it has passed.
    func isOver(at now: Int64) -> Bool { now >= PageTime.start(ofDay: days.upperBound + 1) }

    /// Whether any of it has come.
    func hasBegun(at now: Int64) -> Bool { now >= PageTime.start(ofDay: days.lowerBound) }
}

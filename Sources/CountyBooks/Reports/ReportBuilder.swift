import LockerDomain

/// Makes a report from what the books say of a period and the registers as they were valid then. Pure.
public struct ReportBuilder {
    private let extract: BooksExtract
    private let registers: Registers
    /// First six digits of the county's 区划代码, and its name.
    private let county: (code: String, name: String)
    /// The county's clock, milliseconds since 1970.
    private let now: Int64
    private let sheets: [OperatorReport]
    private var villageOfSite: [SiteDay: String] = [:]

    private struct SiteDay: Hashable {
        var station: String
        var day: Int64
    }

    private typealias Key = ReportLineKey

    /// - Parameter sheets: what firms say themselves (企业填报), as far as the reader may see it; `nil`: all of it.
    public init(
        _ extract: BooksExtract,
        _ registers: Registers,
        county: (code: String, name: String),
        now: Int64,
        sheets: [OperatorReport]? = nil
    ) {
        (self.extract, self.registers, self.county, self.now) = (extract, registers, county, now)
        self.sheets = sheets ?? registers.operatorReports
    }

    /// The report.
    public mutating func report() -> MonthReport {
        let figures = countPieces()
        // A run counts for every village that the site serves on that day.
        let verdicts = VillageVerdicts(extract.period.days, extract, registers, now: now)
        let days = verdicts.counts
        let reported = takeReports()
        let terms = StationTerms(extract.period.days, registers, today: ReportPeriod.day(ofWall: now))
        let lineKeys = Set(figures.keys).union(reported.keys).filter { key in
            key.code.utf8.count == RegisterCodes.villageDigits || key.code.isEmpty
        }
        let villages = Set(lineKeys.map(\.code)).union(registers.villages(on: lastDay).map(\.code))
        var lines = lineKeys.union(villages.map { Key(code: $0, brand: "") }).map { key in
            var line = self.line(.village, key)
            line.figures = figures[key] ?? ReportFigures()
            line.days = key.brand.isEmpty ? days[key.code] : nil
            line.mode = verdicts.modes[key.code]
            line.reported = reported[key]
            return line
        }
        let above = Sums(figures: figures, reported: reported, villages: villages, keys: lineKeys)
        lines += sums(.township, above) { String($0.prefix(RegisterCodes.townshipDigits)) }
        lines += sums(.county, above) { _ in countyCode }
        var report = MonthReport(
            period: extract.period,
            lines: lines.sorted { ($0.code, $0.brand ?? "") < ($1.code, $1.brand ?? "") },
            silent: terms.silent(extract.stations),
            through: extract.through,
            isOver: now >= ReportPeriod.wall(ofDay: lastDay + 1)
        )
        report.lossy = terms.lossy(extract.days)
        let heard = HeardVillages(extract.period, registers, unheard: report.unheard)
        for index in report.lines.indices { report.lines[index].isWhole = heard.isWhole(report.lines[index]) }
        return report
    }

    /// Names are those of this day.
    private var lastDay: Int64 { extract.period.days.upperBound }

    /// A county without a code must not share a line with what belongs to no village.
    private var countyCode: String { county.code.isEmpty ? Self.noCounty : county.code }

    private static let noCounty = "000000"

    // MARK: Pieces

    private mutating func countPieces() -> [Key: ReportFigures] {
        var counter = PieceCounter(county: countyCode, capacity: extract.pieces.count)
        let (period, drifts) = (extract.period, extract.drifts)
        for piece in extract.pieces {
            let isSure = period.holds(piece.mark, drifts)
            guard isSure || period.mayHold(piece.mark, drifts) else { continue }
            if let counted = piece.takesOff, !period.holds(counted, drifts) { continue }
            counter.add(piece, village: village(of: piece), isSure: isSure)
        }
        return counter.sums()
    }

    /// The village of the manifest where the register knows it, else the site's own on that day; empty for none.
    private mutating func village(of piece: StationPiece) -> String {
        if let written = piece.village, let code = registers.villageCode(written) { return code }
        let day: Int64 =
            switch piece.mark {
            case .day(let day): day
            case .drift(let number): extract.drifts[number]?.last ?? extract.period.days.upperBound
            }
        let key = SiteDay(station: piece.station, day: day)
        if let known = villageOfSite[key] { return known }
        let code = registers.site(ofStation: piece.station, on: day)?.village ?? ""
        villageOfSite[key] = code
        return code
    }

    // MARK: What firms say

    private func takeReports() -> [Key: ReportedFigures] {
        var reported: [Key: ReportedFigures] = [:]
        // Two firms may come on the same day: the larger number of a month is what is sure.
        var visitDays: [Key: [String: Int]] = [:]
        // Months of a line that have sheets, and columns that a sheet of it leaves blank.
        var months: [Key: Set<String>] = [:]
        var blanks: [Key: Set<ReportSheet.Column>] = [:]
        for sheet in sheets where isOfPeriod(sheet) {
            for code in levels(of: sheet.village) {
                for brand in Set([sheet.brand, ""]) {
                    let key = Key(code: code, brand: brand)
                    var sum = reported[key] ?? ReportedFigures(received: nil, accepted: nil, visitDays: nil, by: [])
                    sum.received = Self.sum(sum.received, sheet.received)
                    sum.accepted = Self.sum(sum.accepted, sheet.accepted)
                    if !sum.by.contains(sheet.by) { sum.by.append(sheet.by) }
                    reported[key] = sum
                    if sheet.received == nil { blanks[key, default: []].insert(.reportedReceived) }
                    if sheet.accepted == nil { blanks[key, default: []].insert(.reportedAccepted) }
                    guard code == sheet.village else { continue }
                    months[key, default: []].insert(sheet.period)
                    guard let days = sheet.visitDays else { continue }
                    visitDays[key, default: [:]][sheet.period] = max(visitDays[key]?[sheet.period] ?? 0, days)
                }
            }
        }
        for (key, days) in visitDays {
            reported[key]?.visitDays = days.values.reduce(0, +)
            if days.count < months[key]?.count ?? 0 { blanks[key, default: []].insert(.reportedVisitDays) }
        }
        for (key, blank) in blanks { reported[key]?.leaveOpen(blank) }
        return reported
    }

    /// A year has the sheets of its months.
    private func isOfPeriod(_ sheet: OperatorReport) -> Bool {
        switch extract.period.kind {
        case .day: false
        case .month: sheet.period == "\(extract.period)"
        case .year: sheet.period.hasPrefix("\(extract.period)-")
        }
    }

    /// The lines in which a village counts.
    private func levels(of village: String) -> [String] {
        [village, String(village.prefix(RegisterCodes.townshipDigits)), countyCode]
    }

    /// What is not said is not 0: a sum that lacks it is left open in the end.
    private static func sum(_ left: Int?, _ right: Int?) -> Int? {
        guard let left else { return right }
        return left + (right ?? 0)
    }

    // MARK: Lines

    private func line(_ level: ReportLine.Level, _ key: Key) -> ReportLine {
        let name: String =
            switch level {
            case .county: county.name
            case .township: registers.township(key.code, on: lastDay)?.name ?? key.code
            case .village:
                key.code.isEmpty
                    ? ReportLine.unregistered : registers.village(key.code, on: lastDay)?.name ?? key.code
            }
        return ReportLine(level: level, code: key.code, name: name, brand: key.brand.isEmpty ? nil : key.brand)
    }

    /// What the lines above the villages are made of.
    private struct Sums {
        var figures: [Key: ReportFigures]
        var reported: [Key: ReportedFigures]
        var villages: Set<String>
        /// Lines of villages.
        var keys: Set<Key>
    }

    /// The lines above the villages, each with what the villages have more together.
    private func sums(_ level: ReportLine.Level, _ sums: Sums, of whole: (String) -> String) -> [ReportLine] {
        var below: [Key: ReportFigures] = [:]
        for key in sums.keys.union(sums.villages.map { Key(code: $0, brand: "") }) {
            guard level == .county || !key.code.isEmpty else { continue }
            let sum = Key(code: whole(key.code), brand: key.brand)
            below[sum] = (below[sum] ?? ReportFigures()) + (sums.figures[key] ?? ReportFigures())
        }
        return below.map { key, together in
            var line = line(level, key)
            line.figures = sums.figures[key] ?? ReportFigures()
            line.figures.receivedTwice = together.received - line.figures.received
            line.figures.acceptedTwice = together.accepted - line.figures.accepted
            line.reported = sums.reported[key]
            return line
        }
    }
}

extension ReportLine {
    /// What pieces of stations without a site, or of a site without a known village, stand under.
    static let unregistered = "未登记 unregistered"
}

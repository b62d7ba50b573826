import LockerDomain

/// Makes a report from what the books say of a period and the registers as they were valid then. Pure.
public struct ReportBuilder {
    private let extract: BooksExtract
    private let registers: Registers
    /// First six digits of the county's 区划代码, and its name.
    private let county: (code: String, name: String)
    /// The county's clock, milliseconds since 1970.
    private let now: Int64
    private var villageOfSite: [SiteDay: String] = [:]

    private struct SiteDay: Hashable {
        var station: String
        var day: Int64
    }

    private typealias Key = ReportLineKey

    public init(_ extract: BooksExtract, _ registers: Registers, county: (code: String, name: String), now: Int64) {
        (self.extract, self.registers, self.county, self.now) = (extract, registers, county, now)
    }

    /// The report.
    public mutating func report() -> MonthReport {
        let figures = countPieces()
        let days = judgeDays()
        let reported = takeReports()
        let silent = silentStations()
        let heard = HeardVillages(extract.period, registers, silent: Set(silent.map(\.station)))
        let ofVillages = figures.keys.filter { $0.code.utf8.count == RegisterCodes.villageDigits || $0.code.isEmpty }
        let lineKeys = Set(ofVillages).union(reported.keys)
        let villages = Set(lineKeys.map(\.code)).union(registers.villages.map(\.code))
        var lines = lineKeys.union(villages.map { Key(code: $0, brand: "") }).map { key in
            var line = self.line(.village, key)
            line.figures = figures[key] ?? ReportFigures()
            line.days = key.brand.isEmpty ? days.counts[key.code] : nil
            line.mode = days.modes[key.code]
            line.reported = reported[key]
            return line
        }
        lines += sums(.township, figures, parts: villages) { String($0.prefix(RegisterCodes.townshipDigits)) }
        lines += sums(.county, figures, parts: villages) { _ in countyCode }
        for index in lines.indices { lines[index].isWhole = heard.isWhole(lines[index]) }
        return MonthReport(
            period: extract.period,
            lines: lines.sorted { ($0.code, $0.brand ?? "") < ($1.code, $1.brand ?? "") },
            silent: silent,
            through: extract.through,
            isOver: now >= ReportPeriod.wall(ofDay: extract.period.days.upperBound + 1)
        )
    }

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

    // MARK: Days

    /// Days of each village: a run counts for every village that the site serves on that day.
    private func judgeDays() -> (counts: [String: DayCounts], modes: [String: ServiceMode]) {
        var counts: [String: DayCounts] = [:]
        var modes: [String: ServiceMode] = [:]
        for day in extract.period.days {
            let verdicts = VillageVerdicts(on: day, extract, registers, now: now)
            for (village, verdict) in verdicts.verdicts { counts[village, default: DayCounts()].add(verdict) }
            for (village, mode) in verdicts.modes where modes[village] != .site { modes[village] = mode }
        }
        return (counts, modes)
    }

    /// Stations that have not sent all of the period yet: to its end, or while it runs to the end of yesterday. One that a
    /// register has and that never sent anything is one of them.
    private func silentStations() -> [SilentStation] {
        let last = extract.period.days.upperBound
        let today = ReportPeriod.day(ofWall: now)
        let end = ReportPeriod.wall(ofDay: min(today, last + 1))
        var reaches: [String: Int64?] = [:]
        for site in registers.sites(on: min(today, last)) where site.status != .closed {
            for station in site.stations { reaches[station] = .some(nil) }
        }
        for standing in extract.stations { reaches[standing.station] = standing.reaches }
        return reaches.filter { ($0.value ?? .min) < end }.map { station, reaches in
            let site = registers.site(ofStation: station, on: min(today, last))
            return SilentStation(station: station, site: site?.name, phone: site?.phone, reaches: reaches)
        }.sorted { $0.station < $1.station }
    }

    // MARK: What firms say

    private func takeReports() -> [Key: ReportedFigures] {
        var reported: [Key: ReportedFigures] = [:]
        for report in registers.operatorReports where report.period == "\(extract.period)" {
            for brand in Set([report.brand, ""]) {
                let key = Key(code: report.village, brand: brand)
                var sum = reported[key] ?? ReportedFigures(received: nil, accepted: nil, visitDays: nil, by: [])
                sum.received = Self.sum(sum.received, report.received)
                sum.accepted = Self.sum(sum.accepted, report.accepted)
                // Two firms may come on the same day: the larger number is what is sure.
                sum.visitDays = [sum.visitDays, report.visitDays].compactMap { $0 }.max()
                if !sum.by.contains(report.by) { sum.by.append(report.by) }
                reported[key] = sum
            }
        }
        return reported
    }

    /// What is not said is not 0.
    private static func sum(_ left: Int?, _ right: Int?) -> Int? {
        guard let left else { return right }
        return left + (right ?? 0)
    }

    // MARK: Lines

    private func line(_ level: ReportLine.Level, _ key: Key) -> ReportLine {
        let name: String =
            switch level {
            case .county: county.name
            case .township: registers.township(key.code)?.name ?? key.code
            case .village: key.code.isEmpty ? ReportLine.unregistered : registers.village(key.code)?.name ?? key.code
            }
        return ReportLine(level: level, code: key.code, name: name, brand: key.brand.isEmpty ? nil : key.brand)
    }

    /// The lines above the villages, each with what the villages have more together.
    private func sums(
        _ level: ReportLine.Level,
        _ figures: [Key: ReportFigures],
        parts: Set<String>,
        of whole: (String) -> String
    ) -> [ReportLine] {
        var below: [Key: ReportFigures] = [:]
        for (key, part) in figures where parts.contains(key.code) {
            guard level == .county || !key.code.isEmpty else { continue }
            let sum = Key(code: whole(key.code), brand: key.brand)
            below[sum] = (below[sum] ?? ReportFigures()) + part
        }
        for code in parts where level == .county || !code.isEmpty {
            let sum = Key(code: whole(code), brand: "")
            below[sum] = below[sum] ?? ReportFigures()
        }
        return below.map { key, together in
            var line = line(level, key)
            line.figures = figures[key] ?? ReportFigures()
            line.figures.receivedTwice = together.received - line.figures.received
            line.figures.acceptedTwice = together.accepted - line.figures.accepted
            return line
        }
    }
}

extension ReportLine {
    /// What pieces of stations without a site, or of a site without a known village, stand under.
    static let unregistered = "未登记 unregistered"
}

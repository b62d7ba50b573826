import LockerDomain

/// 快件进村数据信息汇总: what the county reports for a period, village by village and brand by brand.
///
/// Figures are those of `ReportFigure`: 下行 is `received`, 上行 is `accepted`. Each waybill counts once a period in each line,
/// so a township may have less than its villages together.
public struct MonthReport: Sendable, Hashable {
    public let period: CountyPeriod
    /// Sorted by code, then brand; the line of all brands first.
    public var lines: [ReportLine]
    /// Stations whose chain does not reach the end of the period or begins behind it, that never sent anything, or wait
    /// to be folded anew.
    public var silent: [SilentStation]
    /// Stations that lost events of the period.
    public var lossy: [LossyStation] = []
    /// Number of the newest event that it counts.
    public var through: Int64
    /// Whether the period is over by the county's clock.
    public var isOver: Bool

    public init(period: CountyPeriod, lines: [ReportLine], silent: [SilentStation], through: Int64, isOver: Bool) {
        (self.period, self.lines, self.silent, self.through, self.isOver) = (period, lines, silent, through, isOver)
    }

    /// Whether a station waits to be folded anew: what is not known for that reason is known again soon.
    public var isToBeCountedAnew: Bool { silent.contains(where: \.isWaiting) }

    /// Whether anything is not known yet.
    public var isIncomplete: Bool { !isOver || !silent.isEmpty || !lossy.isEmpty }

    /// Stations of which not all is known: where one of them may add to a line, 0 is not known.
    var unheard: Set<String> { Set(silent.map(\.station)).union(lossy.map(\.station)) }
}

/// A station of which a period is not known to its end.
public struct SilentStation: Sendable, Hashable {
    public var station: String
    /// Name and published phone of its site; `nil` where it has none.
    public var site: String?
    public var phone: String?
    /// Wall time up to which its chain is here; `nil` when nothing is.
    public var reaches: Int64?
    /// Whether lines of it are here that the books have not counted: it waits to be folded anew.
    public var isWaiting: Bool
    /// Wall time of its first dated event, where that lies behind the period: nothing of the period is known.
    public var began: Int64?

    public init(
        station: String,
        site: String?,
        phone: String?,
        reaches: Int64?,
        isWaiting: Bool = false,
        began: Int64? = nil
    ) {
        (self.station, self.site, self.phone, self.reaches) = (station, site, phone, reaches)
        (self.isWaiting, self.began) = (isWaiting, began)
    }

    /// Whether what is missing may still come: its chain ends within the period.
    var isLate: Bool { !isWaiting && began == nil }

    /// `2026-12-01`, from which on something is known of it; `nil` for one that began in the period or before.
    var firstDay: String? { began.map { "\(CivilDay(number: ReportPeriod.day(ofWall: $0)))" } }
}

/// A station of which events of a period were lost: on these days more may have come than is counted.
public struct LossyStation: Sendable, Hashable {
    public var station: String
    /// Name and published phone of its site; `nil` where it has none.
    public var site: String?
    public var phone: String?
    /// Days that the lost events touch, counted from 1970-01-01, the first of them first.
    public var days: [Int64]

    public init(station: String, site: String?, phone: String?, days: [Int64]) {
        (self.station, self.site, self.phone, self.days) = (station, site, phone, days)
    }

    /// `2026-11-05 至 2026-11-07`; days that do not follow on each other each by itself.
    var span: Words {
        var spans: [(first: Int64, last: Int64)] = []
        for day in days {
            if let last = spans.last, last.last + 1 == day {
                spans[spans.endIndex - 1].last = day
            } else {
                spans.append((day, day))
            }
        }
        let words = spans.map { span in
            let (first, last) = (CivilDay(number: span.first), CivilDay(number: span.last))
            guard first != last else { return Words(same: "\(first)") }
            return Words("\(first) 至 \(last)", "\(first) to \(last)")
        }
        return .list(words, "、", ", ")
    }
}

/// One line of a report.
public struct ReportLine: Sendable, Hashable {
    /// What a line adds up.
    public enum Level: String, Sendable, Codable, CaseIterable {
        case county, township, village
    }

    public var level: Level
    /// 区划代码: six digits of the county, nine of a township, twelve of a village; empty where no register knows the village.
    public var code: String
    public var name: String
    /// How the village is served; `nil` for other levels, and for a village that no site serves.
    public var mode: ServiceMode?
    /// `nil` in the line of all brands.
    public var brand: String?
    public var figures: ReportFigures
    /// In the line of all brands of a village; `nil` elsewhere, and where no station serves it.
    public var days: DayCounts?
    /// What firms say themselves (企业填报), never added to the figures: of a township and the county what they say of its
    /// villages together, of a year what they say of its months.
    public var reported: ReportedFigures?
    /// Whether all that may add to the line is known: only then 0 means none (DESIGN rule 5).
    public var isWhole = false

    public init(level: Level, code: String, name: String, mode: ServiceMode? = nil, brand: String?) {
        (self.level, self.code, self.name, self.mode, self.brand) = (level, code, name, mode, brand)
        figures = ReportFigures()
    }
}

/// What stations prove.
public struct ReportFigures: Sendable, Hashable {
    /// 下行.
    public var received = 0
    /// 上行: accepted, and not rejected in the same period.
    public var accepted = 0
    /// 未收寄.
    public var rejected = 0
    /// Pieces that may belong to the period, since no clock could tell (时间不确定).
    public var receivedUncertain = 0
    public var acceptedUncertain = 0
    /// By how many the lines below add up to more: waybills that came to several of them.
    public var receivedTwice = 0
    public var acceptedTwice = 0

    public init() {}

    static func + (left: ReportFigures, right: ReportFigures) -> ReportFigures {
        var sum = left
        sum.received += right.received
        sum.accepted += right.accepted
        sum.rejected += right.rejected
        sum.receivedUncertain += right.receivedUncertain
        sum.acceptedUncertain += right.acceptedUncertain
        return sum
    }
}

/// What firms report themselves for villages without a station, or with a silent one.
public struct ReportedFigures: Sendable, Hashable {
    public var received: Int?
    public var accepted: Int?
    /// Of one village; `nil` for lines above it, where days of several villages add up to nothing.
    public var visitDays: Int?
    /// Names of the firms.
    public var by: [String]
    /// Columns that some of the sheets leave blank while others say something: their sum is not known.
    public var unsummed: Set<ReportSheet.Column> = []

    public init(received: Int?, accepted: Int?, visitDays: Int?, by: [String]) {
        (self.received, self.accepted, self.visitDays, self.by) = (received, accepted, visitDays, by)
    }

    /// Takes away what is a sum without the sheets that leave a column blank: a blank is no 0.
    mutating func leaveOpen(_ blank: Set<ReportSheet.Column>) {
        func opens(_ column: ReportSheet.Column, _ figure: Int?) -> Bool { blank.contains(column) && figure != nil }
        if opens(.reportedReceived, received) {
            received = nil
            unsummed.insert(.reportedReceived)
        }
        if opens(.reportedAccepted, accepted) {
            accepted = nil
            unsummed.insert(.reportedAccepted)
        }
        if opens(.reportedVisitDays, visitDays) {
            visitDays = nil
            unsummed.insert(.reportedVisitDays)
        }
    }
}

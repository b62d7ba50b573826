import LockerDomain

/// What can be said of one day of a village, or of a station (DOMAIN 1.1: 各行政村每天一频次以上).
public enum DayVerdict: String, Sendable, Codable, CaseIterable {
    /// A run came.
    case visited
    /// The station ran all day, knew the day, and none came.
    case notVisited
    /// The county does not have the station's chain up to the end of the day, or the chain begins behind it.
    case unknown
    /// The chain reaches so far, but the station was off or its clock could not know the day.
    case uncertain
    /// The day is not over, and none came so far.
    case notYet

    /// As pages and reports write it.
    public var chinese: String {
        switch self {
        case .visited: "已到"
        case .notVisited: "未到"
        case .unknown: "未知"
        case .uncertain: "不确定"
        case .notYet: "未完"
        }
    }

    /// Judges a day of one station.
    ///
    /// - Parameters:
    ///   - day: counted from 1970-01-01; `kept` is what its books say of it.
    ///   - reaches: wall time up to which the county has the station's chain; `nil` when it has nothing.
    ///   - began: wall time of the station's first dated event: of a day before it nothing is known but what is kept.
    ///   - now: the county's clock, milliseconds since 1970.
    public static func of(
        _ day: Int64,
        _ kept: StationDay?,
        reaches: Int64?,
        began: Int64? = nil,
        now: Int64
    ) -> DayVerdict {
        let end = ReportPeriod.wall(ofDay: day + 1)
        if let kept, kept.runs > 0 { return .visited }
        if now < end { return .notYet }
        guard let reaches, reaches >= end else { return .unknown }
        if let began, kept == nil, began >= end { return .unknown }
        let watched = kept?.watchedMilliseconds ?? 0
        let isUncertain = kept?.mayHaveRun == true || 86_400_000 - watched > Limits.reportUnwatchedMilliseconds
        return isUncertain ? .uncertain : .notVisited
    }

    /// One verdict of two stations that serve a village: one run is a visit, and what one of them cannot tell is not known.
    static func joined(_ left: DayVerdict?, _ right: DayVerdict?) -> DayVerdict? {
        guard let left else { return right }
        guard let right else { return left }
        return left.weight < right.weight ? right : left
    }

    private var weight: Int {
        switch self {
        case .notVisited: 0
        case .uncertain: 1
        case .unknown: 2
        case .notYet: 3
        case .visited: 4
        }
    }
}

/// How many days of a period went how.
public struct DayCounts: Sendable, Hashable, Codable {
    public var visited = 0
    public var notVisited = 0
    public var unknown = 0
    public var uncertain = 0
    public var notYet = 0

    public init() {}

    mutating func add(_ verdict: DayVerdict) {
        switch verdict {
        case .visited: visited += 1
        case .notVisited: notVisited += 1
        case .unknown: unknown += 1
        case .uncertain: uncertain += 1
        case .notYet: notYet += 1
        }
    }
}

/// Why the county's clock cannot be relied on (DESIGN 4.8).
public enum ClockDoubt: String, Sendable, Codable, CaseIterable {
    /// It is behind the newest event in the books.
    case behind
    /// More than half of the stations know another time by NTP.
    case stationsDiffer
    /// It leapt by more than a day, against the boot clock or since the last run.
    case leapt
}

/// Decides whether the county's clock is in doubt. Pure.
struct ClockCheck: Sendable {
    var reading: ClockReading
    var mark: ClockMark?
    /// Newest event in the books, and the latest arrival behind the mark.
    var event: Int64
    var newest: Int64?
    var reports: [ClockReport]

    private var recent: [ClockReport] {
        reports.filter { (0...CountyLimits.clockReportMilliseconds).contains($0.age(at: reading)) }
    }

    /// Stations that reported their NTP within the hour.
    var reporting: Int { recent.count }

    /// Those of them whose time is the county's.
    var agreeing: Int { recent.count { $0.agrees(at: reading) } }

    /// Whether more than half of them know another time.
    var stationsDiffer: Bool { 2 * (reporting - agreeing) > reporting }

    /// Whether somebody vouches for the clock now: that ends every doubt.
    var isVouched: Bool { reading.isSynchronised || 2 * agreeing > reporting }

    /// What speaks against the clock; empty when nothing does.
    var doubts: [ClockDoubt] {
        guard !isVouched else { return [] }
        var doubts: [ClockDoubt] = []
        if isBehind { doubts.append(.behind) }
        if stationsDiffer, !isConfirmed { doubts.append(.stationsDiffer) }
        if hasLeapt { doubts.append(.leapt) }
        return doubts
    }

    /// Whether what is over may be erased: a clock that merely runs on is not enough.
    var mayErase: Bool {
        guard doubts.isEmpty else { return false }
        return reading.isSynchronised
            || reports.contains {
                (0...CountyLimits.eraseReportMilliseconds).contains($0.age(at: reading)) && $0.agrees(at: reading)
            }
    }

    /// The mark after this look; `nil` while the clock is in doubt.
    var nextMark: ClockMark? { doubts.isEmpty ? mark(isConfirmed: isConfirmed && !isVouched) : nil }

    /// The mark when a clerk confirms this reading.
    var confirmedMark: ClockMark { mark(isConfirmed: true) }

    /// Last time that nothing spoke against, milliseconds since 1970; it goes on by the boot clock.
    var lastGood: Int64 {
        guard let mark, !doubts.isEmpty else { return reading.wall }
        return mark.wall + max(0, mark.bootID == reading.bootID ? reading.uptime - mark.uptime : reading.uptime)
    }

    private var newestReceived: Int64? { [mark?.received, newest].compactMap(\.self).max() }

    private var isBehind: Bool {
        newestReceived.map { reading.wall < $0 - CountyLimits.clockDifferenceMilliseconds } ?? false
    }

    /// Milliseconds that the clock has moved beyond what passed: unknown time passed between two boots.
    private var leap: Int64 {
        guard let mark else { return 0 }
        let passed = mark.bootID == reading.bootID ? reading.uptime - mark.uptime : 0
        return abs(reading.wall - mark.wall - passed)
    }

    private var hasLeapt: Bool { leap > CountyLimits.clockLeapMilliseconds }

    /// A confirmation is for one boot, until somebody sets the clock again.
    private var isConfirmed: Bool {
        guard let mark else { return false }
        return mark.isConfirmed && mark.bootID == reading.bootID && leap <= CountyLimits.clockDifferenceMilliseconds
    }

    private func mark(isConfirmed: Bool) -> ClockMark {
        // Arrivals that a clock ahead wrote must not make the right one look behind.
        let isSure = isVouched || isConfirmed
        return ClockMark(
            wall: reading.wall,
            uptime: reading.uptime,
            bootID: reading.bootID,
            event: event,
            received: isSure ? newestReceived.map { min($0, reading.wall) } : newestReceived,
            isConfirmed: isConfirmed
        )
    }
}

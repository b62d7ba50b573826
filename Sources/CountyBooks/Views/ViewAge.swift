import SyncWire

/// How old something is, in words.
enum ViewAge {
    private static let minute: Int64 = 60_000
    private static let hour: Int64 = 3_600_000
    /// Two clocks may be so far apart and nothing is said of it.
    private static let aheadMax = 2 * minute

    /// `3 小时`, `3 h`: minutes up to two hours, hours up to two days, then days. What is to come, by a clock that is
    /// ahead: `比现在晚 2 天`, `2 d ahead`.
    static func words(_ milliseconds: Int64) -> Words {
        switch milliseconds {
        case ..<(-aheadMax):
            // No time lies further ahead than numbers reach.
            let ahead = words(-max(milliseconds, -Int64.max))
            return Words("比现在晚 \(ahead.chinese)", "\(ahead.english) ahead")
        case ..<minute: return Words("不到 1 分钟", "under 1 min")
        case ..<(2 * hour): return Words("\(milliseconds / minute) 分钟", "\(milliseconds / minute) min")
        case ..<(48 * hour): return Words("\(milliseconds / hour) 小时", "\(milliseconds / hour) h")
        default:
            let days = milliseconds / ViewLimits.dayMilliseconds
            return Words("\(days) 天", "\(days) d")
        }
    }

    /// `3 小时前`, `3 h ago`; `比现在晚 2 天`, `2 d ahead`.
    static func since(_ moment: Int64, now: Int64) -> Words {
        let age = words(now - moment)
        return now - moment < -aheadMax ? age : Words("\(age.chinese)前", "\(age.english) ago")
    }

    /// `截至 07:12，3 小时前`, `as of 07:12, 3 h old`; with the day when it was not today. `截至 07:12，比现在晚 3 小时`,
    /// `as of 07:12, 3 h ahead`.
    static func asOf(_ moment: Int64, now: Int64) -> Words {
        let (text, age) = (WireTime.local(moment), words(now - moment))
        let isAhead = now - moment < -aheadMax
        let isToday = text.prefix(10) == WireTime.local(now).prefix(10)
        let shown = String(isToday ? text.dropFirst(11).prefix(5) : text.prefix(16))
        return isAhead
            ? Words("截至 \(shown)，\(age.chinese)", "as of \(shown), \(age.english)")
            : Words("截至 \(shown)，\(age.chinese)前", "as of \(shown), \(age.english) old")
    }
}

import SyncWire

/// How old something is, in words.
enum ViewAge {
    private static let minute: Int64 = 60_000
    private static let hour: Int64 = 3_600_000

    /// `3 小时`, `3 h`: minutes up to two hours, hours up to two days, then days.
    static func words(_ milliseconds: Int64) -> Words {
        switch milliseconds {
        case ..<minute: Words("不到 1 分钟", "under 1 min")
        case ..<(2 * hour): Words("\(milliseconds / minute) 分钟", "\(milliseconds / minute) min")
        case ..<(48 * hour): Words("\(milliseconds / hour) 小时", "\(milliseconds / hour) h")
        default:
            Words(
                "\(milliseconds / ViewLimits.dayMilliseconds) 天",
                "\(milliseconds / ViewLimits.dayMilliseconds) d"
            )
        }
    }

    /// `截至 07:12，3 小时前`, `as of 07:12, 3 h old`; with the day when it was not today.
    static func asOf(_ moment: Int64, now: Int64) -> Words {
        let (text, age) = (WireTime.local(moment), words(now - moment))
        let isToday = text.prefix(10) == WireTime.local(now).prefix(10)
        let shown = String(isToday ? text.dropFirst(11).prefix(5) : text.prefix(16))
        return Words("截至 \(shown)，\(age.chinese)前", "as of \(shown), \(age.english) old")
    }
}

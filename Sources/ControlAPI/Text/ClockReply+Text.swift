import LockerDomain

extension ClockReply {
    /// The clock of a station, and what to do.
    public func lines(style: TextStyle) -> [String] {
        var pairs = TextPairs()
        pairs.add("Time 时间", "\(time.short) (\(clock.words))", isTrouble: !clock.isDated)
        pairs.add("Kernel 系统", "\(kernel.short), \(offsetWords)")
        pairs.add("NTP", ntp?.short ?? "not synchronised 未同步", isTrouble: ntp == nil && !clock.isConfirmed)
        pairs.add("Trusted 可信", trustedTime?.short ?? "never 从未", isTrouble: trustedTime == nil)
        if let trouble { pairs.add("Fault 故障", trouble, isTrouble: true) }
        pairs.add("Mend 处理", mend)
        return pairs.lines(style: style)
    }

    private var offsetWords: String {
        guard abs(offsetMilliseconds) >= 1_000 else { return "the same 一致" }
        let length = DurationText.of(milliseconds: abs(offsetMilliseconds))
        return offsetMilliseconds > 0 ? "\(length) behind 慢" : "\(length) ahead 快"
    }

    private var mend: String {
        if clock == .manual {
            return "set here until the next power cut; the county's next answer counts over it (人工时间，县里时间优先)"
        }
        if clock.isConfirmed, trouble == nil { return "nothing 无" }
        return "look at a watch, then as root: lockerctl clock set \"2026-11-29 14:05\" (核对后设置)"
    }
}

extension ClockTrust {
    /// How a time is known, in words.
    fileprivate var words: String {
        switch self {
        case .ntp: "by NTP 网络"
        case .county: "by the county 县里"
        case .manual: "set by a technician 人工"
        case .rtc: "by its battery 电池, not confirmed 未确认"
        case .fake: "an estimate 估计, not confirmed 未确认"
        case .none: "never set 未设"
        }
    }
}

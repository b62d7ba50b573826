/// How old a figure is, in words.
public enum Age {
    /// `12 s`, `5 min`, `3 h`, `2 d`.
    public static func text(seconds: Int64) -> String {
        let age = parts(seconds: seconds)
        return "\(age.count) \(age.unit)"
    }

    /// `12 秒`, `5 分钟`, `3 小时`, `2 天`.
    static func chinese(seconds: Int64) -> String {
        let age = parts(seconds: seconds)
        return "\(age.count) \(age.chinese)"
    }

    private static func parts(seconds: Int64) -> (count: Int64, unit: String, chinese: String) {
        switch seconds {
        case ..<120: (max(0, seconds), "s", "秒")
        case ..<7_200: (seconds / 60, "min", "分钟")
        case ..<172_800: (seconds / 3_600, "h", "小时")
        default: (seconds / 86_400, "d", "天")
        }
    }

    /// `12 s ago 前`, of a moment in milliseconds since 1970.
    public static func ago(_ moment: Int64, now: Int64) -> String { "\(text(seconds: (now - moment) / 1_000)) ago 前" }
}

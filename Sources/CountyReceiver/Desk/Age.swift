/// How old a figure is, in words.
public enum Age {
    /// `12 s`, `5 min`, `3 h`, `2 d`.
    public static func text(seconds: Int64) -> String {
        switch seconds {
        case ..<120: "\(max(0, seconds)) s"
        case ..<7_200: "\(seconds / 60) min"
        case ..<172_800: "\(seconds / 3_600) h"
        default: "\(seconds / 86_400) d"
        }
    }

    /// `12 s ago 前`, of a moment in milliseconds since 1970.
    public static func ago(_ moment: Int64, now: Int64) -> String { "\(text(seconds: (now - moment) / 1_000)) ago 前" }
}

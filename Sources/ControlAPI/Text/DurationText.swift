/// Lengths of time as people say them.
enum DurationText {
    /// `3 d 4 h`, `2 min 5 s`: the two largest units.
    static func of(milliseconds: Int64) -> String { of(seconds: milliseconds / 1_000) }

    static func of(seconds: Int64) -> String {
        let units: [(Int64, String)] = [(86_400, "d"), (3_600, "h"), (60, "min"), (1, "s")]
        var rest = max(0, seconds)
        var parts: [String] = []
        for (length, unit) in units {
            if rest >= length || (length == 1 && parts.isEmpty) {
                parts.append("\(rest / length) \(unit)")
            } else if !parts.isEmpty {
                break
            }
            rest %= length
        }
        return parts.prefix(2).joined(separator: " ")
    }
}

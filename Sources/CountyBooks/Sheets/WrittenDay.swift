import LockerDomain

/// Days and months as people and Excel write them.
enum WrittenDay {
    private static let marks: Set<Character> = ["/", ".", "年", "月"]
    private static let midnights = [" 0:00", " 00:00", " 0:00:00", " 00:00:00"]

    /// `2026-11-21`, `2026/1/5`, `2026.11.21`, `2026年11月21日`, each perhaps with midnight behind it; `nil` for another text.
    static func day(_ text: String) -> CivilDay? {
        let parts = parts(text)
        guard parts.count == 3 else { return nil }
        return day(parts[0], parts[1], parts[2])
    }

    /// The month as `2026-11`, from itself or its first day.
    static func month(_ text: String) -> String? {
        var parts = parts(text)
        if parts.count == 2 { parts.append("1") }
        guard parts.count == 3, let day = day(parts[0], parts[1], parts[2]), day.day == 1 else { return nil }
        return String(day.description.dropLast(3))
    }

    private static func parts(_ text: String) -> [Substring] {
        var date = text[...]
        if let midnight = midnights.first(where: text.hasSuffix) { date = date.dropLast(midnight.count) }
        if let last = date.last, last == "日" || last == "月" { date = date.dropLast() }
        let dashed = String(date.map { marks.contains($0) ? "-" : $0 })
        return dashed.split(separator: "-", omittingEmptySubsequences: false)
    }

    private static func day(_ year: Substring, _ month: Substring, _ day: Substring) -> CivilDay? {
        let parts = [month, day].map { $0.utf8.count == 1 ? "0\($0)" : String($0) }
        let read = CivilDay("\(year)-\(parts[0])-\(parts[1])")
        return read.flatMap { (RegisterLimits.yearMin...RegisterLimits.yearMax).contains($0.year) ? $0 : nil }
    }
}

import CountyBooks

/// What a page is about, as the names of its files say it: a period, a station, a village, a waybill. Two files of one
/// page for two of them have two names.
struct FileSubject: Sendable, Hashable {
    /// In the order of the address, periods of the title last.
    let words: [String]
    /// Whether they say of which time it is; else a file has the day on which it was made.
    let hasPeriod: Bool
    private let title: Words

    /// Parts of paths, and what is searched for, that name what a page is about.
    private static let names = ["period", "station", "village", "waybill"]

    /// - Parameters:
    ///   - title: of the page; those of views of a period hold it.
    ///   - parameters: parts of the path by their names in the route.
    ///   - query: what stands behind `?`; a waybill in it is searched for, and may be a phone number that was typed.
    init(_ title: Words, _ parameters: [String: String], _ query: QueryItems) {
        var words = Self.names.compactMap { parameters[$0].map(AuditText.maskingMobiles) }
        if let typed = query.text("waybill"), !AuditText.holdsPhone(typed) { words.append(typed) }
        let calendar = ReportCalendar()
        let periods = title.chinese.split(separator: " ").filter { calendar.period(written: String($0)) != nil }
        words += periods.map { String($0) }
        let plain = words.map(Self.plain).filter { !$0.isEmpty }
        self.words = plain.indices.filter { !plain[..<$0].contains(plain[$0]) }.map { plain[$0] }
        hasPeriod = !periods.isEmpty || parameters["period"] != nil
        self.title = title
    }

    /// For a note in a workbook, whose name others may change; `nil` for a page about nothing of these.
    var note: Words? {
        guard !words.isEmpty else { return nil }
        let missing = words.filter { !title.chinese.contains($0) }
        return Words(
            ([title.chinese] + missing).joined(separator: " "),
            ([title.english] + missing).joined(separator: " ")
        )
    }

    /// The name of a file without its ending: `快件进村数据信息汇总 2026-11`.
    ///
    /// - Parameter day: `2026-12-01`, on which it is made.
    func name(of title: String, on day: String) -> String {
        let rest = words.filter { !title.contains($0) } + (hasPeriod ? [] : [day])
        return ([title] + rest).joined(separator: " ")
    }

    /// Of characters that every file system takes, and not too many of them.
    private static func plain(_ text: String) -> String {
        let kept = text.unicodeScalars.map { scalar -> Character in
            let isPlain = scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar == "-"
            return isPlain ? Character(scalar) : "_"
        }
        return String(kept.prefix(CountyPagesLimits.fileSubjectCharactersMax))
    }
}

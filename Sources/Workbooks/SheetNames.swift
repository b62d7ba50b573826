import CountyBooks

/// Names of sheets as Excel takes them.
enum SheetNames {
    /// One name for each title, no two alike: at most 31 characters, none of `[]:*?/\'`, no control characters, not empty,
    /// not *History*, which Excel keeps for itself. A second of one name gets `(2)`.
    static func names(_ titles: [String]) -> [String] {
        var taken: Set<String> = []
        return titles.map { title in
            let plain = plain(title)
            var name = clipped(plain, to: WorkbookLimits.nameCharactersMax)
            var number = 1
            // Excel compares names without case.
            while !taken.insert(name.lowercased()).inserted {
                number += 1
                let end = " (\(number))"
                name = clipped(plain, to: WorkbookLimits.nameCharactersMax - end.utf16.count) + end
            }
            return name
        }
    }

    private static func plain(_ title: String) -> String {
        let scalars = Markup.characters(title).unicodeScalars.map { scalar -> Unicode.Scalar in
            let isRefused = "[]:*?/\\'\u{FFFD}".unicodeScalars.contains(scalar) || scalar.properties.isWhitespace
            return isRefused ? " " : scalar
        }
        let words = String(String.UnicodeScalarView(scalars)).split(separator: " ").joined(separator: " ")
        if words.isEmpty { return "Sheet" }
        return words.lowercased() == "history" ? "\(words) 1" : words
    }

    private static func clipped(_ text: String, to limit: Int) -> String {
        guard text.utf16.count > limit else { return text }
        var (kept, length) = ("", 0)
        for character in text {
            length += character.utf16.count
            if length > limit { break }
            kept.append(character)
        }
        return kept
    }
}

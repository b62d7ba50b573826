import LockerDomain

extension Asked {
    /// The question; below it of whom it is asked, the seconds left and the answers. Two lines of the console.
    func lines(style: TextStyle) -> [String] {
        let seconds = millisecondsLeft.map { ", \((max(0, $0) + 999) / 1_000) s" } ?? ""
        let words = [answers.map(\.zh).joined(separator: "、"), answers.map(\.en).joined(separator: ", ")]
        let lower = "\(whom.word.zh) \(whom.word.en)\(seconds): \(words.joined(separator: "  "))"
        let width = ControlLimits.columns - DisplayWidth.of(Self.head)
        let rest = String(repeating: " ", count: DisplayWidth.of(Self.head))
        return [
            Self.head + style.bold(DisplayWidth.clipped("\(zh)  \(en)".printable, to: width)),
            rest + DisplayWidth.clipped(lower.printable, to: width),
        ]
    }

    private static let head = " 问 "
}

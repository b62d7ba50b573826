package import LockerDomain

extension CardGroup {
    /// Colour of the strip on each card. It sorts cut cards; nothing is lost when it is printed in grey.
    var colour: String {
        switch self {
        case .common: "#777777"
        case .courier: "#2f6fb5"
        case .keeper: "#b5642f"
        case .agent: "#7a4fa3"
        case .outbound: "#3c8d40"
        case .runs: "#4a5a6a"
        case .exceptions: "#c23b3b"
        case .service: "#c79a1e"
        case .digits: "#2b2b2b"
        case .audit: "#8a6d5a"
        case .doors: "#1f8a8a"
        case .shelf: "#6b8e23"
        }
    }

    /// What somebody in front of the cards cannot know without a screen.
    package var hint: [String] {
        switch self {
        case .service:
            let scores = SurveyQuestion.scores
            let zh = SurveyQuestion.allCases.enumerated().map { "\($0 + 1) \($1.zh)" }
            let en = SurveyQuestion.allCases.map(\.en)
            return [
                "满意度调查：扫“满意度调查”，再为下面五项依次各扫一个数字，\(scores.lowerBound) 最差，\(scores.upperBound) 最好。",
                zh.joined(separator: "　　"),
                "Survey: scan it, then a digit for each, \(scores.lowerBound) worst, \(scores.upperBound) best: "
                    + en.joined(separator: ", ") + ".",
            ]
        case .digits:
            return [
                "没有数字键盘时：依次扫每个数字，再扫“下一个”。同一个数字要扫两次时，中间停两秒。",
                "Without a number pad: scan digit by digit, then NEXT. For the same digit twice wait two seconds.",
            ]
        default: return []
        }
    }
}

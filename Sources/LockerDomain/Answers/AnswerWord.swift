/// What stands in an answer: the same in both languages, or a term that each has of its own.
public struct AnswerWord: Sendable, Hashable {
    public var zh: String
    public var en: String

    package init(zh: String, en: String) {
        self.zh = zh
        self.en = en
    }
}

extension AnswerWord {
    /// A door, a place, a number.
    public init(_ same: String) { self.init(zh: same, en: same) }

    package init(_ caption: CardCaption) { self.init(zh: caption.zh, en: caption.en) }

    /// Where something is that has no door and no shelf place.
    package static let counter = AnswerWord(zh: "柜台", en: "the shop")

    package static func place(_ place: Place?) -> AnswerWord { place.map { AnswerWord($0.description) } ?? .counter }
}

extension Role {
    /// How the bearer of the badge is addressed.
    public var word: AnswerWord {
        switch self {
        case .courier: AnswerWord(zh: "快递员", en: "courier")
        case .keeper: AnswerWord(zh: "店主", en: "keeper")
        case .technician: AnswerWord(zh: "技术员", en: "technician")
        case .inspector: AnswerWord(zh: "检查员", en: "inspector")
        case .agent: AnswerWord(zh: "代办员", en: "agent")
        }
    }
}

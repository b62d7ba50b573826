package import LockerDomain

extension SessionNoted.Note {
    /// What is repeated to the person. A reference is never shown: it leads to who somebody is, and others look on.
    package func word(_ value: String?) -> AnswerWord {
        let value = value ?? ""
        switch self {
        case .realName: return AnswerWord(zh: "实名", en: "real name")
        case .inspected: return AnswerWord(zh: "验视", en: "look inside")
        case .screened: return AnswerWord(zh: "安检", en: "X-ray")
        case .order: return AnswerWord(zh: "订单号", en: "order number")
        case .photo: return AnswerWord(zh: "照片", en: "photo")
        case .outside: return AnswerWord(Card.outside.caption)
        case .reuse: return AnswerWord(Card.reuse.caption)
        case .kind: return ShipmentKind(rawValue: value).map { AnswerWord(Card.kind($0).caption) } ?? AnswerWord(value)
        case .category: return ProduceCategory(word: value).map { AnswerWord($0.caption) } ?? AnswerWord(value)
        case .platform: return SalesPlatform(word: value).map { AnswerWord($0.caption) } ?? AnswerWord(value)
        case .reason: return Int(value).map { AnswerWord(Card.reason($0).caption) } ?? AnswerWord(value)
        case .weightGrams: return AnswerWord(zh: value + " 克", en: value + " g")
        case .bag: return AnswerWord(zh: "总包 " + value, en: "bag " + value)
        case .seal: return AnswerWord(zh: "封签 " + value, en: "seal " + value)
        case .checked, .exception, .villager, .shipment, .label, .awaits: return AnswerWord(value)
        }
    }
}

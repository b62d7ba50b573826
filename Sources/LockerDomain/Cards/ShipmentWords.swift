/// Farm produce that has a card of its own (品类): the yearly projects are counted by it (DOMAIN 2.5). A county may use
/// other words; their cards are titled by the word.
public enum ProduceCategory: String, Sendable, Codable, CaseIterable {
    case apple, cherry, pear, walnut, jujube, grain, honey, mushroom, herb, silk, other

    /// By the word of a card, in capital letters.
    public init?(word: String) { self.init(rawValue: word.lowercased()) }

    package var caption: CardCaption {
        switch self {
        case .apple: CardCaption("品类：苹果", "Produce: apples")
        case .cherry: CardCaption("品类：樱桃", "Produce: cherries")
        case .pear: CardCaption("品类：梨", "Produce: pears")
        case .walnut: CardCaption("品类：核桃", "Produce: walnuts")
        case .jujube: CardCaption("品类：红枣", "Produce: jujubes")
        case .grain: CardCaption("品类：小米杂粮", "Produce: grain")
        case .honey: CardCaption("品类：蜂蜜", "Produce: honey")
        case .mushroom: CardCaption("品类：食用菌", "Produce: mushrooms")
        case .herb: CardCaption("品类：中药材", "Produce: herbs")
        case .silk: CardCaption("品类：桑蚕制品", "Produce: silk")
        case .other: CardCaption("品类：其他", "Produce: other")
        }
    }
}

/// Where a shipment was sold (电商平台), for those that have a card of their own.
public enum SalesPlatform: String, Sendable, Codable, CaseIterable {
    case taobao, pdd, jd, douyin, kuaishou, wechat, other

    /// By the word of a card, in capital letters.
    public init?(word: String) { self.init(rawValue: word.lowercased()) }

    package var caption: CardCaption {
        switch self {
        case .taobao: CardCaption("平台：淘宝天猫", "Sold at Taobao or Tmall")
        case .pdd: CardCaption("平台：拼多多", "Sold at Pinduoduo")
        case .jd: CardCaption("平台：京东", "Sold at JD")
        case .douyin: CardCaption("平台：抖音", "Sold at Douyin")
        case .kuaishou: CardCaption("平台：快手", "Sold at Kuaishou")
        case .wechat: CardCaption("平台：微信", "Sold at WeChat")
        case .other: CardCaption("平台：其他", "Sold elsewhere")
        }
    }
}

import LockerDomain

/// A column of a manifest sheet, by its Chinese or its English header.
public enum ManifestColumn: String, Sendable, CaseIterable {
    case waybill, brand, carrier = "operator", phone, size, chilled, consent, reach, n, run, bag
    case senderAgreement = "sender_agreement"
    case hamlet, station, cooperation, formerly

    /// Columns without which nothing can be read.
    static let needed = [waybill, brand]

    /// The column of a header; `nil` for one that nobody knows.
    init?(header: String) {
        let name = Self.bare(header)
        guard !name.isEmpty, let column = Self.byName[name] else { return nil }
        self = column
    }

    private static let byName = Dictionary(
        allCases.flatMap { column in
            ([column.chinese, column.rawValue] + column.others).map { (bare($0), column) }
        },
        uniquingKeysWith: { first, _ in first }
    )

    /// A header without what templates put around it: `*快递 单号（必填）` is `快递单号`.
    private static func bare(_ header: String) -> String {
        var depth = 0
        return SheetCell.halfWidth(SheetCell.text(header)).filter { character in
            if "([【".contains(character) { depth += 1 }
            defer { if ")]】".contains(character) { depth = max(0, depth - 1) } }
            return depth == 0 && !character.isWhitespace && !"*_:)]】".contains(character)
        }.lowercased()
    }

    /// The name that messages show, in front of the English one.
    var chinese: String {
        switch self {
        case .waybill: "运单号"
        case .brand: "品牌"
        case .carrier: "经营企业"
        case .phone: "手机号"
        case .size: "规格"
        case .chilled: "冷藏"
        case .consent: "同意"
        case .reach: "高度"
        // Not 序号: sheets number their rows by it.
        case .n: "取件码序号"
        case .run: "班次"
        case .bag: "集包号"
        case .senderAgreement: "寄件约定"
        case .hamlet: "自然村"
        case .station: "站点"
        case .cooperation: "合作方式"
        case .formerly: "原单号"
        }
    }

    /// Other headers that offices write.
    private var others: [String] {
        switch self {
        case .waybill:
            ["快递单号", "快递编号", "运单编号", "运单号码", "物流单号", "快件单号", "面单号", "邮件号", "单号", "tracking number"]
        case .brand: ["快递公司", "快递品牌", "物流公司", "承运商", "承运公司", "快递", "carrier"]
        case .carrier: ["经营单位"]
        case .phone:
            [
                "收件人电话", "收件电话", "收件人手机", "收件人手机号", "收件人联系方式", "收货人电话", "收货人手机", "收货电话", "手机", "手机号码",
                "电话", "电话号码", "联系电话", "联系方式",
            ]
        case .size: ["尺寸", "大小"]
        case .chilled: ["冷链"]
        case .consent: ["入柜同意", "同意入柜", "是否同意入柜"]
        case .run: ["车次"]
        case .bag: ["总包号", "包号"]
        case .hamlet: ["村组", "村民小组"]
        case .station: ["站点编号"]
        case .cooperation: ["合作模式"]
        case .formerly: ["原运单号", "转单前单号"]
        default: []
        }
    }

    /// The column of a field by its name on the wire.
    init?(wireName: String) {
        switch wireName {
        case "phoneMasked", "recipientKey": self = .phone
        case "senderAgreement": self = .senderAgreement
        default: self.init(rawValue: wireName)
        }
    }

    /// `运单号 waybill`.
    public var names: String { "\(chinese) \(rawValue)" }

    /// All names, for the help of a program.
    public static var list: String { allCases.map(\.names).joined(separator: ", ") }
}

extension Consent {
    /// As sheets write it; `nil` for another word, since a typing error must not count as consent or refusal.
    init?(written text: String) {
        switch text.lowercased() {
        case "user_consent", "同意", "用户同意", "yes", "true", "1", "是": self = .userConsent
        case "sender_named_locker", "寄件人指定": self = .senderNamedLocker
        case "none", "不同意", "no", "false", "0", "否": self = .none
        case "unknown", "未知": self = .unknown
        default: return nil
        }
    }
}

extension Size {
    /// As sheets write it.
    init?(written text: String) {
        switch text.uppercased() {
        case "小", "小件": self = .small
        case "中", "中件": self = .medium
        case "大", "大件": self = .large
        case "特大", "超大": self = .extraLarge
        case let word: self.init(rawValue: word)
        }
    }
}

extension String {
    var yesOrNo: Bool? {
        switch lowercased() {
        case "yes", "true", "1", "是", "y", "√": true
        case "no", "false", "0", "否", "n": false
        default: nil
        }
    }
}

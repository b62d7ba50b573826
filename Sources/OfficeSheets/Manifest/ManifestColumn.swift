import LockerDomain

/// A column of a manifest sheet.
public enum ManifestColumn: String, SheetColumn {
    case waybill, brand, carrier = "operator", phone, size, chilled, consent, reach, n, run, bag
    case senderAgreement = "sender_agreement"
    case village, hamlet, station, cooperation, formerly

    public static let needed = [waybill, brand]
    public static let headers = HeaderNames<Self>()

    public var chinese: String {
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
        case .village: "村"
        case .hamlet: "自然村"
        case .station: "站点"
        case .cooperation: "合作方式"
        case .formerly: "原单号"
        }
    }

    public var others: [String] {
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
        case .village: ["行政村", "村名", "所属村", "村庄"]
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

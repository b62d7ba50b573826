import LockerDomain

/// A column of a manifest sheet, by its English or its Chinese header.
enum ManifestColumn: String, CaseIterable {
    case waybill, brand, carrier = "operator", phone, size, chilled, consent, reach, n, run, bag
    case senderAgreement = "sender_agreement"
    case hamlet, station

    /// The column of a header; `nil` for one that nobody knows.
    init?(header: String) {
        // Sheets of earlier versions call it as the JSON manifest does.
        let name = header == "senderAgreement" ? Self.senderAgreement.rawValue : header
        guard let column = Self.allCases.first(where: { $0.rawValue == name || $0.chinese == name }) else { return nil }
        self = column
    }

    /// Headers that Chinese sheets carry.
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
        case .n: "序号"
        case .run: "班次"
        case .bag: "集包号"
        case .senderAgreement: "寄件约定"
        case .hamlet: "自然村"
        case .station: "站点"
        }
    }
}

extension Consent {
    /// As sheets write it; `nil` for another word, since a typing error must not count as consent or refusal.
    init?(written text: String) {
        switch text.asciiLowercased {
        case "user_consent", "同意", "用户同意", "yes", "true", "1", "是": self = .userConsent
        case "sender_named_locker", "寄件人指定": self = .senderNamedLocker
        case "none", "不同意", "no", "false", "0", "否": self = .none
        case "unknown", "未知": self = .unknown
        default: return nil
        }
    }
}

extension String {
    var trimmed: String {
        var units = Array(utf8)[...]
        while let first = units.first, first <= 0x20 { units.removeFirst() }
        while let last = units.last, last <= 0x20 { units.removeLast() }
        return String(decoding: units, as: UTF8.self)
    }

    var asciiUppercased: String {
        String(decoding: utf8.map { (0x61...0x7A).contains($0) ? $0 - 0x20 : $0 }, as: UTF8.self)
    }

    var asciiLowercased: String {
        String(decoding: utf8.map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }, as: UTF8.self)
    }

    var yesOrNo: Bool? {
        switch asciiLowercased {
        case "yes", "true", "1", "是": true
        case "no", "false", "0", "否": false
        default: nil
        }
    }
}

/// Who has a part in a parcel. The three are not the same: the waybill's owner, who carries it, whose site it lies at
/// (邮快合作, 统仓共配; DOMAIN 5.1).
public struct Parties: Sendable, Hashable, Codable {
    /// Owner of the waybill (品牌).
    public var brand: String
    /// Who handles it (经营企业).
    public var operatorName: String
    /// Whose site it lies at (代办点).
    public var agent: String
    /// How they work together: `direct`, `postExpress`, `expressExpress`, `shared`.
    public var cooperationMode: String

    private enum CodingKeys: String, CodingKey {
        case brand, agent, cooperationMode
        case operatorName = "operator"
    }

    public init(brand: String, operatorName: String, agent: String, cooperationMode: String) {
        self.brand = brand
        self.operatorName = operatorName
        self.agent = agent
        self.cooperationMode = cooperationMode
    }
}

/// Which way a parcel goes.
public enum Direction: String, Sendable, Codable {
    /// 下行
    case inbound
    /// 上行
    case outbound
}

/// How surely a step happened (DESIGN rule 8).
public enum Evidence: String, Sendable, Codable {
    /// The door was seen open and then closed.
    case sensor
    /// No working sensor: the next scan, an END card or 60 s ended the step.
    case assumed
    /// The parcel itself was scanned.
    case scanned
}

/// How somebody showed that a parcel is theirs.
public enum Means: String, Sendable, Codable {
    case code, token, badge
}

/// One parcel on its way to a recipient (下行), as far as the journal knows it.
public struct Parcel: Sendable, Hashable, Codable {
    public var waybill: Waybill
    public var parties: Parties
    public var size: Size
    public var chilled = false
    public var reach: Reach?
    /// Counter of the pickup code (DESIGN 4.4).
    public var n: UInt32
    /// Id of the K under which the code was announced; `nil` until stored.
    public var keyID: String?
    public var status: Status
    /// Whether a manifest announced it.
    public var announced: Bool
    /// The county's keyed hash of the recipient's phone.
    public var recipientKey: String?
    /// Masked phone: the last four digits stay readable.
    public var phoneMasked: String?
    /// Where it lies, or lay last.
    public var place: Place?
    /// Wall time of the last change of status.
    public var changed: Int64
    /// Until when the code works again although the parcel counts as collected (DESIGN rule 8); 0 when it does not.
    public var reusableUntil: Int64 = 0
    /// Wall time until which scanning the parcel out of its shelf place collects it; 0 when nobody asked for it.
    public var releasedUntil: Int64 = 0
    /// Whether the books may be older than the door: until it is stored anew or audited, only the keeper hands it out.
    public var isDoubtful = false
    /// How the recipient asked for it.
    public var releasedBy: Means?

    /// Where the parcel is in its life.
    public enum Status: String, Sendable, Codable {
        /// On a manifest (预报), not seen here yet.
        case expected
        /// Scanned in, not at its place yet.
        case received
        /// At its place, waiting for the recipient.
        case stored
        /// With the recipient.
        case collected
        /// Recorded here, but not found by an audit.
        case missing
    }

    /// Last four digits of the recipient's phone, when known.
    public var lastFour: String? {
        guard let phone = phoneMasked, phone.utf8.count >= 4 else { return nil }
        let tail = phone.suffix(4)
        return tail.utf8.allSatisfy { (0x30...0x39).contains($0) } ? String(tail) : nil
    }
}

/// One line of a manifest (预报单), DESIGN 4.3.
public struct ManifestEntry: Sendable, Hashable, Codable {
    public var waybill: Waybill
    public var brand: String
    public var operatorName: String
    public var recipientKey: String?
    public var phoneMasked: String?
    public var n: UInt32
    public var size: Size
    public var chilled: Bool
    public var consent: String
    public var senderAgreement: Bool
    public var reach: Reach?
    public var run: String?
    public var bag: String?

    private enum CodingKeys: String, CodingKey {
        case waybill, brand, recipientKey, phoneMasked, n, size, chilled, consent, senderAgreement, reach, run, bag
        case operatorName = "operator"
    }

    /// An entry as the county writes it.
    public init(
        waybill: Waybill,
        brand: String,
        operatorName: String,
        recipientKey: String? = nil,
        phoneMasked: String? = nil,
        n: UInt32 = 0,
        size: Size = .medium,
        chilled: Bool = false,
        consent: String = "unknown",
        senderAgreement: Bool = false,
        reach: Reach? = nil,
        run: String? = nil,
        bag: String? = nil
    ) {
        self.waybill = waybill
        self.brand = brand
        self.operatorName = operatorName
        self.recipientKey = recipientKey
        self.phoneMasked = phoneMasked
        self.n = n
        self.size = size
        self.chilled = chilled
        self.consent = consent
        self.senderAgreement = senderAgreement
        self.reach = reach
        self.run = run
        self.bag = bag
    }
}

/// Masking of GB/T 41833: at least one character of a name, at least six digits of a phone.
public enum Masking {
    /// `13812345678` → `1******5678`: six digits of eleven are hidden, the last four stay for pickup. Anything that
    /// is not a phone number is hidden whole.
    public static func phone(_ text: String) -> String {
        let digits = text.utf8.filter { (0x30...0x39).contains($0) }
        guard digits.count >= 10 else { return String(repeating: "*", count: digits.count) }
        let head = String(decoding: digits.prefix(digits.count - 10), as: UTF8.self)
        return head + "******" + String(decoding: digits.suffix(4), as: UTF8.self)
    }
}

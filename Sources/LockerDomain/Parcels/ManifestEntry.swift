/// One line of a manifest (预报单), DESIGN 4.3.
public struct ManifestEntry: Sendable, Hashable, Codable {
    public var waybill: Waybill
    /// Another number of the same parcel, announced or carried before (原单号).
    public var formerly: Waybill?
    public var brand: String
    public var operatorName: String
    /// How the firms work together, when that is not as usual at the station (合作模式).
    public var cooperation: CooperationMode?
    public var recipientKey: String?
    public var phoneMasked: String?
    public var n: UInt32
    public var size: Size
    public var chilled: Bool
    public var consent: Consent
    public var senderAgreement: Bool
    public var reach: Reach?
    public var run: String?
    public var bag: String?
    /// The administrative village (行政村) that the parcel counts for: its 区划代码 or its name in the county's register;
    /// absent where it counts for the village of the site.
    public var village: String?
    /// Part of the village (自然村, 组), for the list of people to tell.
    public var hamlet: String?
    /// The station it belongs to, when that is another one.
    public var station: String?

    private enum CodingKeys: String, CodingKey {
        case waybill, formerly, brand, cooperation, recipientKey, phoneMasked, n, size, chilled, consent
        case senderAgreement, reach, run, bag, village, hamlet, station
        case operatorName = "operator"
    }

    /// An entry as the county writes it.
    public init(
        waybill: Waybill,
        formerly: Waybill? = nil,
        brand: String,
        operatorName: String,
        cooperation: CooperationMode? = nil,
        recipientKey: String? = nil,
        phoneMasked: String? = nil,
        n: UInt32 = 0,
        size: Size = .medium,
        chilled: Bool = false,
        consent: Consent = .unknown,
        senderAgreement: Bool = false,
        reach: Reach? = nil,
        run: String? = nil,
        bag: String? = nil,
        village: String? = nil,
        hamlet: String? = nil,
        station: String? = nil
    ) {
        self.waybill = waybill
        self.formerly = formerly
        self.brand = brand
        self.operatorName = operatorName
        self.cooperation = cooperation
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
        self.village = village
        self.hamlet = hamlet
        self.station = station
    }

    /// Whether the line is for somebody else than the parcel of its number that was here before.
    ///
    /// - Parameters:
    ///   - recipientKey: of that parcel, by the county; `nil` when only its phone is known, or nothing.
    ///   - lastFour: digits of that phone.
    public func isForAnother(than recipientKey: String?, lastFour: String?) -> Bool {
        if let recipientKey { return recipientKey != self.recipientKey }
        guard let lastFour, let own = Masking.lastFour(of: phoneMasked) else { return false }
        return lastFour != own
    }
}

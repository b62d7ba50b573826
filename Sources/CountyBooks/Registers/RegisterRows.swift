import LockerDomain

/// A township (乡镇) of the county's register.
public struct Township: Sendable, Hashable, Codable {
    /// The first nine digits of 区划代码.
    public var code: String
    public var name: String

    public init(code: String, name: String) { (self.code, self.name) = (code, name) }
}

/// An administrative village (行政村) of the county's register.
public struct Village: Sendable, Hashable, Codable {
    /// 区划代码, twelve digits.
    public var code: String
    public var name: String
    /// 区划代码 of its township, nine digits.
    public var township: String
    /// Residents (人口); `nil` where the register has none.
    public var population: Int?
    /// Hundreds of metres by road to the seat of the township (距镇驻地公里 × 10).
    public var townHectometres: Int?

    public init(code: String, name: String, township: String, population: Int? = nil, townHectometres: Int? = nil) {
        (self.code, self.name, self.township) = (code, name, township)
        (self.population, self.townHectometres) = (population, townHectometres)
    }
}

/// A firm that handles parcels in the county (经营企业).
public struct OperatorFirm: Sendable, Hashable, Codable {
    /// As manifests and events name it.
    public var name: String
    /// 统一社会信用代码; `nil` where the register has none.
    public var creditCode: String?
    public var phone: String?

    public init(name: String, creditCode: String? = nil, phone: String? = nil) {
        (self.name, self.creditCode, self.phone) = (name, creditCode, phone)
    }
}

/// A place of service (网点): its stations stand there.
public struct Site: Sendable, Hashable, Codable {
    /// The county's number of it (网点编号).
    public var number: String
    public var name: String
    public var type: SiteType
    public var address: String
    /// The number that is published at the site; no person's own that is not.
    public var phone: String?
    public var equipment: [String]
    /// Name of the firm that runs it.
    public var operatorName: String
    /// 区划代码 of the village in which it stands.
    public var village: String
    /// Villages that it serves beside its own.
    public var serves: [ServedVillage]
    /// Ids of its stations.
    public var stations: [String]
    public var status: SiteStatus

    public init(
        number: String,
        name: String,
        type: SiteType,
        address: String,
        phone: String? = nil,
        equipment: [String] = [],
        operatorName: String,
        village: String,
        serves: [ServedVillage] = [],
        stations: [String] = [],
        status: SiteStatus = .open
    ) {
        (self.number, self.name, self.type, self.address, self.phone) = (number, name, type, address, phone)
        (self.equipment, self.operatorName, self.village) = (equipment, operatorName, village)
        (self.serves, self.stations, self.status) = (serves, stations, status)
    }
}

/// A village that a site serves, and how.
public struct ServedVillage: Sendable, Hashable, Codable {
    /// 区划代码 of the village.
    public var village: String
    public var mode: ServiceMode

    public init(village: String, mode: ServiceMode) { (self.village, self.mode) = (village, mode) }
}

/// How a village is served.
public enum ServiceMode: String, Sendable, Codable, CaseIterable {
    /// The site stands in the village (设点).
    case site
    /// The site of another village reaches it (辐射).
    case reach

    /// As lists and reports write it.
    public var chinese: String {
        switch self {
        case .site: "设点"
        case .reach: "辐射"
        }
    }
}

/// Kinds of sites (网点类型).
public enum SiteType: String, Sendable, Codable, CaseIterable {
    case countyHub, townshipStation, villagePoint, locker

    /// As registers write it.
    public var chinese: String {
        switch self {
        case .countyHub: "县级仓配中心"
        case .townshipStation: "乡镇综合服务站"
        case .villagePoint: "村级便民服务点"
        case .locker: "智能快件箱"
        }
    }
}

/// Whether a site serves (状态).
public enum SiteStatus: String, Sendable, Codable, CaseIterable {
    case open, suspended, closed

    /// As registers write it.
    public var chinese: String {
        switch self {
        case .open: "营业"
        case .suspended: "暂停"
        case .closed: "撤销"
        }
    }
}

/// A person who works with parcels (从业人员), by the number on the badge.
public struct StaffMember: Sendable, Hashable, Codable {
    /// The decimal number that badges and lists show.
    public var number: String
    public var name: String
    /// A role as badges have it: `courier`, `keeper`, …
    public var role: String
    /// Number of the site where the person works; `nil` for those of no site.
    public var site: String?

    public init(number: String, name: String, role: String, site: String? = nil) {
        (self.number, self.name, self.role, self.site) = (number, name, role, site)
    }
}

/// What a firm reports itself of a village without a station, or with a silent one (企业填报): shown in columns of its own,
/// never added to what stations prove.
public struct OperatorReport: Sendable, Hashable, Codable {
    /// `2026-11`.
    public var period: String
    /// 区划代码 of the village.
    public var village: String
    /// By its one name (`CarrierBrand`).
    public let brand: String
    /// Pieces in (下行) and out (上行); `nil` where the firm says nothing of a direction.
    public var received: Int?
    public var accepted: Int?
    /// Days on which somebody came (到村天数).
    public var visitDays: Int?
    /// Name of the firm that says so.
    public var by: String

    private enum CodingKeys: String, CodingKey { case period, village, brand, received, accepted, visitDays, by }

    public init(
        period: String,
        village: String,
        brand: String,
        received: Int? = nil,
        accepted: Int? = nil,
        visitDays: Int? = nil,
        by: String
    ) {
        (self.period, self.village, self.brand) = (period, village, CarrierBrand.code(of: brand))
        (self.received, self.accepted, self.visitDays, self.by) = (received, accepted, visitDays, by)
    }

    public init(from decoder: any Decoder) throws {
        let box = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            period: try box.decode(String.self, forKey: .period),
            village: try box.decode(String.self, forKey: .village),
            brand: try box.decode(String.self, forKey: .brand),
            received: try box.decodeIfPresent(Int.self, forKey: .received),
            accepted: try box.decodeIfPresent(Int.self, forKey: .accepted),
            visitDays: try box.decodeIfPresent(Int.self, forKey: .visitDays),
            by: try box.decode(String.self, forKey: .by)
        )
    }
}

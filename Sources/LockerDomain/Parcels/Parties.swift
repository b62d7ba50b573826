/// Who has a part in a parcel. The three are not the same: the waybill's owner, who carries it, whose site it lies at
/// (邮快合作, 统仓共配; DOMAIN 5.1).
public struct Parties: Sendable, Hashable, Codable {
    /// Owner of the waybill (品牌), by its one name (`CarrierBrand`).
    public let brand: String
    /// Who handles it (经营企业).
    public var operatorName: String

    /// An operator that nobody told: at the station that of its configuration counts, at the county that of the site.
    public static let noOperator = "unknown"
    /// Whose site it lies at (代办点).
    public var agent: String
    /// How they work together.
    public var cooperationMode: CooperationMode

    private enum CodingKeys: String, CodingKey {
        case brand, agent, cooperationMode
        case operatorName = "operator"
    }

    /// A brand that goes by several names becomes one.
    public init(brand: String, operatorName: String, agent: String, cooperationMode: CooperationMode) {
        self.brand = CarrierBrand.code(of: brand)
        self.operatorName = operatorName
        self.agent = agent
        self.cooperationMode = cooperationMode
    }

    public init(from decoder: any Decoder) throws {
        let box = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            brand: try box.decode(String.self, forKey: .brand),
            operatorName: try box.decode(String.self, forKey: .operatorName),
            agent: try box.decode(String.self, forKey: .agent),
            cooperationMode: try box.decode(CooperationMode.self, forKey: .cooperationMode)
        )
    }
}

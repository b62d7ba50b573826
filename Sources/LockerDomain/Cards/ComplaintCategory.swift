/// What a complaint is about (投诉), by the number on its card. A number keeps its meaning for ever: books count them.
public enum ComplaintCategory: Int, Sendable, Codable, CaseIterable {
    /// Money was asked that no tariff names (DOMAIN 4.4).
    case fees = 1
    /// Put here without consent, instead of being delivered to the address (DOMAIN 4.3).
    case address = 2
    /// The parcel or what is in it is damaged or lost (DOMAIN 4.2).
    case damage = 3
    /// Came too late, or nobody told.
    case late = 4
    /// How people were treated.
    case attitude = 5
    case other = 6

    /// Chinese name.
    public var zh: String {
        switch self {
        case .fees: "违规收费"
        case .address: "未按址投递"
        case .damage: "损毁或丢失"
        case .late: "延误或未通知"
        case .attitude: "服务态度"
        case .other: "其他"
        }
    }

    /// English name.
    public var en: String {
        switch self {
        case .fees: "fees"
        case .address: "address"
        case .damage: "damage"
        case .late: "late"
        case .attitude: "attitude"
        case .other: "other"
        }
    }
}

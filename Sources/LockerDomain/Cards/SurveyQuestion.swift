/// The five questions of the satisfaction survey (满意度调查, DOMAIN 4.1), in the order in which they are asked. Each is
/// answered by one digit card, 1 to 5.
public enum SurveyQuestion: String, Sendable, Codable, CaseIterable {
    /// How easy the point is to reach and to use.
    case convenience
    case timeliness
    case delivery
    case attitude
    /// How damage and loss are made good.
    case compensation

    /// Answers that count; 5 is best.
    public static let scores = 1...5

    /// Chinese name, as the county's plan has it.
    public var zh: String {
        switch self {
        case .convenience: "设置便捷性"
        case .timeliness: "时效性"
        case .delivery: "快件投递"
        case .attitude: "服务态度"
        case .compensation: "损毁(丢失)赔偿"
        }
    }

    /// English name.
    public var en: String {
        switch self {
        case .convenience: "convenience"
        case .timeliness: "timeliness"
        case .delivery: "delivery"
        case .attitude: "attitude"
        case .compensation: "compensation"
        }
    }
}

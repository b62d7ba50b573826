/// How the firms of a parcel work together (合作模式): the words of the plans for 快递进村, DOMAIN 5.1.
public enum CooperationMode: String, Sendable, Encodable, CaseIterable {
    /// The brand's own firm carries it (直营).
    case direct
    /// The post carries it (邮快合作).
    case postExpress
    /// Another courier firm carries it (快快合作).
    case expressExpress
    /// A bus or road firm carries it (交快合作).
    case transportExpress
    /// A shop or supply cooperative takes it (快商合作).
    case expressCommerce
    /// A distribution firm carries it with its own goods (快销合作).
    case expressSales
    /// One warehouse and one round for all brands of the county (统仓共配).
    case shared

    /// As plans and sheets write it.
    public var chinese: String {
        switch self {
        case .direct: "直营"
        case .postExpress: "邮快"
        case .expressExpress: "快快"
        case .transportExpress: "交快"
        case .expressCommerce: "快商"
        case .expressSales: "快销"
        case .shared: "统仓共配"
        }
    }

    /// What people write: the word on the wire, or the Chinese one with or without 合作. `nil` for any other.
    public init?(written text: String) {
        let ending = "合作"
        let word = text.hasSuffix(ending) ? String(text.dropLast(ending.count)) : text
        guard let mode = Self(rawValue: text) ?? Self.allCases.first(where: { $0.chinese == word }) else { return nil }
        self = mode
    }

    /// Every word that may be written: `邮快 postExpress, …`.
    public static var known: String { allCases.map { "\($0.chinese) \($0.rawValue)" }.joined(separator: ", ") }
}

extension CooperationMode: Decodable {
    /// Reads the word on the wire alone.
    public init(from decoder: any Decoder) throws {
        let box = try decoder.singleValueContainer()
        let text = try box.decode(String.self)
        guard let mode = Self(rawValue: text) else {
            throw DecodingError.dataCorruptedError(
                in: box,
                debugDescription: "cooperation \"\(text.prefix(40))\" is none of \(Self.known)"
            )
        }
        self = mode
    }
}

/// The part of the county that an account sees.
public enum AccountScope: Sendable, Hashable {
    /// 全县
    case county
    /// One township (乡镇) by the first nine digits of its 区划代码.
    case township(String)

    private static let digits = 9

    /// Reads `county` or the nine digits of a township.
    public init?(text: String) {
        if text == "county" {
            self = .county
        } else if text.utf8.count == Self.digits, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            self = .township(text)
        } else {
            return nil
        }
    }

    /// The text that `init(text:)` reads.
    public var text: String {
        switch self {
        case .county: "county"
        case .township(let code): code
        }
    }

    /// As people read it: `全县 county`, `乡镇 township 140525100`.
    public var shown: String {
        switch self {
        case .county: "全县 county"
        case .township(let code): "乡镇 township \(code)"
        }
    }
}

extension AccountScope: Codable {
    public init(from decoder: any Decoder) throws {
        let box = try decoder.singleValueContainer()
        guard let scope = AccountScope(text: try box.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: box, debugDescription: "neither county nor nine digits")
        }
        self = scope
    }

    public func encode(to encoder: any Encoder) throws {
        var box = encoder.singleValueContainer()
        try box.encode(text)
    }
}

import FoundationEssentials

/// Canonical JSON (RFC 8785 restricted to ASCII keys, strings, booleans and integers within ± 2⁵³−1, DESIGN 4.2).
public enum CanonicalJSON {
    /// Bytes of a value: keys sorted, slashes as they are, absent rather than null, no line feed.
    public static func encode(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(value))
    }

    /// A value from JSON bytes.
    public static func decode<Value: Decodable>(_ type: Value.Type, from bytes: [UInt8]) throws -> Value {
        try JSONDecoder().decode(type, from: Data(bytes))
    }
}

/// Any JSON value of the restricted kind, for data whose layout the reader may not know.
public enum JSONValue: Sendable, Hashable, Codable {
    case bool(Bool)
    case integer(Int64)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    public init(from decoder: any Decoder) throws {
        let box = try decoder.singleValueContainer()
        if let value = try? box.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? box.decode(Int64.self) {
            self = .integer(value)
        } else if let value = try? box.decode(String.self) {
            self = .string(value)
        } else if let value = try? box.decode([JSONValue].self) {
            self = .array(value)
        } else {
            self = .object(try box.decode([String: JSONValue].self))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var box = encoder.singleValueContainer()
        switch self {
        case .bool(let value): try box.encode(value)
        case .integer(let value): try box.encode(value)
        case .string(let value): try box.encode(value)
        case .array(let value): try box.encode(value)
        case .object(let value): try box.encode(value)
        }
    }

    /// The value of another layout.
    public func decoded<Value: Decodable>(as type: Value.Type) throws -> Value {
        try CanonicalJSON.decode(type, from: try CanonicalJSON.encode(self))
    }

    /// A value as free JSON.
    public init(encoding value: some Encodable) throws {
        self = try CanonicalJSON.decode(JSONValue.self, from: try CanonicalJSON.encode(value))
    }
}

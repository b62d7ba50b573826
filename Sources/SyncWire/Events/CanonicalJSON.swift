import FoundationEssentials
import LockerDomain
public import StationBooks

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
        // Nearly all that is read was written by `encode`. What was not, or does not fit, is the library's to judge.
        if let tape = CanonicalTape(bytes), let value = try? tape.decode(type) { return value }
        return try JSONDecoder().decode(type, from: Data(bytes))
    }
}

extension JSONValue {
    /// The value of another layout.
    public func decoded<Value: Decodable>(as type: Value.Type) throws -> Value {
        try CanonicalJSON.decode(type, from: try CanonicalJSON.encode(self))
    }

    /// A value as free JSON.
    public init(encoding value: some Encodable) throws {
        self = try CanonicalJSON.decode(JSONValue.self, from: try CanonicalJSON.encode(value))
    }
}

import FoundationEssentials
public import LockerDomain
public import StationBooks

/// A command on the wire, signed by the county over RFC 8785 of the rest (DESIGN 4.3).
public struct CommandMessage: Sendable, Hashable, Codable {
    public var id: String
    public var number: Int
    public var station: String
    /// The incarnation it is meant for; empty for any.
    public var incarnation: String
    public var type: String
    public var issued: String
    public var expires: String
    public var data: JSONValue
    /// Base64, 64 bytes.
    public var signature: String?

    public init(
        id: String,
        number: Int,
        station: String,
        incarnation: String = "",
        type: String,
        issued: String,
        expires: String,
        data: JSONValue
    ) {
        self.id = id
        self.number = number
        self.station = station
        self.incarnation = incarnation
        self.type = type
        self.issued = issued
        self.expires = expires
        self.data = data
    }

    /// The bytes that are signed.
    public var signedBytes: [UInt8] {
        get throws {
            var unsigned = self
            unsigned.signature = nil
            return try CanonicalJSON.encode(unsigned)
        }
    }

    /// The command with its signature.
    public func signed(by key: SigningKey) throws -> CommandMessage {
        var signed = self
        signed.signature = Data(try key.sign(signedBytes)).base64EncodedString()
        return signed
    }

    /// Whether the county made it for this station.
    public func isGenuine(_ key: CountyKey, station: String) -> Bool {
        guard self.station == station, let signature, let bytes = Data(base64Encoded: signature),
            let message = try? signedBytes
        else { return false }
        return key.isValid(signature: Array(bytes), of: message)
    }
}

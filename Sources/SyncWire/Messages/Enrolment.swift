import Crypto
import FoundationEssentials
public import LockerDomain

/// The one-time token a technician types at a new station: `VLE1.<station>.<secret>.<SHA-256 of the county's key>`.
public struct EnrolmentToken: Sendable, Hashable, CustomStringConvertible {
    public var station: String
    /// 32 hex digits.
    public var secret: String
    /// 64 hex digits; so the first answer already can be believed.
    public var countyKeyDigest: String

    public init(station: String, secret: String, countyKey: [UInt8]) {
        self.station = station
        self.secret = secret
        countyKeyDigest = Hex.encode(SHA256.hash(data: countyKey))
    }

    /// Reads a token; `nil` for any other text.
    public init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 4, parts[0] == "VLE1", !parts[1].isEmpty, Hex.decode(parts[2])?.count == 16,
            Hex.decode(parts[3])?.count == 32
        else { return nil }
        (station, secret, countyKeyDigest) = (parts[1], parts[2].lowercased(), parts[3].lowercased())
    }

    public var description: String { "VLE1.\(station).\(secret).\(countyKeyDigest)" }

    /// Whether this is the key that the token promises.
    public func promises(_ countyKey: [UInt8]) -> Bool {
        Hex.encode(SHA256.hash(data: countyKey)) == countyKeyDigest
    }
}

/// `POST /v1/enrolments`, signed by the new key.
public struct EnrolmentRequest: Sendable, Hashable, Codable {
    public var station: String
    public var secret: String
    /// Base64, 32 bytes.
    public var signingKey: String
    /// Base64, 32 bytes.
    public var exchangeKey: String

    public init(token: EnrolmentToken, signingKey: [UInt8], exchangeKey: [UInt8]) {
        station = token.station
        secret = token.secret
        self.signingKey = Data(signingKey).base64EncodedString()
        self.exchangeKey = Data(exchangeKey).base64EncodedString()
    }

    /// The public keys in bytes, when both are 32 long.
    public var keys: (signing: [UInt8], exchange: [UInt8])? {
        guard let signing = Data(base64Encoded: signingKey), let exchange = Data(base64Encoded: exchangeKey),
            signing.count == 32, exchange.count == 32
        else { return nil }
        return (Array(signing), Array(exchange))
    }
}

/// The county's answer to an enrolment.
public struct EnrolmentAnswer: Sendable, Hashable, Codable {
    public var station: String
    /// Base64, 32 bytes, Ed25519.
    public var countySigningKey: String
    /// Base64, 32 bytes, X25519.
    public var countyExchangeKey: String
    /// Id of K.
    public var codeKeyID: String
    /// K, sealed to the station's exchange key with the station's id as context.
    public var codeKey: ExchangeKey.Sealed
    public var pins: [PINVerifier]
    /// The county's time, RFC 3339: the first that a new station is told. Absent while the county's clock is in doubt.
    public var time: String?

    public init(
        station: String,
        countySigningKey: [UInt8],
        countyExchangeKey: [UInt8],
        codeKeyID: String,
        codeKey: ExchangeKey.Sealed,
        pins: [PINVerifier],
        time: String?
    ) {
        self.station = station
        self.countySigningKey = Data(countySigningKey).base64EncodedString()
        self.countyExchangeKey = Data(countyExchangeKey).base64EncodedString()
        self.codeKeyID = codeKeyID
        self.codeKey = codeKey
        self.pins = pins
        self.time = time
    }

    /// The county's public signing key in bytes.
    public var signingKeyBytes: [UInt8]? { Data(base64Encoded: countySigningKey).map(Array.init) }

    /// The county's public exchange key in bytes.
    public var exchangeKeyBytes: [UInt8]? { Data(base64Encoded: countyExchangeKey).map(Array.init) }
}

import Crypto

/// A scanned token: a badge signed by the county, or a pickup token under the station's code key (DESIGN 4.4).
///
/// 28 bytes, big-endian: version 1, kind, key id (4), token id (8), expiry in seconds since 1970 (4), subject (8),
/// grants (2); then the authenticator: 64 bytes of Ed25519 for a badge, 16 of HMAC-SHA-256 for a pickup token.
public struct Token: Sendable, Hashable {
    /// What the token is for; it decides who may have made it.
    public enum Kind: UInt8, Sendable {
        /// A person's badge (工牌), signed by the county.
        case badge = 1
        /// One parcel's pickup token (取件二维码).
        case pickup = 2
        /// All parcels of one recipient, for whoever shows it (代取码).
        case delegation = 3
    }

    public var kind: Kind
    /// Four bytes that name the signing key or K.
    public var keyID: [UInt8]
    /// Eight bytes that name this token for ever.
    public var id: [UInt8]
    /// Seconds since 1970.
    public var expiry: UInt32
    /// A badge: number of the person. A pickup token: `Token.subject(of:n:)`.
    public var subject: [UInt8]
    /// A badge: bit of each `Role`. A delegation token: `Token.dated`, when its id says when it was made.
    public var grants: UInt16

    /// Grants of a delegation token whose id begins with the second in which it was made.
    public static let dated: UInt16 = 1

    static let bodyBytes = 28

    public init(kind: Kind, keyID: [UInt8], id: [UInt8], expiry: UInt32, subject: [UInt8], grants: UInt16) {
        precondition(keyID.count == 4 && id.count == 8 && subject.count == 8, "token fields have fixed lengths")
        self.kind = kind
        self.keyID = keyID
        self.id = id
        self.expiry = expiry
        self.subject = subject
        self.grants = grants
    }

    /// Why a scanned token does nothing.
    public enum Fault: String, Error, Sendable, Codable {
        case malformed, unknownKey, badAuthenticator, expired, notYetEnrolled
    }

    /// The eight bytes by which a pickup token names its parcel without showing the number.
    public static func subject(of waybill: Waybill, n: UInt32) -> [UInt8] {
        SHA256.hash(data: Array((waybill.rawValue + "/" + String(n)).utf8)).withUnsafeBytes { Array($0.prefix(8)) }
    }

    /// The eight bytes by which a delegation token names a recipient.
    public static func subject(ofRecipient recipientKey: String) -> [UInt8] {
        SHA256.hash(data: Array(("recipient/" + recipientKey).utf8)).withUnsafeBytes { Array($0.prefix(8)) }
    }

    /// The id of a delegation token that says when it was made, so that the villager can take back what was given
    /// before: four bytes of seconds since 1970, four random ones.
    public static func id(issued: UInt32, random: [UInt8]) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: issued >> (24 - 8 * $0)) } + random
    }

    /// Seconds since 1970 at which a delegation token was made; `nil` when it does not say so.
    public var issued: UInt32? {
        guard kind == .delegation, grants & Self.dated != 0 else { return nil }
        return id[..<4].reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// The id as it is journalled.
    public var idText: String { Hex.encode(id) }

    /// The part that is authenticated.
    public var body: [UInt8] {
        var bytes: [UInt8] = [1, kind.rawValue]
        bytes += keyID + id
        bytes += (0..<4).map { UInt8(truncatingIfNeeded: expiry >> (24 - 8 * $0)) }
        bytes += subject + [UInt8(grants >> 8), UInt8(grants & 255)]
        return bytes
    }

    /// Whether a scan looks like a token at all: all digits behind a 9, of one of the two lengths.
    public static func looksLikeToken(_ text: String) -> Bool {
        text.utf8.first == 0x39 && textLengths.contains(text.utf8.count)
            && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }

    private static let textLengths = [
        DecimalText.length(ofBytes: bodyBytes + 64), DecimalText.length(ofBytes: bodyBytes + 16),
    ]

    /// Reads and authenticates a scanned token. Expiry is the caller's to judge, against the highest trusted time.
    public static func read(_ text: String, countyKey: CountyKey?, codeKey: CodeKey?) throws(Fault) -> Token {
        guard let bytes = DecimalText.decode(text), bytes.count > bodyBytes, bytes[0] == 1,
            let kind = Kind(rawValue: bytes[1])
        else { throw .malformed }
        let token = Token(
            kind: kind,
            keyID: Array(bytes[2..<6]),
            id: Array(bytes[6..<14]),
            expiry: bytes[14..<18].reduce(0) { $0 << 8 | UInt32($1) },
            subject: Array(bytes[18..<26]),
            grants: UInt16(bytes[26]) << 8 | UInt16(bytes[27])
        )
        let authenticator = Array(bytes[bodyBytes...])
        switch kind {
        case .badge:
            guard let countyKey else { throw .notYetEnrolled }
            guard token.keyID == countyKey.tokenKeyID else { throw .unknownKey }
            guard countyKey.isValid(signature: authenticator, of: token.body) else { throw .badAuthenticator }
        case .pickup, .delegation:
            guard let codeKey else { throw .notYetEnrolled }
            guard token.keyID == codeKey.tokenKeyID else { throw .unknownKey }
            guard authenticator.count == 16, codeKey.authenticates(authenticator, token.body)
            else { throw .badAuthenticator }
        }
        return token
    }

    /// The text of a badge's barcode.
    public func signed(by sign: ([UInt8]) throws -> [UInt8]) rethrows -> String {
        DecimalText.encode(body + (try sign(body)))
    }

    /// The text of a pickup token's barcode.
    public func authenticated(with key: CodeKey) -> String {
        DecimalText.encode(body + key.authenticator(of: body))
    }
}

extension CodeKey {
    func authenticator(of body: [UInt8]) -> [UInt8] {
        var hmac = keyed
        hmac.update(data: [0x54] + body)
        return hmac.finalize().withUnsafeBytes { Array($0.prefix(16)) }
    }

    func authenticates(_ authenticator: [UInt8], _ body: [UInt8]) -> Bool {
        // Constant time: the difference of all bytes is gathered before it is judged.
        zip(authenticator, self.authenticator(of: body)).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
}

/// The county's Ed25519 key, which signs badges, answers and commands.
public struct CountyKey: Sendable, Equatable {
    /// 32 bytes.
    public let bytes: [UInt8]
    /// First 16 hex digits of SHA-256 of the key: `keyid` of signatures (DESIGN 4.3).
    public let id: String
    /// First four bytes of it, by which a token names the key.
    public let tokenKeyID: [UInt8]
    private let key: Curve25519.Signing.PublicKey

    /// A public key of 32 bytes; `nil` for bytes that are none, and for the few under which one signature fits all messages.
    public init?(bytes: [UInt8]) {
        guard !SmallOrder.hasEdwards(bytes), let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes)
        else {
            return nil
        }
        self.bytes = bytes
        self.key = key
        let hash = SHA256.hash(data: bytes)
        id = Hex.encode(hash.prefix(8))
        tokenKeyID = Array(hash.prefix(4))
    }

    /// Whether the signature (64 bytes) of the message is this key's.
    public func isValid(signature: [UInt8], of message: [UInt8]) -> Bool {
        key.isValidSignature(signature, for: message)
    }

    public static func == (left: CountyKey, right: CountyKey) -> Bool { left.bytes == right.bytes }
}

import Crypto
import FoundationEssentials
import LockerDomain

/// An Ed25519 key pair of a station or a county. The private part never leaves its keystore.
public struct SigningKey: Sendable {
    private let key: Curve25519.Signing.PrivateKey

    /// A new random key.
    public init() { key = Curve25519.Signing.PrivateKey() }

    /// A stored key of 32 bytes; `nil` for bytes that are none.
    public init?(bytes: [UInt8]) {
        guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: Data(bytes)) else { return nil }
        self.key = key
    }

    /// The 32 private bytes, for the keystore only.
    public var privateBytes: [UInt8] { Array(key.rawRepresentation) }

    /// The 32 public bytes.
    public var publicBytes: [UInt8] { Array(key.publicKey.rawRepresentation) }

    /// `keyid`: first 16 hex digits of SHA-256 of the public key.
    public var id: String { Hex.encode(SHA256.hash(data: publicBytes).prefix(8)) }

    /// Signs a message: 64 bytes.
    public func sign(_ message: [UInt8]) throws -> [UInt8] { Array(try key.signature(for: message)) }
}

/// An X25519 key pair, to which secrets are sealed (HPKE, RFC 9180; X25519-HKDF-SHA256, ChaCha20-Poly1305).
public struct ExchangeKey: Sendable {
    private let key: Curve25519.KeyAgreement.PrivateKey
    private static var suite: HPKE.Ciphersuite { .Curve25519_SHA256_ChachaPoly }

    /// What is sealed: what was sealed for one purpose does not open for another.
    public enum Purpose: String, Sendable {
        /// The code key K of a station.
        case enrolment = "villagelocker enrolment v1"
        /// A phone number that was typed at a station.
        case contact = "villagelocker contact v1"

        fileprivate var info: Data { Data(rawValue.utf8) }
    }

    /// A new random key.
    public init() { key = Curve25519.KeyAgreement.PrivateKey() }

    /// A stored key of 32 bytes; `nil` for bytes that are none.
    public init?(bytes: [UInt8]) {
        guard let key = try? Curve25519.KeyAgreement.PrivateKey(rawRepresentation: Data(bytes)) else { return nil }
        self.key = key
    }

    /// The 32 private bytes, for the keystore only.
    public var privateBytes: [UInt8] { Array(key.rawRepresentation) }

    /// The 32 public bytes.
    public var publicBytes: [UInt8] { Array(key.publicKey.rawRepresentation) }

    /// A secret that only one key opens.
    public struct Sealed: Sendable, Hashable, Codable {
        /// Base64.
        public var encapsulatedKey: String
        /// Base64.
        public var ciphertext: String
    }

    /// Whether secrets can be sealed to a public key: 32 bytes that do not give everybody the same shared secret (RFC 7748
    /// section 6.1).
    public static func isUsable(_ publicKey: [UInt8]) -> Bool {
        guard let peer = try? Curve25519.KeyAgreement.PublicKey(rawRepresentation: Data(publicKey)),
            let shared = try? Curve25519.KeyAgreement.PrivateKey().sharedSecretFromKeyAgreement(with: peer)
        else { return false }
        return shared.withUnsafeBytes { bytes in bytes.contains { $0 != 0 } }
    }

    /// Seals a secret to a public key, bound to `context`. Throws for a key that is not usable.
    public static func seal(
        _ secret: [UInt8],
        to publicKey: [UInt8],
        context: String,
        for purpose: Purpose = .enrolment
    ) throws -> Sealed {
        guard isUsable(publicKey) else { throw CryptoKitError.incorrectParameterSize }
        let recipient = try Curve25519.KeyAgreement.PublicKey(rawRepresentation: Data(publicKey))
        var sender = try HPKE.Sender(recipientKey: recipient, ciphersuite: suite, info: purpose.info)
        let ciphertext = try sender.seal(Data(secret), authenticating: Data(context.utf8))
        return Sealed(
            encapsulatedKey: sender.encapsulatedKey.base64EncodedString(),
            ciphertext: ciphertext.base64EncodedString()
        )
    }

    /// Opens a secret sealed to this key with the same context.
    public func open(_ sealed: Sealed, context: String, for purpose: Purpose = .enrolment) throws -> [UInt8] {
        guard let encapsulated = Data(base64Encoded: sealed.encapsulatedKey),
            let ciphertext = Data(base64Encoded: sealed.ciphertext), Self.isUsable(Array(encapsulated))
        else { throw CryptoKitError.incorrectParameterSize }
        var recipient = try HPKE.Recipient(
            privateKey: key,
            ciphersuite: Self.suite,
            info: purpose.info,
            encapsulatedKey: encapsulated
        )
        return Array(try recipient.open(ciphertext, authenticating: Data(context.utf8)))
    }
}

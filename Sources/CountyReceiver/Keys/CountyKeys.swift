import CountyBooks
import Crypto
import FoundationEssentials
import LockerDomain
import SyncWire

/// The county's private keys, in files of mode 0600: `signing`, `exchange` and `secret`, 32 bytes each.
struct CountyKeys: Sendable {
    let signing: SigningKey
    let exchange: ExchangeKey
    let publicKey: CountyKey
    /// Seals the stations' code keys inside the database, so that a copy of the database alone opens no door.
    private let vault: SymmetricKey
    private let recipients: SymmetricKey

    /// - Parameter mayMake: whether keys that are missing are made, as for a county that is new.
    init(directory: String, mayMake: Bool) throws {
        try PrivateFiles.makeDirectory(directory)
        let signingPath = directory + "/signing"
        let exchangePath = directory + "/exchange"
        let signingBytes = try PrivateFiles.read(signingPath, count: 32, mayMake) { SigningKey().privateBytes }
        let exchangeBytes = try PrivateFiles.read(exchangePath, count: 32, mayMake) { ExchangeKey().privateBytes }
        let secretBytes = try PrivateFiles.read(directory + "/secret", count: 32, mayMake) { randomBytes(32) }
        let secret = SymmetricKey(data: secretBytes)
        guard let signing = SigningKey(bytes: signingBytes), let publicKey = CountyKey(bytes: signing.publicBytes)
        else {
            throw CountyFault(signingPath, "is no Ed25519 key", mend: "restore it from a backup")
        }
        guard let exchange = ExchangeKey(bytes: exchangeBytes) else {
            throw CountyFault(exchangePath, "is no X25519 key", mend: "restore it from a backup")
        }
        self.signing = signing
        self.exchange = exchange
        self.publicKey = publicKey
        vault = Self.derive(secret, "code keys at rest")
        recipients = Self.derive(secret, "recipient keys")
    }

    private static func derive(_ secret: SymmetricKey, _ purpose: String) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(inputKeyMaterial: secret, info: Data(purpose.utf8), outputByteCount: 32)
    }

    /// A code key as it is stored, bound to its station.
    func lock(_ codeKey: [UInt8], station: String) throws -> Data {
        try ChaChaPoly.seal(codeKey, using: vault, authenticating: Array(station.utf8)).combined
    }

    /// A stored code key in clear.
    func unlock(_ stored: Data, station: String) throws -> [UInt8] {
        guard let box = try? ChaChaPoly.SealedBox(combined: stored),
            let bytes = try? ChaChaPoly.open(box, using: vault, authenticating: Array(station.utf8))
        else {
            throw CountyFault(
                "code key of \(station)",
                "does not open with keys/secret",
                mend: "restore keys/ from the same backup"
            )
        }
        return Array(bytes)
    }

    /// `recipientKey` of a manifest: who has the same phone, without the phone (DESIGN 4.3).
    func recipientKey(phoneDigits: String) -> String {
        Hex.encode(HMAC<SHA256>.authenticationCode(for: Array(phoneDigits.utf8), using: recipients).prefix(16))
    }

    /// Whether a text has the form of such a key: 32 hex digits, small letters.
    static func isRecipientKey(_ text: String) -> Bool {
        text.utf8.count == 32 && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }
}

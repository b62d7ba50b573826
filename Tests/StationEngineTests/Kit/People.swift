import LockerDomain
import StationPorts
import SyncWire
import Testing

/// The county's keys, the station's K, and the badges of the people of a test.
struct People: Sendable {
    let county: SigningKey
    let countyKey: CountyKey
    let countyExchange = ExchangeKey()
    let codeKey: CodeKey
    let codeKeyBytes = [UInt8](0..<32)
    let courier: String
    let keeper: String
    let pins: [PINVerifier]
    let keyring: Keyring

    init() throws {
        county = try #require(SigningKey(bytes: [UInt8](repeating: 7, count: 32)))
        countyKey = try #require(CountyKey(bytes: county.publicBytes))
        codeKey = try #require(CodeKey(bytes: codeKeyBytes))
        let keeperID: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 2]
        courier = try Self.badge(.courier, id: [0, 0, 0, 0, 0, 0, 0, 1], county, countyKey)
        keeper = try Self.badge(.keeper, id: keeperID, county, countyKey)
        pins = [
            PINVerifier(badge: Hex.encode(keeperID), salt: "00", cost: 2, blockSize: 1, parallelism: 1, hash: "00")
        ]
        keyring = Keyring(
            signing: [UInt8](repeating: 9, count: 32),
            exchange: [UInt8](repeating: 11, count: 32),
            county: Keyring.County(
                signingKey: county.publicBytes,
                exchangeKey: countyExchange.publicBytes,
                codeKey: codeKeyBytes
            )
        )
    }

    private static func badge(_ role: Role, id: [UInt8], _ key: SigningKey, _ county: CountyKey) throws -> String {
        let token = Token(
            kind: .badge,
            keyID: county.tokenKeyID,
            id: id,
            expiry: UInt32(Bench.firstMorning / 1_000) + 86_400 * 60,
            subject: id,
            grants: role.grant
        )
        return try token.signed(by: key.sign)
    }

    func code(_ waybill: Waybill, n: UInt32 = 0) -> String { PickupCode(waybill, n: n, key: codeKey).description }

    func pickupToken(_ waybill: Waybill, n: UInt32 = 0) -> String {
        Token(
            kind: .pickup,
            keyID: codeKey.tokenKeyID,
            id: [UInt8](repeating: 3, count: 8),
            expiry: UInt32(Bench.firstMorning / 1_000) + 86_400 * 60,
            subject: Token.subject(of: waybill, n: n),
            grants: 0
        ).authenticated(with: codeKey)
    }
}

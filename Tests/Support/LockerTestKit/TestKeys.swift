import Crypto
public import LockerDomain

/// The keys of a county and of one of its stations, always the same.
public enum TestKeys {
    /// The county's signing key as its 32 private bytes. It signs badges, answers and commands.
    public static let countyBytes = [UInt8](repeating: 7, count: 32)
    /// The county's exchange key as its 32 private bytes. It opens what stations seal to the county.
    public static let countyExchangeBytes = [UInt8](repeating: 13, count: 32)
    /// The station's K as its 32 bytes: 00 01 … 1f, as in the vectors of support codes.
    public static let codeKeyBytes = [UInt8](0..<32)

    /// The county's public key, as a station knows it.
    public static let countyKey = made(county.flatMap { CountyKey(bytes: Array($0.publicKey.rawRepresentation)) })
    /// The station's K.
    public static let codeKey = made(CodeKey(bytes: codeKeyBytes))

    private static let county = try? Curve25519.Signing.PrivateKey(rawRepresentation: countyBytes)

    /// What an enrolled station holds.
    public static func credentials(pins: [PINVerifier] = []) -> Credentials {
        Credentials(countyKey: countyKey, codeKey: codeKey, pins: pins)
    }

    /// The text of a token that the county signed.
    public static func signed(_ token: Token) -> String {
        token.signed { body in Array(made(try? county?.signature(for: body))) }
    }

    /// A token as somebody signs it who has another key.
    public static func forged(_ token: Token) -> String {
        token.signed { body in Array(made(try? stranger?.signature(for: body))) }
    }

    private static let stranger = try? Curve25519.Signing.PrivateKey(
        rawRepresentation: [UInt8](repeating: 8, count: 32)
    )

    /// 32 bytes are a key, and a key signs anything.
    private static func made<Thing>(_ thing: Thing?) -> Thing {
        guard let thing else { preconditionFailure("32 bytes are a key") }
        return thing
    }
}

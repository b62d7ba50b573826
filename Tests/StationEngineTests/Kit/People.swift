import LockerDomain
import LockerTestKit
import StationPorts
import SyncWire
import Testing

/// The county's keys, the station's K, and the badges of the people of a test.
struct People: Sendable {
    let county: SigningKey
    let countyKey = TestKeys.countyKey
    let countyExchange: ExchangeKey
    let codeKey = TestKeys.codeKey
    let codeKeyBytes = TestKeys.codeKeyBytes
    let courier = TestKeys.badge(.courier, expiry: People.expiry)
    let keeper = TestKeys.badge(.keeper, expiry: People.expiry)
    let pins = [TestKeys.pin(.keeper, "00", blockSize: 1)]
    let keyring: Keyring

    /// Two months after the first morning, in seconds since 1970.
    private static let expiry = UInt32(Bench.firstMorning / 1_000) + 86_400 * 60

    init() throws {
        county = try #require(SigningKey(bytes: TestKeys.countyBytes))
        countyExchange = try #require(ExchangeKey(bytes: TestKeys.countyExchangeBytes))
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

    func code(_ waybill: Waybill, n: UInt32 = 0) -> String { TestKeys.code(waybill, n: n) }

    func pickupToken(_ waybill: Waybill) -> String { TestKeys.pickupToken(waybill, expiry: People.expiry) }
}

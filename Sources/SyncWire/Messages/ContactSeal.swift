public import LockerDomain

/// A phone number on its way from a station to the county: sealed where it is typed, opened only at the county (DESIGN
/// rule 10). The sealed bytes are what the station keeps and the body of `PUT …/contacts/{waybill}`.
public enum ContactSeal {
    /// Bytes of a sealed number at most; one of eleven digits has some 130.
    public static let sealedBytesMax = 1_024

    /// Seals a number to the county's exchange key, bound to station and waybill.
    public static func seal(
        _ phone: String,
        of waybill: Waybill,
        at station: String,
        to countyKey: [UInt8]
    ) throws -> [UInt8] {
        try CanonicalJSON.encode(
            ExchangeKey.seal(
                Array(phone.utf8),
                to: countyKey,
                context: context(waybill, station),
                for: .contact
            )
        )
    }

    /// Opens a number with the county's private key. Throws when it was sealed for another county, station or waybill.
    public static func open(
        _ bytes: [UInt8],
        of waybill: Waybill,
        at station: String,
        with key: ExchangeKey
    ) throws -> String {
        let sealed = try CanonicalJSON.decode(ExchangeKey.Sealed.self, from: bytes)
        return String(
            decoding: try key.open(sealed, context: context(waybill, station), for: .contact),
            as: UTF8.self
        )
    }

    /// Whether bytes look like a sealed number; only the county's key can tell more.
    public static func isSealed(_ bytes: [UInt8]) -> Bool {
        bytes.count <= sealedBytesMax && (try? CanonicalJSON.decode(ExchangeKey.Sealed.self, from: bytes)) != nil
    }

    private static func context(_ waybill: Waybill, _ station: String) -> String { "\(station)/\(waybill)" }
}

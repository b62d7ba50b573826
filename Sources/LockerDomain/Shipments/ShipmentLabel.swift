import Crypto

/// Numbers for shipments whose senders have no label (面单): `VL`, nine digits of the station, ten of the second, two that
/// rise, and a GS1 check digit. A journal that is lost counts from the beginning again: the second tells its labels apart.
public enum ShipmentLabel {
    /// The number of the station's label; `number` counts from 1, `wall` is in milliseconds since 1970.
    public static func waybill(station: String, number: Int, wall: Int64) -> Waybill {
        let hash = Array(SHA256.hash(data: Array(station.utf8)).prefix(8)).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let seconds = max(0, wall / 1_000) % 10_000_000_000
        let body = padded(hash % 1_000_000_000, 9) + padded(UInt64(seconds), 10) + padded(UInt64(number % 100), 2)
        let check = CheckDigit.gs1(body: Array(body.utf8))
        return Waybill(rawValue: "VL\(body)\(check)")
    }

    private static func padded(_ number: UInt64, _ digits: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
    }
}

import Crypto

/// Numbers for shipments whose senders have no label (面单): `VL`, six digits of the station, seven that rise, and a GS1
/// check digit.
public enum ShipmentLabel {
    /// The number of the station's label; `number` counts from 1.
    public static func waybill(station: String, number: Int) -> Waybill {
        let hash = Array(SHA256.hash(data: Array(station.utf8)).prefix(4)).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        let body = padded(Int(hash % 1_000_000), 6) + padded(number % 10_000_000, 7)
        let check = CheckDigit.gs1(body: Array(body.utf8))
        return Waybill(rawValue: "VL\(body)\(check)")
    }

    private static func padded(_ number: Int, _ digits: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
    }
}

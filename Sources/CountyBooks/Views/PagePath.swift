public import LockerDomain

/// Addresses of the county's pages that views lead to.
public enum PagePath {
    /// The page of a waybill.
    public static func parcel(_ waybill: Waybill) -> String { "/parcels/\(encoded(waybill.rawValue))" }

    /// The page of a station, by its id.
    public static func station(_ id: String) -> String { "/stations/\(encoded(id))" }

    /// The page of a village, by its 区划代码.
    public static func village(_ code: String) -> String { "/villages/\(encoded(code))" }

    /// A text as one segment of a path (RFC 3986): all but unreserved characters as `%2F`.
    static func encoded(_ text: String) -> String {
        let hex = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: bytes.append(byte)
            default: bytes += [0x25, hex[Int(byte >> 4)], hex[Int(byte & 0x0F)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

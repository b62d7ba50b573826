/// A web address that is the identifier of goods or of a parcel (GS1 Digital Link): `https://id.gs1.org/00/106141411234567897`.
/// Any host and any path may stand in front of the key, further keys and a query behind its value.
struct DigitalLink {
    /// Key 00: the number of a logistic unit (SSCC), 18 digits.
    private(set) var sscc: [UInt8]?
    /// Key 01: the number of goods (GTIN), 14 digits.
    private(set) var gtin: [UInt8]?

    private static let slash = UInt8(ascii: "/")
    private static let percent = UInt8(ascii: "%")
    private static let ssccDigits = 18
    private static let gtinDigits = 14
    /// Lengths of a GTIN that the standard allows or allowed.
    private static let gtinLengths: Set<Int> = [8, 12, 13, 14]

    /// Reads an address of capitals without spaces; `nil` when it is none, or none with a key and a value whose check digit
    /// is right: nearly all addresses are something else.
    init?(_ units: [UInt8]) {
        guard let path = Self.path(of: units) else { return nil }
        let parts = path.split(separator: Self.slash, omittingEmptySubsequences: false).map(Self.decoded)
        for (key, value) in zip(parts, parts.dropFirst()) {
            switch String(decoding: key, as: UTF8.self) {
            case "00", "SSCC":
                if value.count == Self.ssccDigits, GoodsCode.isChecked(value) { sscc = value }
            case "01", "GTIN":
                if Self.gtinLengths.contains(value.count), GoodsCode.isChecked(value) {
                    gtin = [UInt8](repeating: 0x30, count: Self.gtinDigits - value.count) + value
                }
            // 401, a consignment, has no check digit: any shop's page may be called so.
            default: continue
            }
            // The first is the primary key; what follows only describes it.
            if sscc != nil || gtin != nil { return }
        }
        return nil
    }

    /// What stands between the host and a query or fragment.
    private static func path(of units: [UInt8]) -> ArraySlice<UInt8>? {
        // Nearly every scan is a number.
        guard units.first == UInt8(ascii: "H"),
            let scheme = ["HTTPS://", "HTTP://"].first(where: { units.starts(with: $0.utf8) })
        else { return nil }
        let address = units.dropFirst(scheme.utf8.count).prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
        return address.firstIndex(of: slash).map { address[($0 + 1)...] }
    }

    /// A part of the path with its percent-encoded letters and digits in plain.
    private static func decoded(_ part: ArraySlice<UInt8>) -> [UInt8] {
        guard part.contains(percent) else { return Array(part) }
        var plain: [UInt8] = []
        var rest = part
        while let unit = rest.popFirst() {
            let code = Hex.decode(String(decoding: rest.prefix(2), as: UTF8.self))
            guard unit == percent, let code, code.count == 1 else {
                plain.append(unit)
                continue
            }
            plain.append(code[0].capital)
            rest = rest.dropFirst(2)
        }
        return plain
    }
}

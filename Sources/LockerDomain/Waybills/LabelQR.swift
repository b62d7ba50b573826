/// The QR code on SF's label: `MMM={'k1':'755W',…,'k5':'SF7444404156506',…}`, often behind padding. SF's own API
/// document names the fields: k1 hub, k2 depot, k3 area, k4 service, k5 waybill, k6 AB, k7 check (DOMAIN 6.2).
enum LabelQR {
    /// The waybill in such a text of capitals without spaces, `nil` when there is none.
    static func waybill(in units: [UInt8]) -> [UInt8]? {
        // Nearly every scan is a number: looked for is what no number holds.
        guard units.contains(UInt8(ascii: "{")), let body = range(of: "MMM={", in: units[...])?.upperBound else {
            return nil
        }
        let inside = units[body...].prefix { $0 != UInt8(ascii: "}") }
        guard let start = range(of: "'K5':'", in: inside)?.upperBound,
            let end = inside[start...].firstIndex(of: UInt8(ascii: "'")), start < end,
            end - start <= Limits.waybillCharactersMax,
            units[start..<end].allSatisfy({ $0.isDigit || $0.isCapital || $0 == ChildParcel.hyphen })
        else { return nil }
        return Array(units[start..<end])
    }

    private static func range(of needle: String, in units: ArraySlice<UInt8>) -> Range<Int>? {
        let length = needle.utf8.count
        guard units.count >= length else { return nil }
        return (units.startIndex...(units.endIndex - length)).first { units[$0...].starts(with: needle.utf8) }
            .map { $0..<($0 + length) }
    }
}

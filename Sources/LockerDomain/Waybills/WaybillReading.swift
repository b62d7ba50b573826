/// What a barcode probably is: ranked hints, never a refusal by pattern (DOMAIN 6: no carrier publishes a grammar).
public struct WaybillReading: Sendable, Hashable, Codable {
    /// What kind of identifier the text is.
    public enum Kind: String, Sendable, Codable {
        case waybill, s10, sscc, gtin, locker, unknown
    }

    /// A carrier that the number fits, with a confidence.
    public struct BrandHint: Sendable, Hashable, Codable {
        /// Short name of the carrier (品牌): `SF`, `YTO`.
        public var brand: String
        /// 1 … 99; they do not add up to 100.
        public var percent: Int
    }

    public var normalized: String
    public var kind: Kind
    public var brands: [BrandHint]
    public var checkDigit: CheckDigit
    public var warnings: [String]

    /// Whether a courier's scan of it is taken as a parcel's number.
    public var isWaybill: Bool { kind == .waybill || kind == .s10 || kind == .sscc }

    /// Reads a scanned or typed text.
    public init(_ raw: String) throws(ScanText.Fault) {
        let text = Self.unwrapped(try ScanText.fold(raw))
        let upper = String(decoding: text.utf8.filter { $0 != 0x20 }.map(Self.upper), as: UTF8.self)
        normalized = upper
        kind = .unknown
        brands = []
        checkDigit = .none
        warnings = []
        classify(Array(upper.utf8))
    }

    private static func upper(_ unit: UInt8) -> UInt8 { (0x61...0x7A).contains(unit) ? unit - 0x20 : unit }

    /// SF's label QR holds its waybill as `k5` inside `MMM={…}` (SF's own API document, DOMAIN 6.2).
    private static func unwrapped(_ text: String) -> String {
        let units = Array(text.utf8)
        guard let brace = find("MMM={", in: units, from: 0), let key = find("'K5':'", in: units, from: brace),
            let end = units[(key + 6)...].firstIndex(of: 0x27)
        else { return text }
        return String(decoding: units[(key + 6)..<end], as: UTF8.self)
    }

    private static func find(_ needle: StaticString, in units: [UInt8], from start: Int) -> Int? {
        let needle = Array(needle.description.utf8)
        guard units.count >= start + needle.count else { return nil }
        return (start...(units.count - needle.count)).first { index in
            zip(needle, units[index...]).allSatisfy { $0 == upper($1) }
        }
    }

    private mutating func classify(_ units: [UInt8]) {
        let digits = units.allSatisfy { (0x30...0x39).contains($0) }
        if normalized.hasPrefix("VLK1:") || Token.looksLikeToken(normalized) {
            kind = .locker
        } else if isS10(units) {
            kind = .s10
            checkDigit = CheckDigit.s10(serial: units[2..<10]) == units[10] - 0x30 ? .valid : .invalid
            brands = [BrandHint(brand: "POST", percent: 95)]
        } else if digits, units.count == 20, units.starts(with: [0x30, 0x30]) {
            kind = .sscc
            normalized = String(normalized.dropFirst(2))
            checkDigit = CheckDigit.gs1(body: units[2..<19]) == units[19] - 0x30 ? .valid : .invalid
        } else {
            brands = BrandPattern.hints(for: units)
            if digits, units.count == 13, brands.allSatisfy({ $0.percent < 60 }), isGoods(units) {
                kind = .gtin
                checkDigit = .valid
                brands = []
            } else if isPlausible(units) {
                kind = .waybill
            }
        }
        if checkDigit == .invalid { warnings.append("check digit does not fit: scan again or compare with the label") }
        if kind == .gtin { warnings.append("this is the barcode of goods, not a waybill") }
    }

    private func isS10(_ units: [UInt8]) -> Bool {
        let letters: (UInt8) -> Bool = { (0x41...0x5A).contains($0) }
        return units.count == 13 && units[..<2].allSatisfy(letters) && units[11...].allSatisfy(letters)
            && units[2..<11].allSatisfy { (0x30...0x39).contains($0) }
    }

    /// EAN-13 of goods: GS1 prefix of a country, not the postal 1 or 9 that domestic mail uses, and a right check digit.
    private func isGoods(_ units: [UInt8]) -> Bool {
        CheckDigit.gs1(body: units[..<12]) == units[12] - 0x30 && units[0] != 0x31
    }

    /// A number on a waybill holds letters, digits and hyphens, is 8 to 32 long and mostly digits; bare digits that may
    /// be a pickup code or a mobile number are none, since they may not stay on record (DESIGN rule 10).
    private func isPlausible(_ units: [UInt8]) -> Bool {
        guard (Limits.waybillCharactersMin...Limits.waybillCharactersMax).contains(units.count) else { return false }
        let digits = units.count { (0x30...0x39).contains($0) }
        let letters = units.count { (0x41...0x5A).contains($0) }
        let hyphens = units.count { $0 == 0x2D }
        let isCode = digits == units.count && digits == Limits.codeDigits
        let national =
            digits == units.count && digits == 13 && units[0] == 0x38 && units[1] == 0x36 ? units[2...] : units[...]
        let isMobile =
            digits == units.count && national.count == 11 && national.first == 0x31
            && national.dropFirst().first ?? 0 >= 0x33
        return digits + letters + hyphens == units.count && digits >= 6 && !isCode && !isMobile
    }
}

/// What a barcode probably is: ranked hints, never a refusal by pattern (DOMAIN 6: no carrier publishes a grammar).
public struct WaybillReading: Sendable, Hashable, Codable {
    /// What kind of identifier the text is.
    public enum Kind: String, Sendable, Codable {
        /// A carrier's own number.
        case waybill
        /// An item of the post (UPU S10): thirteen characters with a check digit.
        case s10
        /// A logistic unit of GS1: eighteen digits with a check digit.
        case sscc
        /// Goods (EAN, UPC, ISBN): not a parcel.
        case gtin
        /// The station's own card, badge or token.
        case locker
        /// None of them.
        case unknown
    }

    /// A carrier that the number fits, with a confidence.
    public struct BrandHint: Sendable, Hashable, Codable {
        /// Short name of the carrier (品牌): `SF`, `YTO`.
        public var brand: String
        /// 1 … 99; they do not add up to 100.
        public var percent: Int
    }

    /// The shortest spelling that reads alike: capitals, no padding, no application identifier that can be spared, no
    /// suffix that says *one of one* (`-1-1-`). Empty for an ID card or a telephone number, so that nothing can keep it
    /// (DESIGN rule 10).
    public internal(set) var normalized: String
    /// The likeliest kind.
    public internal(set) var kind: Kind
    /// Carriers, the likeliest first; empty where no pattern fits.
    public internal(set) var brands: [BrandHint]
    /// Of an S10, SSCC or GTIN; a wrong one warns and refuses nothing.
    public internal(set) var checkDigit: CheckDigit
    /// Sentences for the person who scanned; they hold nothing personal.
    public internal(set) var warnings: [String]

    /// Whether a courier's scan of it is taken as a parcel's number.
    public var isWaybill: Bool { kind == .waybill || kind == .s10 || kind == .sscc }

    /// Number of the parent waybill of a child parcel (`JDX024407261700-1-2-` → `JDX024407261700`), else `normalized`.
    public var stem: String { String(decoding: ChildParcel.stem(of: Array(normalized.utf8)), as: UTF8.self) }

    /// The first carrier, where its pattern fits well enough to stand in the books.
    public var likelyBrand: String? {
        brands.first.flatMap { $0.percent >= BrandPattern.fitsWellPercent ? $0.brand : nil }
    }

    /// Reads a scanned or typed text.
    public init(_ raw: String) throws(ScanText.Fault) {
        self.init(try ScanText(raw))
    }

    /// Reads what is left of a scan without what the scanner put around it.
    public init(_ scan: ScanText) {
        let peeling = Peeling(withoutSpaces: scan)
        let units = peeling.data.map(\.capital)
        self =
            Self.own(units) ?? Self.labelQR(units) ?? Self.linked(units) ?? Self.marked(units, peeling.symbology)
            ?? Self.plain(units)
    }

    init(_ units: [UInt8], _ kind: Kind, check: CheckDigit = .none, warnings: [String] = []) {
        normalized = String(decoding: units, as: UTF8.self)
        self.kind = kind
        brands = []
        checkDigit = check
        self.warnings = warnings
        if check == .invalid {
            self.warnings.insert("check digit does not fit: scan again or compare with the label", at: 0)
        }
    }
}

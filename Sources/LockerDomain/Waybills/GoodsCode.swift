/// Numbers of goods (GTIN: EAN-8, EAN-13 with ISBN, the 14 digits of AI 01, UPC-A), which are no waybills.
enum GoodsCode {
    /// Whether all are digits and the last is the check digit of the others.
    static func isChecked(_ units: some BidirectionalCollection<UInt8>) -> Bool {
        guard let last = units.last, units.allSatisfy(\.isDigit) else { return false }
        return CheckDigit.gs1(body: units.dropLast()) == last - 0x30
    }

    /// The number in an EAN or UPC barcode, which a scanner named as such; UPC-A gets the zero that makes it EAN-13, an
    /// add-on of two or five digits (magazines, books) is left off.
    static func ean(_ units: [UInt8]) -> [UInt8]? {
        let number =
            switch units.count {
            case 12: [0x30] + units
            case 15, 18: Array(units.prefix(13))
            default: units
            }
        return (number.count == 8 || number.count == 13) && isChecked(number) ? number : nil
    }

    /// Whether digits of an unnamed barcode are a number of goods. A parcel refused is worse than goods taken, so no
    /// carrier's pattern may fit; eight digits are rather a pickup code unless China (GS1 69) gave them; and twelve are
    /// rather an old waybill than UPC-A, which hardly any goods in China carry: one in ten has its check digit by chance.
    static func isGoods(_ units: [UInt8], fitsCarrier: Bool) -> Bool {
        guard !fitsCarrier else { return false }
        switch units.count {
        case 8: return units.starts(with: "69".utf8) && isChecked(units)
        case 13: return isChecked(units)
        case 16: return units.starts(with: "01".utf8) && isChecked(units.dropFirst(2))
        default: return false
        }
    }

    /// Whether a number that is taken as a waybill may well be that of goods: a book (978, 979), or a carrier's pattern
    /// that says little.
    static func isDoubtful(_ units: [UInt8], fitsWell: Bool) -> Bool {
        guard units.count == 12 || units.count == 13, isChecked(units) else { return false }
        let isBook = units.count == 13 && (units.starts(with: "978".utf8) || units.starts(with: "979".utf8))
        return isBook || !fitsWell
    }
}

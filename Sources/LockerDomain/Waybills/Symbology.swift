/// A symbology identifier of AIM (ISO/IEC 15424): `]`, a letter that names the barcode type and a digit, which some
/// scanners send in front of the data (DOMAIN 5.4).
struct Symbology: Sendable, Hashable {
    /// The letter as sent: `e` (GS1 DataBar) and `E` (EAN) are two types.
    var letter: UInt8
    /// ASCII digit of the variant.
    var modifier: UInt8

    /// Whether the data are GS1 element strings: `]C1` GS1-128, `]Q3` GS1 QR, `]d2` GS1 DataMatrix, `]e…` GS1 DataBar,
    /// `]J1` GS1 DotCode.
    var isGS1: Bool {
        switch (letter, modifier) {
        case (UInt8(ascii: "C"), UInt8(ascii: "1")), (UInt8(ascii: "Q"), UInt8(ascii: "3")): true
        case (UInt8(ascii: "d"), UInt8(ascii: "2")), (UInt8(ascii: "J"), UInt8(ascii: "1")): true
        default: letter == UInt8(ascii: "e")
        }
    }

    /// Whether only goods carry it: `]E…` EAN and UPC, `]X…` Bookland EAN of some makers.
    var isGoods: Bool { letter == UInt8(ascii: "E") || letter == UInt8(ascii: "X") }

    /// The three characters.
    var units: [UInt8] { [UInt8(ascii: "]"), letter, modifier] }

    /// The identifier that a text begins with, if it does.
    init?(prefixOf units: ArraySlice<UInt8>) {
        let head = Array(units.prefix(3))
        guard head.count == 3, head[0] == UInt8(ascii: "]"), head[1].isLetter, head[2].isDigit else { return nil }
        letter = head[1]
        modifier = head[2]
    }

    /// Takes padding and identifiers off a scan. Only an identifier that says how to read the rest is handed back.
    static func peel(_ units: ArraySlice<UInt8>) -> (symbology: Symbology?, data: ArraySlice<UInt8>) {
        var symbology: Symbology?
        var data = trimmed(units)
        while let next = Symbology(prefixOf: data) {
            symbology = next.isGS1 || next.isGoods ? next : symbology
            data = trimmed(data.dropFirst(3))
        }
        return (symbology, data)
    }

    /// Without white space, Code 39 asterisks and FNC1 (GS) at both ends.
    private static func trimmed(_ units: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let isPadding: (UInt8) -> Bool = { $0 == 0x20 || $0 == UInt8(ascii: "*") || $0 == ElementString.separator }
        guard let last = units.lastIndex(where: { !isPadding($0) }) else { return units[units.endIndex...] }
        return units[...last].drop(while: isPadding)
    }
}

extension UInt8 {
    /// Whether it is an ASCII digit.
    var isDigit: Bool { (0x30...0x39).contains(self) }

    /// Whether it is an ASCII capital.
    var isCapital: Bool { (0x41...0x5A).contains(self) }

    /// Whether it is an ASCII letter.
    var isLetter: Bool { (self | 0x20) >= 0x61 && (self | 0x20) <= 0x7A }

    /// The capital of an ASCII letter; everything else unchanged.
    var capital: UInt8 { (0x61...0x7A).contains(self) ? self - 0x20 : self }
}

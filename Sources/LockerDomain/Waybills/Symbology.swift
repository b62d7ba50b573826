/// A symbology identifier of AIM (ISO/IEC 15424): `]`, a letter that names the barcode type and a modifier, which some
/// scanners send in front of the data (DOMAIN 5.4).
struct Symbology: Sendable, Hashable {
    /// Any barcode of GS1 element strings: they are read alike, whichever scanner sent them.
    static let gs1 = Symbology(letter: UInt8(ascii: "C"), modifier: UInt8(ascii: "1"))
    /// Any barcode that only goods carry.
    static let goods = Symbology(letter: UInt8(ascii: "E"), modifier: UInt8(ascii: "0"))

    static let identifierCharacters = 3

    /// The letter as sent: `e` (GS1 DataBar) and `E` (EAN) are two types.
    var letter: UInt8
    /// ASCII digit of the variant; Aztec Code has also `A` to `C`.
    var modifier: UInt8

    /// Whether the data are GS1 element strings: GS1-128, GS1 QR, GS1 DataMatrix, PDF417 in place of GS1-128, Aztec, GS1
    /// DotCode and, whatever its modifier, GS1 DataBar.
    var isGS1: Bool {
        switch type {
        case "C": "1".utf8.contains(modifier)
        case "Q": "34".utf8.contains(modifier)
        case "d": "25".utf8.contains(modifier)
        case "L": "3".utf8.contains(modifier)
        case "z": "147A".utf8.contains(modifier)
        case "J": "14".utf8.contains(modifier)
        default: type == "e"
        }
    }

    /// Whether only goods carry it: `]E…` EAN and UPC, `]X…` Bookland EAN of some makers.
    var isGoods: Bool { type == "E" || type == "X" }

    /// Whether it is Codabar.
    var isCodabar: Bool { type == "F" }

    /// Whether the data are in the ECI protocol (`ExtendedChannel`).
    var hasChannel: Bool {
        switch type {
        case "Q": "246".utf8.contains(modifier)
        case "d": "456".utf8.contains(modifier)
        case "L", "h": "1".utf8.contains(modifier)
        case "z": "3459AB".utf8.contains(modifier)
        case "J": "345".utf8.contains(modifier)
        default: false
        }
    }

    /// Whether the last character is the check character of Code 39, which other scanners keep to themselves.
    var hasCheckCharacter: Bool { type == "A" && "15".utf8.contains(modifier) }

    /// Whether the character in front of the last letter is the check character of Codabar; `]F4` says that it is off already.
    var hasCodabarCheck: Bool { type == "F" && "2".utf8.contains(modifier) }

    /// The three characters.
    var units: [UInt8] { [UInt8(ascii: "]"), letter, modifier] }

    private var type: Unicode.Scalar { Unicode.Scalar(letter) }

    private init(letter: UInt8, modifier: UInt8) {
        self.letter = letter
        self.modifier = modifier
    }

    /// The identifier that a text begins with, if it does.
    init?(prefixOf units: ArraySlice<UInt8>) {
        let head = Array(units.prefix(Self.identifierCharacters))
        guard head.count == Self.identifierCharacters, head[0] == UInt8(ascii: "]"), head[1].isLetter,
            head[2].isDigit || head[1] == UInt8(ascii: "z") && "ABC".utf8.contains(head[2])
        else { return nil }
        self.init(letter: head[1], modifier: head[2])
    }
}

extension UInt8 {
    /// Whether it is an ASCII digit.
    package var isDigit: Bool { (0x30...0x39).contains(self) }

    /// Whether it is an ASCII capital.
    var isCapital: Bool { (0x41...0x5A).contains(self) }

    /// Whether it is an ASCII letter.
    package var isLetter: Bool { (self | 0x20) >= 0x61 && (self | 0x20) <= 0x7A }

    /// The capital of an ASCII letter; everything else unchanged.
    var capital: UInt8 { (0x61...0x7A).contains(self) ? self - 0x20 : self }
}

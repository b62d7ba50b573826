/// Takes off a scan what scanners put around the data (DOMAIN 5.4, 5.5, 6.2), again and again until nothing is left of it:
/// white space, FNC1 (GS), AIM identifiers, ECI designators, start and stop characters of Code 39 and Codabar. What says how
/// to read the rest is used. Prefixes and suffixes of set-up codes are the configuration's (`[[scanner]] prefix`): nothing is
/// guessed.
struct Peeling {
    /// How the data are to be read, where an identifier or FNC1 in first position says so.
    private(set) var symbology: Symbology?
    /// What is left.
    private(set) var data: ArraySlice<UInt8>
    /// Whether backslashes are single again.
    private var isDecoded = false
    /// The identifier of Code 39 that says that its check character was sent along.
    private var hasCheckCharacter = false
    /// Whether the identifier says that the barcode is Codabar.
    private var isCodabar = false
    /// The identifier of Codabar that says that its check character was sent along.
    private var hasCodabarCheck = false

    /// Takes everything off a scan.
    init(ofScan units: [UInt8]) {
        data = units[...]
        decodeChannel(isCertain: false)
        takeOffAll()
    }

    /// Takes off once more what came to the ends when the spaces inside were dropped.
    init(withoutSpaces scan: ScanText) {
        symbology = scan.symbology
        isDecoded = true
        data = scan.text.utf8.filter { $0 != 0x20 }[...]
        takeOffAll()
    }

    private mutating func takeOffAll() {
        var before = Int.max
        while data.count < before {
            before = data.count
            takeOffSeparators()
            takeOffIdentifier()
            takeOffCodabar()
            takeOffEnds { $0 == UInt8(ascii: "*") }
            if data.count == before { takeOffCheckCharacter() }
        }
    }

    private mutating func takeOffCheckCharacter() {
        guard hasCheckCharacter, let last = data.last, data.count > 1,
            CheckDigit.code39(body: data.dropLast()) == last
        else { return }
        hasCheckCharacter = false
        data = data.dropLast()
    }

    private mutating func takeOffEnds(where isPadding: (UInt8) -> Bool) {
        guard let last = data.lastIndex(where: { !isPadding($0) }) else {
            data = data[data.endIndex...]
            return
        }
        data = data[...last].drop(while: isPadding)
    }

    /// White space, and FNC1 as scanners send it: in first position it marks a GS1 barcode, as `]C1` does.
    private mutating func takeOffSeparators() {
        let isSeparator: (UInt8) -> Bool = { $0 == 0x20 || $0 == ElementString.separator }
        if data.prefix(while: isSeparator).contains(ElementString.separator) { symbology = symbology ?? .gs1 }
        takeOffEnds(where: isSeparator)
    }

    private mutating func takeOffIdentifier() {
        guard let identifier = Symbology(prefixOf: data) else { return }
        data = data.dropFirst(Symbology.identifierCharacters)
        if identifier.isGS1 { symbology = .gs1 }
        if identifier.isGoods { symbology = .goods }
        if identifier.isCodabar { isCodabar = true }
        if identifier.hasCodabarCheck { hasCodabarCheck = true }
        if identifier.hasCheckCharacter { hasCheckCharacter = true }
        if identifier.hasChannel { decodeChannel(isCertain: true) }
    }

    private mutating func decodeChannel(isCertain: Bool) {
        guard !isDecoded, let decoded = ExtendedChannel.decode(data, isCertain: isCertain) else { return }
        data = decoded[...]
        isDecoded = true
    }

    private mutating func takeOffCodabar() {
        if hasCodabarCheck, let unchecked = Codabar.withoutCheckCharacter(data) {
            hasCodabarCheck = false
            data = unchecked[...]
        }
        guard let number = Codabar.number(in: data, isNamed: isCodabar) else { return }
        data = number
    }
}

/// Start and stop characters of Codabar (NW-7): letters that many scanners send along.
enum Codabar {
    /// Whether a character may start or stop a Codabar symbol: `A` to `D` in capitals or small letters, or the other set of
    /// the standard, `t`, `n`, `*` and `e`.
    static func isMark(_ unit: UInt8) -> Bool { isLetter(unit) || isOther(unit) }

    /// The number between two such characters of one set; `nil` when there are none. Between them stand digits alone, and
    /// as many as a waybill has at least unless the scanner named the barcode: `A12B` is somebody's word.
    static func number(in units: ArraySlice<UInt8>, isNamed: Bool) -> ArraySlice<UInt8>? {
        guard let first = units.first, let last = units.last, units.count > 2,
            isLetter(first) && isLetter(last) || isOther(first) && isOther(last)
        else { return nil }
        let number = units.dropFirst().dropLast()
        guard isNamed || number.count >= Limits.waybillCharactersMin, number.allSatisfy(\.isDigit) else { return nil }
        return number
    }

    /// Without the check character in front of the last letter; `nil` where the values of all characters make no multiple of
    /// sixteen. The letters count, so that a scanner that keeps them to itself leaves nothing to check.
    static func withoutCheckCharacter(_ units: ArraySlice<UInt8>) -> [UInt8]? {
        guard let first = units.first, let last = units.last, units.count > 3, isLetter(first), isLetter(last) else {
            return nil
        }
        var sum = 0
        for unit in units {
            guard let value = characters.firstIndex(of: unit.capital) else { return nil }
            sum += value
        }
        return sum.isMultiple(of: 16) ? units.dropLast(2) + [last] : nil
    }

    /// By their values.
    private static let characters = Array("0123456789-$:/.+ABCD".utf8)

    private static func isLetter(_ unit: UInt8) -> Bool { (0x41...0x44).contains(unit.capital) }
    private static func isOther(_ unit: UInt8) -> Bool { "tn*e".utf8.contains(unit) }
}

/// Text in the ECI protocol of AIM (Extended Channel Interpretation): `\` and six digits say how what follows was encoded
/// (`\000026` is UTF-8), and a backslash of the data is doubled.
enum ExtendedChannel {
    static let backslash = UInt8(ascii: "\\")
    private static let designatorDigits = 6

    /// The data alone; `nil` when nothing says that the text is in this protocol: neither a designator in it nor, for
    /// certain, the identifier in front of it.
    static func decode(_ units: ArraySlice<UInt8>, isCertain: Bool) -> [UInt8]? {
        guard units.contains(backslash) else { return nil }
        var data: [UInt8] = []
        var isDesignated = false
        var rest = units
        while let unit = rest.popFirst() {
            guard unit == backslash else {
                data.append(unit)
                continue
            }
            let number = rest.prefix(designatorDigits)
            if number.count == designatorDigits, number.allSatisfy(\.isDigit) {
                isDesignated = true
                rest = rest.dropFirst(designatorDigits)
            } else {
                if rest.first == backslash { rest = rest.dropFirst() }
                data.append(backslash)
            }
        }
        return isDesignated || isCertain ? data : nil
    }
}

/// The data of a GS1 barcode: fields, each behind its application identifier (AI), as a scanner sends them
/// (`]C1` data) or as they are printed below the bars: `(00)106141411234567897`.
struct ElementString {
    /// FNC1 between two fields, as scanners send it: the ASCII control character GS.
    static let separator: UInt8 = 0x1D

    /// AI 00: the number of a logistic unit (SSCC), 18 digits.
    private(set) var sscc: [UInt8]?
    /// AI 01, else 02: the number of goods (GTIN), 14 digits.
    private(set) var gtin: [UInt8]?
    /// AI 401: the number of a consignment (GINC), given by the carrier.
    private(set) var ginc: [UInt8]?

    /// Reads every field, `nil` when the text is none of the two forms.
    init?(_ units: [UInt8]) {
        let isRead = units.first == UInt8(ascii: "(") ? readPrinted(units) : readSent(units)
        guard isRead else { return nil }
    }

    /// Length of a field with its AI, by the first two digits of the AI, where GS1 has fixed it for ever (GS1 General
    /// Specifications, section 7.8, predefined lengths). All other fields end with GS or with the data.
    private static func fixedLength(_ first: UInt8, _ second: UInt8) -> Int? {
        switch (first - 0x30) * 10 + (second - 0x30) {
        case 0: 20
        case 1, 2, 3, 41: 16
        case 4: 18
        case 11...19: 8
        case 20: 4
        case 31...36: 10
        default: nil
        }
    }

    /// Whether GS1 has given out application identifiers that begin as the data do. Names and addresses (43…) do not count:
    /// a number is none of them.
    static func isAssigned(_ units: [UInt8]) -> Bool {
        guard units.count > 2, units[0].isDigit, units[1].isDigit else { return false }
        return switch (units[0] - 0x30) * 10 + (units[1] - 0x30) {
        case 0...4, 10...13, 15...17, 20...25, 30...37, 39...42, 70...72, 80...82, 90...99: true
        default: false
        }
    }

    private mutating func readSent(_ units: [UInt8]) -> Bool {
        var start = 0
        while start < units.count {
            guard units[start] != Self.separator else {
                start += 1
                continue
            }
            guard start + 2 < units.count, units[start].isDigit, units[start + 1].isDigit else { return false }
            let end: Int
            if let length = Self.fixedLength(units[start], units[start + 1]) {
                end = start + length
                guard end <= units.count, units[start..<end].allSatisfy(\.isDigit) else { return false }
            } else {
                end = units[start...].firstIndex(of: Self.separator) ?? units.count
            }
            let identifierLength = units[start..<end].starts(with: "401".utf8) ? 3 : 2
            keep(units[(start + identifierLength)..<end], of: units[start..<(start + identifierLength)])
            start = end
        }
        return true
    }

    private mutating func readPrinted(_ units: [UInt8]) -> Bool {
        guard var identifier = Self.identifier(in: units, at: 0) else { return false }
        var start = identifier.upperBound + 1
        for index in start..<units.count where units[index] == UInt8(ascii: "(") {
            guard index >= start, let next = Self.identifier(in: units, at: index) else { continue }
            keep(units[start..<index], of: units[identifier])
            identifier = next
            start = next.upperBound + 1
        }
        keep(units[start...], of: units[identifier])
        return true
    }

    /// The two to four digits in parentheses at a place; parentheses may also stand inside a field.
    private static func identifier(in units: [UInt8], at open: Int) -> Range<Int>? {
        let digits = units[(open + 1)...].prefix(5).prefix(while: \.isDigit)
        guard (2...4).contains(digits.count), digits.endIndex < units.count, units[digits.endIndex] == UInt8(ascii: ")")
        else { return nil }
        return digits.startIndex..<digits.endIndex
    }

    /// Keeps a field that matters, the first of its kind. A field with a wrong length is none.
    private mutating func keep(_ field: ArraySlice<UInt8>, of identifier: ArraySlice<UInt8>) {
        let value = Array(field.prefix { $0 != Self.separator })
        switch String(decoding: identifier, as: UTF8.self) {
        case "00": if value.count == 18, value.allSatisfy(\.isDigit) { sscc = sscc ?? value }
        case "01", "02": if value.count == 14, value.allSatisfy(\.isDigit) { gtin = gtin ?? value }
        case "401": if !value.isEmpty { ginc = ginc ?? value }
        default: break
        }
    }
}

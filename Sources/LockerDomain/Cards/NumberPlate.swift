/// The number plate of a vehicle (机动车号牌, GA 36). People read `晋E12345`; a barcode and a keyboard carry `SX-E12345`, with the
/// two letters of the province in GB/T 2260 in place of its character, and `SX-E1234-GUA` for a trailer's `晋E1234挂`.
public struct NumberPlate: Sendable, Hashable, CustomStringConvertible {
    /// As it stands on the vehicle, without the dot in it.
    public let description: String
    /// The same in printable ASCII.
    public let ascii: String

    /// The one table: the character on the plate, and the letters of the province.
    private static let provinces: [(character: Character, letters: String)] = [
        ("京", "BJ"), ("津", "TJ"), ("冀", "HE"), ("晋", "SX"), ("蒙", "NM"), ("辽", "LN"), ("吉", "JL"), ("黑", "HL"),
        ("沪", "SH"), ("苏", "JS"), ("浙", "ZJ"), ("皖", "AH"), ("闽", "FJ"), ("赣", "JX"), ("鲁", "SD"), ("豫", "HA"),
        ("鄂", "HB"), ("湘", "HN"), ("粤", "GD"), ("桂", "GX"), ("琼", "HI"), ("渝", "CQ"), ("川", "SC"), ("贵", "GZ"),
        ("云", "YN"), ("藏", "XZ"), ("陕", "SN"), ("甘", "GS"), ("青", "QH"), ("宁", "NX"), ("新", "XJ"),
    ]
    /// Characters at the end: trailers, police, learners, vehicles from Hong Kong and Macao, consulates.
    private static let endings: [(character: Character, letters: String)] = [
        ("挂", "GUA"), ("警", "JING"), ("学", "XUE"), ("港", "GANG"), ("澳", "AO"), ("领", "LING"),
    ]
    /// Characters behind the letter of the place: five, six of a new-energy vehicle; four or five in front of an ending.
    private static let serialCharacters = 5...6
    private static let serialCharactersBeforeEnding = 4...5
    /// Digits among them at the least; else it is somebody's word.
    private static let serialDigitsMin = 3
    /// What people and printers put between the letter and the rest.
    private static let dots: Set<Character> = ["·", "•", "・", "-", " "]

    /// Reads a plate in either spelling, in capitals or small letters; `nil` for what is none.
    public init?(_ text: String) {
        let capitals = text.uppercased()
        guard let parts = Self.chinese(capitals) ?? Self.latin(capitals),
            Self.isPlausible(parts.number, hasEnding: parts.ending != nil)
        else { return nil }
        description =
            String(parts.province.character) + parts.number + (parts.ending.map { String($0.character) } ?? "")
        ascii = parts.province.letters + "-" + parts.number + (parts.ending.map { "-" + $0.letters } ?? "")
    }

    private typealias Sign = (character: Character, letters: String)
    private typealias Parts = (province: Sign, number: String, ending: Sign?)

    /// `晋E·12345`, `晋E1234挂`
    private static func chinese(_ text: String) -> Parts? {
        guard let first = text.first, let province = provinces.first(where: { $0.character == first }) else {
            return nil
        }
        let ending = endings.first { $0.character == text.last }
        let number = text.dropFirst().dropLast(ending == nil ? 0 : 1)
        return (province, number.filter { !dots.contains($0) }, ending)
    }

    /// `SX-E12345`, `SX-E1234-GUA`
    private static func latin(_ text: String) -> Parts? {
        let words = text.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
        guard words.count == 2 || words.count == 3, let province = provinces.first(where: { $0.letters == words[0] })
        else { return nil }
        guard words.count == 3 else { return (province, words[1], nil) }
        return endings.first { $0.letters == words[2] }.map { (province, words[1], $0) }
    }

    /// A letter for the place, then letters and digits; I and O are on no plate but for the police's O in first place.
    private static func isPlausible(_ number: String, hasEnding: Bool) -> Bool {
        let units = Array(number.utf8)
        guard let place = units.first, place.isCapital, place != UInt8(ascii: "I") else { return false }
        let serial = units.dropFirst()
        return (hasEnding ? serialCharactersBeforeEnding : serialCharacters).contains(serial.count)
            && serial.count(where: \.isDigit) >= serialDigitsMin
            && serial.allSatisfy { $0.isDigit || $0.isCapital && $0 != UInt8(ascii: "I") && $0 != UInt8(ascii: "O") }
    }
}

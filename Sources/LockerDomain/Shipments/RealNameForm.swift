/// The form of the number that stands for a real-name record (实名收寄): who issued it, then the number. Four digits prove that
/// somebody pressed keys; a number with its issuer can be looked up by an inspector.
public struct RealNameForm: Sendable, Hashable, Codable {
    /// Issuers whose numbers count, in capitals; empty: any. Bare digits, as a number pad types them, are a number of the first.
    public var issuers: [String] = []
    /// Characters of the whole at the least.
    public var charactersMin = 8

    /// An issuer's name: letters and digits.
    public static let issuerCharacters = 2...12

    public init() {}

    /// Why a text is no such number.
    public enum Fault: Error, Sendable, Hashable {
        case noIssuer, tooShort
    }

    /// The number as it is kept.
    public func number(_ text: String) throws(Fault) -> String {
        let isBare = text.utf8.allSatisfy(\.isDigit)
        let number = isBare ? (issuers.first ?? "") + text : text
        guard hasIssuer(Array(number.uppercased().utf8)) else { throw .noIssuer }
        guard number.utf8.count >= charactersMin else { throw .tooShort }
        return number
    }

    /// A number that would be taken: for those who ask how.
    public var example: String { (issuers.first ?? "SM") + "20260512" }

    private func hasIssuer(_ units: [UInt8]) -> Bool {
        guard issuers.isEmpty else {
            return issuers.contains { units.starts(with: $0.utf8) && isNumber(units.dropFirst($0.utf8.count)) }
        }
        // Either letters, or letters and digits up to a hyphen: a number pad has a hyphen and no letters.
        let name = units.prefix { $0.isDigit || $0.isCapital }
        let isEnded = name.count < units.count && units[name.count] == ChildParcel.hyphen
        let issuer = isEnded ? name : units.prefix(while: \.isCapital)
        return Self.issuerCharacters.contains(issuer.count) && isNumber(units.dropFirst(issuer.count))
    }

    private func isNumber(_ units: ArraySlice<UInt8>) -> Bool { units.contains(where: \.isDigit) }
}

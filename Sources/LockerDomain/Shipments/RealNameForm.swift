/// The form of the number that stands for a real-name record (实名收寄): who issued it, then the number. Four digits prove that
/// somebody pressed keys; a number with its issuer can be looked up by an inspector.
public struct RealNameForm: Sendable, Hashable, Codable {
    /// Issuers whose numbers count, in capitals; empty: any. Bare digits that begin with none of them, as a number pad types
    /// them, are a number of the first.
    public var issuers: [String] = []
    /// Letters and digits behind the issuer at the least: what the station itself puts in front counts for nothing.
    public var charactersMin = 8

    /// An issuer's name: letters and digits.
    public static let issuerCharacters = 2...12

    public init() {}

    /// Why a text is no such number.
    public enum Fault: Error, Sendable, Hashable {
        case noIssuer, tooShort
    }

    /// The number as it is kept; a number that is kept is kept unchanged.
    public func number(_ text: String) throws(Fault) -> String {
        let isBare = text.utf8.allSatisfy(\.isDigit) && issuer(of: text) == nil
        let number = isBare ? (issuers.first ?? "") + text : text
        guard let issuer = issuer(of: number) else { throw .noIssuer }
        let characters = number.utf8.dropFirst(issuer).count { $0.isDigit || $0.isLetter }
        guard characters >= charactersMin else { throw .tooShort }
        return number
    }

    /// A number that would be taken: for those who ask how.
    public var example: String {
        let number = "20260512"
        let zeros = String(repeating: "0", count: max(0, charactersMin - number.utf8.count))
        return (issuers.first ?? "SM") + number + zeros
    }

    /// Characters of the issuer in front of a number; `nil` without either.
    private func issuer(of text: String) -> Int? {
        let units = Array(text.uppercased().utf8)
        let fitting = issuers.filter { units.starts(with: $0.utf8) }.map(\.utf8.count)
        let lengths = issuers.isEmpty ? [anyIssuer(units)] : fitting
        // `AYD2026` is of AYD, also where AY issues numbers.
        guard let length = lengths.max(), Self.issuerCharacters.contains(length),
            units.dropFirst(length).contains(where: \.isDigit)
        else { return nil }
        return length
    }

    /// Letters, or letters and digits up to a hyphen: a number pad has a hyphen and no letters.
    private func anyIssuer(_ units: [UInt8]) -> Int {
        let letters = units.prefix(while: \.isCapital).count
        guard !Self.issuerCharacters.contains(letters) else { return letters }
        let name = units.prefix { $0.isDigit || $0.isCapital }.count
        return name < units.count && units[name] == ChildParcel.hyphen ? name : letters
    }
}

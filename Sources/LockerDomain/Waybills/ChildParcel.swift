/// Suffixes by which carriers number the parcels of one waybill (子母件): `-1-2-` of JD, `-0001` of DBL, `-001`.
enum ChildParcel {
    static let hyphen = UInt8(ascii: "-")

    /// The parent's number: all before a suffix of digits and hyphens, or the whole when there is none or when what is
    /// before it is too short for a number.
    static func stem(of units: [UInt8]) -> ArraySlice<UInt8> {
        guard let cut = units.firstIndex(of: hyphen), cut >= Limits.waybillCharactersMin,
            units[cut...].contains(where: \.isDigit),
            units[cut...].allSatisfy({ $0.isDigit || $0 == hyphen })
        else { return units[...] }
        return units[..<cut]
    }
}

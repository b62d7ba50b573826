/// What came out of a scanner, folded to comparable text.
public enum ScanText {
    /// Why a scan cannot be read at all.
    public enum Fault: String, Error, Sendable {
        case empty, tooLong, controlBytes
    }

    /// Folds full-width characters to ASCII, and drops padding: white space, invisible characters of copied text, Code 39
    /// asterisks, the line ends that scanners add (DOMAIN 6.2), and AIM identifiers (DOMAIN 5.4) except those that say
    /// how to read the rest (GS1, EAN). `GS` (0x1D) inside is kept: it ends GS1 fields.
    public static func fold(_ raw: String) throws(Fault) -> String {
        guard
            raw.utf8.count <= Limits.scanCharactersMax
                || raw.utf8.count <= 4 * Limits.scanCharactersMax
                    && raw.unicodeScalars.count <= Limits.scanCharactersMax
        else { throw .tooLong }
        // Nearly every scan is plain already: nothing to fold, no identifier and no padding at its ends.
        if raw.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "*") }), let first = raw.utf8.first,
            first != UInt8(ascii: "]")
        {
            return raw
        }
        var scalars = String.UnicodeScalarView()
        for scalar in raw.unicodeScalars {
            if let folded = try fold(scalar) { scalars.append(folded) }
        }
        let (symbology, data) = Symbology.peel(Array(String(scalars).utf8)[...])
        guard !data.isEmpty else { throw .empty }
        return String(decoding: (symbology?.units ?? []) + data, as: UTF8.self)
    }

    /// The character that one stands for; `nil` when it stands for none.
    private static func fold(_ scalar: Unicode.Scalar) throws(Fault) -> Unicode.Scalar? {
        switch scalar.value {
        case 0x20...0x7E, 0x1D: return scalar
        case 0x09, 0x0A, 0x0D, 0xA0, 0x3000: return " "
        case 0x00..<0x20, 0x7F: throw .controlBytes
        case 0xFF01...0xFF5E: return Unicode.Scalar(scalar.value - 0xFEE0)
        // Zero-width spaces, joiners and direction marks come along when a number is copied out of a chat.
        case 0xFEFF, 0x200B...0x200F, 0x202A...0x202E, 0x2060: return nil
        // Dashes that look like the hyphen of a child parcel.
        case 0x2010...0x2015, 0x2212: return "-"
        default: return scalar
        }
    }
}

/// What came out of a scanner, folded to comparable text.
public enum ScanText {
    /// Why a scan cannot be read at all.
    public enum Fault: String, Error, Sendable {
        case empty, tooLong, controlBytes
    }

    /// Folds full-width characters to ASCII, letters to upper case, and drops padding: white space, Code 39 asterisks
    /// and the line ends that scanners add (DOMAIN 6.2). `GS` (0x1D) inside is kept: it ends GS1 fields.
    public static func fold(_ raw: String) throws(Fault) -> String {
        guard raw.utf8.count <= 4 * Limits.scanCharactersMax, raw.unicodeScalars.count <= Limits.scanCharactersMax
        else { throw .tooLong }
        var scalars: [Unicode.Scalar] = []
        for scalar in raw.unicodeScalars {
            switch scalar.value {
            case 0xFF01...0xFF5E:
                if let folded = Unicode.Scalar(scalar.value - 0xFEE0) { scalars.append(folded) }
            case 0x3000: scalars.append(" ")
            case 0x09, 0x0A, 0x0D, 0x20, 0xA0, 0xFEFF: scalars.append(" ")
            case 0x1D: scalars.append(scalar)
            case 0x00..<0x20, 0x7F: throw .controlBytes
            default: scalars.append(scalar)
            }
        }
        let padding: Set<Unicode.Scalar> = [" ", "*", "\u{1D}"]
        while let last = scalars.last, padding.contains(last) { scalars.removeLast() }
        let body = scalars.drop { padding.contains($0) }
        guard !body.isEmpty else { throw .empty }
        var text = String.UnicodeScalarView()
        text.append(contentsOf: body)
        return String(text)
    }
}

/// What came out of a scanner or was typed: the data as comparable text, without what the scanner put around them.
///
/// Everything that reads a scan (waybill, badge, token, card, code, reference, bag, seal) reads this: no label becomes two
/// numbers because of the scanner.
public struct ScanText: Sendable, Hashable {
    /// Why a scan cannot be read at all.
    public enum Fault: String, Error, Sendable {
        case empty, tooLong, controlBytes
    }

    /// The data. `GS` (0x1D) inside is kept, because it ends GS1 fields, and so are spaces.
    public let text: String
    /// How the data are to be read, where the scanner said so.
    let symbology: Symbology?

    /// Folds full-width characters to ASCII and takes off what stands around the data: white space, invisible characters
    /// of copied text and what scanners add (`Peeling`).
    public init(_ raw: String) throws(Fault) {
        guard
            raw.utf8.count <= Limits.scanCharactersMax
                || raw.utf8.count <= 4 * Limits.scanCharactersMax
                    && raw.unicodeScalars.count <= Limits.scanCharactersMax
        else { throw .tooLong }
        // Nearly every scan is plain already: nothing to fold, and nothing at its ends that a scanner adds.
        if Self.isPlain(raw.utf8) {
            text = raw
            symbology = nil
            return
        }
        var scalars = String.UnicodeScalarView()
        for scalar in raw.unicodeScalars {
            if let folded = try Self.fold(scalar) { scalars.append(folded) }
        }
        let peeling = Peeling(ofScan: Array(String(scalars).utf8))
        guard !peeling.data.isEmpty else { throw .empty }
        text = String(decoding: peeling.data, as: UTF8.self)
        symbology = peeling.symbology
    }

    /// Printable ASCII in which nothing can be found to fold or to take off.
    private static func isPlain(_ units: String.UTF8View) -> Bool {
        guard let first = units.first, let last = units.last, first != UInt8(ascii: "]") else { return false }
        return !(Codabar.isMark(first) && Codabar.isMark(last))
            && units.allSatisfy {
                (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "*") && $0 != ExtendedChannel.backslash
            }
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

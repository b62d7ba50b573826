/// What the card of a run says: `0700`, or `0700:XIN-3:晋E12345` with the route and the vehicle. Its barcode carries the number
/// plate as `SX-E12345`, which a keyboard can type; a scan may bring either.
package struct RunCard: Sendable, Hashable {
    package var id: String
    package var route: String?
    /// A number plate as people read it, else any name.
    package var vehicle: String?

    package init(_ words: String) {
        let parts = Self.parts(of: words)
        id = parts[0]
        route = parts.count > 1 && !parts[1].isEmpty ? parts[1] : nil
        vehicle = parts.count > 2 && !parts[2].isEmpty ? NumberPlate(parts[2])?.description ?? parts[2] : nil
    }

    /// The words with the plate as people read it.
    static func readable(_ words: String) -> String { Self.words(words, plate: \.description) }

    /// The words with the plate as a barcode carries it.
    static func printable(_ words: String) -> String { Self.words(words, plate: \.ascii) }

    private static func words(_ words: String, plate spelling: (NumberPlate) -> String) -> String {
        var parts = parts(of: words)
        guard parts.count > 2, let plate = NumberPlate(parts[2]) else { return words }
        parts[2] = spelling(plate)
        return parts.joined(separator: ":")
    }

    private static func parts(of words: String) -> [String] {
        words.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
    }
}

/// The id of a station, as `station.toml`, enrolment tokens, paths of the wire and manifests hold it: one rule for both ends.
public enum StationID {
    /// The station of the example configuration that a package brings: it is no real one, its doors are simulated, and
    /// its journal lies in a folder of its own, so that nothing of it comes into a county's books.
    public static let example = "example-0000"

    /// What to write, for messages.
    public static let form =
        "1 to \(Limits.stationIDCharactersMax) lower-case letters, digits and hyphens, as in yc-beiliu-0231"

    /// Whether a station may have this id.
    public static func isValid(_ text: String) -> Bool {
        (1...Limits.stationIDCharactersMax).contains(text.utf8.count)
            && text.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
    }
}

/// What the journal can take.
public enum Storage: String, Sendable, Codable {
    case ok
    /// Only pickups: the reserve of DESIGN rule 6 is in use.
    case reserve
    /// Nothing can be written: only the mechanical key opens.
    case failed
}

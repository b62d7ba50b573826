/// From when and up to when the books know stations. Of one that waits to be folded anew they know neither: what it sent late
/// may be of any day.
struct StationSpans {
    private let known: [String: StationStanding]

    init(_ standings: [StationStanding]) {
        known = Dictionary(standings.filter { !$0.isWaiting }.map { ($0.station, $0) }) { first, _ in first }
    }

    /// Wall time up to which the chain of a station is here; `nil` when nothing is.
    func reaches(_ station: String) -> Int64? { known[station]?.reaches }

    /// Wall time of the first dated event of a station; `nil` where that is not known.
    func began(_ station: String) -> Int64? { known[station]?.began }
}

import LockerDomain

/// Changes of registers after which a station would stand at two sites at once: two clerks who each add a site with it, or a
/// row that is withdrawn and lets the one before it go on.
public enum RegisterClash {
    /// For stores, which ask in the transaction that keeps the changes. What stood so before is nobody's fault now.
    ///
    /// - Parameters:
    ///   - before: all rows that held before the changes.
    ///   - after: all rows that hold after them.
    /// - Throws: `CountyFault` that names a station and its two sites.
    public static func check(_ before: [DatedRow], _ after: [DatedRow]) throws(CountyFault) {
        let known = Set(StationClaims(before).clashes.map { Names($0) })
        guard let clash = StationClaims(after).clashes.first(where: { !known.contains(Names($0)) }) else { return }
        let day = clash.day == .min ? nil : "\(CivilDay(number: clash.day))"
        let sites = clash.sites.joined(separator: ", ")
        throw CountyFault(
            "station \(clash.station)",
            "would stand at two sites at once\(day.map { " from \($0)" } ?? ""), \(sites) "
                + "站点 \(clash.station)\(day.map { " 从 \($0) 起" } ?? "")会同时属于网点 \(sites)",
            mend: "take it out of one of the two, or write from which day it moves 请从其一删去，或填写迁移的生效日期"
        )
    }

    /// A clash without its day, which may move.
    private struct Names: Hashable {
        var station: String
        var sites: [String]

        init(_ clash: StationClaims.Clash) { (station, sites) = (clash.station, clash.sites) }
    }
}

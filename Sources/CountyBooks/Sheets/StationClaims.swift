import LockerDomain
import OfficeSheets

/// Which site has a station when: one at a time, however a sheet changes it.
struct StationClaims {
    /// A station of a site from a day until the next row of the site.
    private struct Claim {
        var site: String
        var from: Int64
        /// The first day behind it.
        var end: Int64
        /// Row of the sheet; `nil` for what is registered.
        var row: Int?
    }

    private var claims: [String: [Claim]] = [:]

    /// - Parameters:
    ///   - lines: rows of a sheet of sites. One for a day for which the site is registered takes the place of that row, and
    ///     one without a day that of the newest.
    ///   - known: stations that it does not know are left out, so that no fault shows what a cell holds.
    init(_ lines: [RegisterSheet.Line], against known: RegisterNames) {
        var sites: [String: [Int64: (stations: [String], row: Int?)]] = [:]
        for dated in known.sites.values.joined() {
            guard case .site(let site) = dated.row else { continue }
            sites[site.number, default: [:]][dated.validFrom?.number ?? .min] = (site.stations, nil)
        }
        let newest = sites.compactMapValues { $0.keys.max() }
        for line in lines {
            guard case .site(let site) = line.dated.row else { continue }
            let day = line.dated.validFrom?.number ?? newest[site.number] ?? .min
            sites[site.number, default: [:]][day] = (site.stations, line.row)
        }
        for (site, days) in sites {
            add(site, days.mapValues { (Array(known.stations.intersection($0.stations)), $0.row) })
        }
    }

    /// The rows of a register as they stand.
    init(_ rows: [DatedRow]) {
        var sites: [String: [Int64: (stations: [String], row: Int?)]] = [:]
        for dated in rows {
            guard case .site(let site) = dated.row else { continue }
            sites[site.number, default: [:]][dated.validFrom?.number ?? .min] = (site.stations, nil)
        }
        for (site, days) in sites { add(site, days) }
    }

    /// - Parameter days: stations of a site by the day from which it has them.
    private mutating func add(_ site: String, _ days: [Int64: (stations: [String], row: Int?)]) {
        let sorted = days.sorted { $0.key < $1.key }
        for (index, day) in sorted.enumerated() {
            let end = index + 1 < sorted.count ? sorted[index + 1].key : .max
            for station in Set(day.value.stations) {
                claims[station, default: []].append(Claim(site: site, from: day.key, end: end, row: day.value.row))
            }
        }
    }

    /// A station that two sites have at the same time.
    struct Clash: Hashable {
        var station: String
        /// Numbers of the sites, the smaller first.
        var sites: [String]
        /// The first day, counted from 1970-01-01, on which both have it; the least number there is for ever since.
        var day: Int64
    }

    /// All of them, by station.
    var clashes: [Clash] {
        claims.sorted { $0.key < $1.key }.flatMap { station, claims in
            var (last, clashes): ([Claim], [Clash]) = ([], [])
            for claim in claims.sorted(by: { ($0.from, $0.site) < ($1.from, $1.site) }) {
                if let other = last.first(where: { $0.site != claim.site && $0.end > claim.from }) {
                    clashes.append(
                        Clash(station: station, sites: [other.site, claim.site].sorted(), day: claim.from)
                    )
                }
                last = Self.longest(last + [claim])
            }
            return clashes
        }
    }

    /// A fault for each row of the sheet with a station that another site has at the same time.
    ///
    /// - Parameter fault: makes one of a row, a cause and a hint.
    func faults(_ fault: (Int, String, String) -> SheetFault) -> [SheetFault] {
        var faults: [SheetFault] = []
        for (station, claims) in claims.sorted(by: { $0.key < $1.key }) where claims.count > 1 {
            var last: [Claim] = []
            var named: Set<Int> = []
            for claim in claims.sorted(by: { ($0.from, $0.site) < ($1.from, $1.site) }) {
                if let other = last.first(where: { $0.site != claim.site && $0.end > claim.from }),
                    let row = claim.row ?? other.row, named.insert(row).inserted
                {
                    faults.append(fault(row, Self.cause(station, claim.row == nil ? claim : other), Self.mend))
                }
                last = Self.longest(last + [claim])
            }
        }
        return faults
    }

    private static let mend =
        "take it out of one of the two, or write in both sites' rows from which day it moves 请从其一删去，或在两个网点的行都填写迁移的生效日期"

    private static func cause(_ station: String, _ other: Claim) -> String {
        let place = other.row.map { "the site of row \($0)" } ?? "site \(other.site)"
        let chinese = other.row.map { "第 \($0) 行的网点" } ?? "网点 \(other.site) "
        return "has \(station), which \(place) has at the same time 站点 \(station) 与\(chinese)同一时间重复登记"
    }

    /// The claim that lasts longest, and the longest one of another site: no other can be in the way of a later claim.
    private static func longest(_ claims: [Claim]) -> [Claim] {
        let sorted = claims.sorted { $0.end > $1.end }
        guard let first = sorted.first else { return [] }
        return [first] + sorted.filter { $0.site != first.site }.prefix(1)
    }
}

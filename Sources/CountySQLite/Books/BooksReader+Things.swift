public import CountyBooks
import GRDB
import LockerDomain

extension BooksReader {
    public func visits(_ query: VisitQuery) throws -> [VisitOfStation] {
        try read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT \(VisitRow.columns(of: "v")), s.id FROM visit v JOIN station s ON s.number = v.station
                    WHERE (v.day BETWEEN ?1 AND ?2 OR v.day IS NULL AND v.arrivedAt >= ?6 AND v.arrivedAt < ?7)
                        AND (?3 IS NULL OR s.id = ?3) AND (?4 IS NULL OR v.route = ?4)
                    ORDER BY v.arrivedAt DESC LIMIT ?5
                    """,
                arguments: [
                    query.days.lowerBound, query.days.upperBound, query.station, query.route, Self.bounded(query.limit),
                    ReportPeriod.wall(ofDay: query.days.lowerBound),
                    ReportPeriod.wall(ofDay: query.days.upperBound + 1),
                ]
            ).map { VisitOfStation(station: $0[VisitRow.count], visit: VisitRow.read($0)) }
        }
    }

    public func troubles(_ query: TroubleQuery) throws -> [TroubleOfStation] {
        let kinds = query.kinds.isEmpty ? Set(Trouble.Kind.allCases) : query.kinds
        let words = kinds.map { "'\($0.rawValue)'" }.sorted().joined(separator: ", ")
        return try read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT \(TroubleRow.columns(of: "t")), s.id FROM trouble t JOIN station s ON s.number = t.station
                    WHERE (?1 IS NULL OR s.id = ?1) AND (?2 = 0 OR t.until IS NULL) AND t.kind IN (\(words))
                    ORDER BY t.begin DESC LIMIT ?3
                    """,
                arguments: [query.station, query.isOpen, Self.bounded(query.limit)]
            ).compactMap { row in
                TroubleRow.read(row).map { TroubleOfStation(station: row[TroubleRow.count], trouble: $0) }
            }
        }
    }

    public func voices(of station: String?, _ days: ClosedRange<Int64>, limit: Int) throws -> [VoiceOfStation] {
        let (from, to) = (ReportPeriod.wall(ofDay: days.lowerBound), ReportPeriod.wall(ofDay: days.upperBound + 1))
        return try read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT \(VoiceRow.columns(of: "v")), s.id FROM voice v JOIN station s ON s.number = v.station
                    WHERE v.at >= ?1 AND v.at < ?2 AND (?3 IS NULL OR s.id = ?3) ORDER BY v.at DESC LIMIT ?4
                    """,
                arguments: [from, to, station, Self.bounded(limit)]
            ).map { VoiceOfStation(station: $0[VoiceRow.count], voice: VoiceRow.read($0)) }
        }
    }

    public func doors(of station: String) throws -> [DoorStanding] {
        try read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT \(DoorRow.columns) FROM door d JOIN station s ON s.number = d.station
                    WHERE s.id = ? AND (outOfService IS NOT NULL OR unknownContents IS NOT NULL) ORDER BY door
                    """,
                arguments: [station]
            ).map(DoorRow.read)
        }
    }

    private static func bounded(_ limit: Int) -> Int { min(max(limit, 0), CountySQLiteLimits.rowsMax) }
}

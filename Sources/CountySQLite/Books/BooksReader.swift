public import CountyBooks
import FoundationEssentials
import GRDB
import LockerDomain
import SyncWire

/// The books of `books.sqlite`, for pages and commands.
public struct BooksReader: BooksReading {
    let keeper: BooksKeeper

    public init(_ keeper: BooksKeeper) { self.keeper = keeper }

    func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
        do {
            return try keeper.pool.read(body)
        } catch let error as DatabaseError {
            throw CountyFault(
                keeper.file.path,
                "\(error.message ?? "\(error.resultCode)")",
                mend: "type: county-server rebuild"
            )
        }
    }

    public func state() throws -> BooksState {
        let through = try read { try BooksKeeper.through($0) }
        let newest = try keeper.source.newest()
        let quarantined = try keeper.source.pool.read {
            try Int.fetchOne($0, sql: "SELECT count(*) FROM event WHERE quarantined = 1") ?? 0
        }
        return BooksState(
            through: through,
            newest: newest,
            isRebuilding: newest - through > CountySQLiteLimits.behindEventsMax,
            quarantined: quarantined
        )
    }

    public func extract(_ period: CountyPeriod) throws -> BooksExtract { try extract(period, withPieces: true) }

    public func days(_ period: CountyPeriod) throws -> BooksExtract { try extract(period, withPieces: false) }

    private func extract(_ period: CountyPeriod, withPieces: Bool) throws -> BooksExtract {
        try read { db in
            var extract = BooksExtract(period: period, through: try BooksKeeper.through(db))
            extract.stations = try Self.standings(db)
            extract.days = try Self.days(db, period.days)
            extract.drifts = try Self.drifts(db, period.days)
            if withPieces { extract.pieces = try Self.pieces(db, period.days) }
            return extract
        }
    }

    private static func standings(_ db: Database) throws -> [StationStanding] {
        try Row.fetchAll(db, sql: "SELECT id, reaches, began FROM station ORDER BY id")
            .map { StationStanding(station: $0[0], reaches: $0[1], began: $0[2]) }
    }

    private static func days(_ db: Database, _ days: ClosedRange<Int64>) throws -> [String: [StationDay]] {
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT s.id, d.day, d.runs, d.watched, d.mayHaveRun FROM day d JOIN station s ON s.number = d.station
                WHERE d.day BETWEEN ? AND ? ORDER BY d.day
                """,
            arguments: [days.lowerBound, days.upperBound]
        )
        var byStation: [String: [StationDay]] = [:]
        while let row = try rows.next() {
            var day = StationDay(day: row[1])
            (day.runs, day.watchedMilliseconds, day.mayHaveRun) = (row[2], row[3], row[4])
            byStation[row[0], default: []].append(day)
        }
        return byStation
    }

    /// Stretches without a clock that lie in the days, or may.
    static func drifts(_ db: Database, _ days: ClosedRange<Int64>) throws -> [Int64: Drift] {
        let rows = try Row.fetchAll(
            db,
            sql: "SELECT number, first, last FROM drift WHERE ifnull(first, ?1) <= ?2 AND ifnull(last, ?2) >= ?1",
            arguments: [days.lowerBound, days.upperBound]
        )
        return Dictionary(
            uniqueKeysWithValues: rows.map { ($0[0], Drift(number: $0[0], first: $0[1], last: $0[2])) }
        )
    }

    /// What selects rows of a period: its days, and the stretches that it may hold.
    static let inPeriod = """
        (mark BETWEEN ?1 AND ?2 OR mark IN
            (SELECT -number FROM drift WHERE ifnull(first, ?1) <= ?2 AND ifnull(last, ?2) >= ?1))
        """

    private static func pieces(_ db: Database, _ days: ClosedRange<Int64>) throws -> [StationPiece] {
        let names = try Row.fetchAll(db, sql: "SELECT number, id FROM station")
        let stations = Dictionary(uniqueKeysWithValues: names.map { ($0[0] as Int64, $0[1] as String) })
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT mark, station, waybill, figure, takesOff, brand, village, count FROM counted WHERE \(inPeriod)
                """,
            arguments: [days.lowerBound, days.upperBound]
        )
        var pieces: [StationPiece] = []
        while let row = try rows.next() {
            guard let mark = DayMark(rawValue: row[0]), let figure = ReportFigure(rawValue: row[3]) else { continue }
            let (station, village): (Int64, String) = (row[1], row[6])
            pieces.append(
                StationPiece(
                    station: stations[station] ?? "",
                    waybill: Waybill(rawValue: row[2]),
                    mark: mark,
                    takesOff: DayMark(rawValue: row[4]),
                    brand: row[5],
                    village: village.isEmpty ? nil : village,
                    figure: figure,
                    count: row[7]
                )
            )
        }
        return pieces
    }

    public func figures(
        of station: String?,
        _ period: CountyPeriod,
        named names: [String]
    ) throws -> [StationFigures] {
        try read { db in
            let drifts = try Self.drifts(db, period.days)
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT s.id, f.mark, f.takesOff, f.brand, f.direction, f.village, f.figure, f.word, f.count
                    FROM figure f JOIN station s ON s.number = f.station
                    WHERE f.figure IN (SELECT value FROM json_each(?4)) AND \(Self.inPeriod)
                        AND (?3 IS NULL OR s.id = ?3)
                    """,
                arguments: [
                    period.days.lowerBound, period.days.upperBound, station,
                    String(decoding: try CanonicalJSON.encode(names), as: UTF8.self),
                ]
            )
            var figures: [StationFigures] = []
            while let row = try rows.next() {
                guard let mark = DayMark(rawValue: row[1]) else { continue }
                let takesOff = DayMark(rawValue: row[2])
                // What another period counted stays there.
                if let takesOff, !period.holds(takesOff, drifts) { continue }
                let (brand, direction, village, word): (String, String, String, String) = (
                    row[3], row[4], row[5], row[7]
                )
                let key = FigureKey(
                    mark: mark,
                    takesOff: takesOff,
                    brand: direction.isEmpty ? nil : brand,
                    direction: Direction(rawValue: direction),
                    village: village.isEmpty ? nil : village,
                    figure: row[6],
                    word: word.isEmpty ? nil : word
                )
                let isUncertain = !period.holds(mark, drifts)
                figures.append(StationFigures(station: row[0], key: key, count: row[8], isUncertain: isUncertain))
            }
            return figures
        }
    }

    public func holdings() throws -> [StationHoldings] {
        try read { db in
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT s.id, w.waiting, w.overdue, w.oldest, w.outbound,
                        (SELECT count(*) FROM door d WHERE d.station = s.number
                            AND (d.outOfService IS NOT NULL OR d.unknownContents IS NOT NULL)),
                        (SELECT count(*) FROM trouble t WHERE t.station = s.number AND t.kind = ? AND t.until IS NULL)
                    FROM station s LEFT JOIN (
                        SELECT station, sum(state = ?) AS waiting, sum(state = ? AND overdueAt IS NOT NULL) AS overdue,
                            min(iif(state = ?, storedAt, NULL)) AS oldest, sum(state IN (?, ?)) AS outbound
                        FROM piece WHERE isAtSite = 1 GROUP BY station
                    ) w ON w.station = s.number ORDER BY s.id
                    """,
                arguments: StatementArguments(
                    [Trouble.Kind.cameraOffline.rawValue]
                        + [.stored, .stored, .stored, .accepted, .waiting].map { (state: Piece.State) in state.rawValue
                        }
                )
            )
            return rows.map { row in
                var holdings = StationHoldings(station: row[0])
                (holdings.waiting, holdings.overdue) = (row[1] ?? 0, row[2] ?? 0)
                (holdings.oldest, holdings.outbound) = (row[3], row[4] ?? 0)
                (holdings.doorsOut, holdings.camerasOff) = (row[5], row[6])
                return holdings
            }
        }
    }
}

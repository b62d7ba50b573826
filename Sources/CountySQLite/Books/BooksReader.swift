public import CountyBooks
import FoundationEssentials
import GRDB
import LockerDomain
import StationBooks
import SyncWire

/// The books of `books.sqlite`, for pages and commands. Its copies share what they keep in memory.
public struct BooksReader: BooksReading {
    let keeper: BooksKeeper
    let kept = Kept()

    /// Rows of days that were read.
    final class Kept: Sendable {
        let days = MarkCache<(station: String, day: StationDay)>(rowsMax: CountySQLiteLimits.keptDaysMax)
        let pieces = MarkCache<StationPiece>(rowsMax: CountySQLiteLimits.keptPiecesMax)
        let figures = MarkCache<StationFigures>(rowsMax: CountySQLiteLimits.keptFiguresMax)
        let sums = MarkCache<DaySum>(rowsMax: CountySQLiteLimits.keptSumsMax)
    }

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
        let (through, isBeingMade) = try read { (try BooksKeeper.through($0), try BooksKeeper.isBeingMade($0)) }
        let newest = try keeper.source.newest()
        let quarantined = try keeper.source.pool.read {
            try Int.fetchOne($0, sql: "SELECT count(*) FROM event WHERE quarantined = 1") ?? 0
        }
        return BooksState(
            through: through,
            newest: newest,
            isRebuilding: isBeingMade,
            quarantined: quarantined
        )
    }

    public func catchUp() throws {
        try keeper.catchUp()
        try keeper.refoldWaiting()
    }

    public func changes() throws -> Int64 {
        try read { db in
            // Books that were made anew begin to count again.
            let turn = try Int64.fetchOne(db, sql: "SELECT ifnull(max(turn), 0) FROM changed") ?? 0
            return turn ^ (try Int64.fetchOne(db, sql: "SELECT id FROM identity") ?? 0)
        }
    }

    public func extract(_ period: CountyPeriod) throws -> BooksExtract { try extract(period, withPieces: true) }

    public func days(_ period: CountyPeriod) throws -> BooksExtract { try extract(period, withPieces: false) }

    private func extract(_ period: CountyPeriod, withPieces: Bool) throws -> BooksExtract {
        try read { db in
            var extract = BooksExtract(period: period, through: try BooksKeeper.through(db))
            extract.stations = try Self.standings(db)
            extract.days = try days(db, period.days)
            extract.drifts = try Self.drifts(db, period.days)
            if withPieces { extract.pieces = try pieces(db, period.days, extract.drifts) }
            return extract
        }
    }

    private static func standings(_ db: Database) throws -> [StationStanding] {
        try Row.fetchAll(db, sql: "SELECT id, reaches, began, waits FROM station ORDER BY id").map { row in
            var standing = StationStanding(station: row[0], reaches: row[1], began: row[2])
            standing.isWaiting = row[3]
            return standing
        }
    }

    private func days(_ db: Database, _ days: ClosedRange<Int64>) throws -> [String: [StationDay]] {
        let rows = try kept.days.rows(db, "day", days) { day in
            let rows = try Row.fetchAll(
                db.cachedStatement(
                    sql: """
                        SELECT s.id, d.day, d.runs, d.watched, d.mayHaveRun, d.isLossy FROM day d
                        JOIN station s ON s.number = d.station WHERE d.day = ?
                        """
                ),
                arguments: [day]
            )
            return rows.map { row in
                var day = StationDay(day: row[1])
                (day.runs, day.watchedMilliseconds, day.mayHaveRun, day.isLossy) = (row[2], row[3], row[4], row[5])
                return (row[0], day)
            }
        }
        var byStation: [String: [StationDay]] = [:]
        for day in rows {
            for row in day { byStation[row.station, default: []].append(row.day) }
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

    /// The marks of stretches in a statement.
    private static func marks(_ drifts: [Int64: Drift]) throws -> String {
        let marks = drifts.keys.map { DayMark.drift($0).rawValue }.sorted()
        return String(decoding: try CanonicalJSON.encode(marks), as: UTF8.self)
    }

    private static let inMarks = "IN (SELECT value FROM json_each(?))"

    private func pieces(
        _ db: Database,
        _ days: ClosedRange<Int64>,
        _ drifts: [Int64: Drift]
    ) throws -> [StationPiece] {
        let names = try Row.fetchAll(db, sql: "SELECT number, id FROM station")
        let stations = Dictionary(uniqueKeysWithValues: names.map { ($0[0] as Int64, $0[1] as String) })
        let columns =
            "SELECT mark, station, waybill, figure, takesOff, brand, village, count, operator FROM counted WHERE mark"
        func read(_ condition: String, _ argument: any DatabaseValueConvertible) throws -> [StationPiece] {
            let rows = try Row.fetchCursor(
                db.cachedStatement(sql: "\(columns) \(condition)"),
                arguments: [argument]
            )
            var pieces: [StationPiece] = []
            while let row = try rows.next() {
                if let piece = Self.piece(row, stations) { pieces.append(piece) }
            }
            return pieces
        }
        let ofDays = try kept.pieces.rows(db, "counted", days) { try read("= ?", $0) }
        let undated = drifts.isEmpty ? [] : try read(Self.inMarks, Self.marks(drifts))
        return Array(ofDays.joined()) + undated
    }

    private static func piece(_ row: Row, _ stations: [Int64: String]) -> StationPiece? {
        guard let mark = DayMark(rawValue: row[0]), let figure = ReportFigure(rawValue: row[3]) else { return nil }
        let (station, village, operatorName): (Int64, String, String) = (row[1], row[6], row[8])
        return StationPiece(
            station: stations[station] ?? "",
            waybill: Waybill(rawValue: row[2]),
            mark: mark,
            takesOff: DayMark(rawValue: row[4]),
            brand: row[5],
            village: village.isEmpty ? nil : village,
            operatorName: operatorName.isEmpty ? nil : operatorName,
            figure: figure,
            count: row[7]
        )
    }

    public func figures(
        of station: String?,
        _ period: CountyPeriod,
        named names: [String]
    ) throws -> [StationFigures] {
        try read { db in
            let drifts = try Self.drifts(db, period.days)
            let list = String(decoding: try CanonicalJSON.encode(names), as: UTF8.self)
            func read(_ condition: String, _ argument: any DatabaseValueConvertible) throws -> [StationFigures] {
                let rows = try Row.fetchCursor(
                    db.cachedStatement(
                        sql: """
                            SELECT s.id, f.mark, f.takesOff, f.brand, f.direction, f.village, f.figure, f.word, f.count,
                                f.operator
                            FROM figure f JOIN station s ON s.number = f.station
                            WHERE f.mark \(condition) AND f.figure IN (SELECT value FROM json_each(?))
                            """
                    ),
                    arguments: [argument, list]
                )
                var figures: [StationFigures] = []
                while let row = try rows.next() {
                    if let figure = Self.figure(row) { figures.append(figure) }
                }
                return figures
            }
            let ofDays = try kept.figures.rows(db, list, period.days) { try read("= ?", $0) }
            let undated = drifts.isEmpty ? [] : try read(Self.inMarks, Self.marks(drifts))
            var figures: [StationFigures] = []
            figures.reserveCapacity(ofDays.reduce(undated.count) { $0 + $1.count })
            for var figure in [ofDays.joined(), [undated].joined()].joined() {
                if let station, figure.station != station { continue }
                // What another period counted stays there.
                if let takesOff = figure.key.takesOff, !period.holds(takesOff, drifts) { continue }
                figure.isUncertain = !period.holds(figure.key.mark, drifts)
                figures.append(figure)
            }
            return figures
        }
    }

    private static func figure(_ row: Row) -> StationFigures? {
        guard let mark = DayMark(rawValue: row[1]) else { return nil }
        let (brand, direction, village, word): (String, String, String, String) = (row[3], row[4], row[5], row[7])
        let operatorName: String = row[9]
        let key = FigureKey(
            mark: mark,
            takesOff: DayMark(rawValue: row[2]),
            brand: direction.isEmpty ? nil : brand,
            direction: Direction(rawValue: direction),
            village: village.isEmpty ? nil : village,
            operatorName: operatorName.isEmpty ? nil : operatorName,
            figure: row[6],
            word: word.isEmpty ? nil : word
        )
        return StationFigures(station: row[0], key: key, count: row[8], isUncertain: false)
    }

    public func waitingSince() throws -> [Int64?] {
        try read { db in
            try Int64?.fetchAll(
                db,
                sql: """
                    SELECT coalesce(storedAt, arrivedAt) FROM piece
                    WHERE isAtSite = 1 AND state = ? AND direction = ?
                    """,
                arguments: [Piece.State.stored.rawValue, Direction.inbound.rawValue]
            )
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

import CountyBooks
import GRDB
import LockerDomain
import SyncWire

/// The rows of one station's books within one transaction. What is read or written stays in memory until `flush`, so that a
/// page of events writes each row once.
final class BooksLedger: StationLedger {
    typealias Failure = any Error

    let db: Database
    /// Its number in the books.
    let station: Int64
    private let lines: (Int64) throws -> EventLine?

    private var pieces: [Waybill: Piece?] = [:]
    private var steps: [Waybill: CountedStep?] = [:]
    private var days: [Int64: StationDay] = [:]
    private var counts: [FigureKey: Int] = [:]
    private var changedPieces: Set<Waybill> = []
    private var changedSteps: Set<Waybill> = []
    private var changedDays: Set<Int64> = []
    private var traces: [(waybill: Waybill, number: Int64)] = []
    private var countedPieces: [CountedPiece] = []
    /// Marks whose rows were changed beside those of `counts` and `changedDays`.
    private var changedMarks: Set<Int64> = []

    /// - Parameter lines: reads a line of the station by its number.
    init(_ db: Database, station: Int64, lines: @escaping (Int64) throws -> EventLine?) {
        (self.db, self.station, self.lines) = (db, station, lines)
    }

    func line(_ number: Int64) throws -> EventLine? { try lines(number) }

    func piece(_ waybill: Waybill) throws -> Piece? {
        if let known = pieces[waybill] { return known }
        let piece = try PieceRow.find(db, station: station, waybill: waybill)
        pieces[waybill] = .some(piece)
        return piece
    }

    func keep(_ piece: Piece?, of waybill: Waybill) {
        pieces[waybill] = .some(piece)
        changedPieces.insert(waybill)
    }

    func step(of waybill: Waybill) throws -> CountedStep? {
        if let known = steps[waybill] { return known }
        let step = try StepRow.find(db, station: station, waybill: waybill)
        steps[waybill] = .some(step)
        return step
    }

    func keep(_ step: CountedStep?, of waybill: Waybill) {
        steps[waybill] = .some(step)
        changedSteps.insert(waybill)
    }

    func trace(_ waybill: Waybill, _ number: Int64) { traces.append((waybill, number)) }

    func add(_ count: Int, _ key: FigureKey) { counts[key] = (counts[key] ?? 0).clampedAdding(count) }

    func add(_ piece: CountedPiece) {
        changedMarks.insert(piece.key.mark.rawValue)
        countedPieces.append(piece)
    }

    func day(_ day: Int64) throws -> StationDay? {
        if let known = days[day] { return known }
        let statement = try db.cachedStatement(
            sql: "SELECT runs, watched, mayHaveRun, isLossy FROM day WHERE day = ? AND station = ?"
        )
        guard let row = try Row.fetchOne(statement, arguments: [day, station]) else { return nil }
        var kept = StationDay(day: day)
        (kept.runs, kept.watchedMilliseconds, kept.mayHaveRun, kept.isLossy) = (row[0], row[1], row[2], row[3])
        days[day] = kept
        return kept
    }

    func keep(_ day: StationDay) {
        days[day.day] = day
        changedDays.insert(day.day)
    }

    func keep(_ drift: Drift) throws {
        try db.execute(
            sql: """
                INSERT INTO drift (number, station, first, last) VALUES (?1, ?2, ?3, ?4)
                ON CONFLICT DO UPDATE SET first = ?3, last = ?4
                """,
            arguments: [drift.number, station, drift.first, drift.last]
        )
    }

    private static let trace = RowInsert("INSERT OR IGNORE INTO trace (waybill, number, station)", columns: 3)
    private static let counted = RowInsert(
        "INSERT INTO counted (mark, station, waybill, figure, takesOff, brand, village, operator, count)",
        columns: 9
    )

    /// Writes what changed.
    func flush() throws {
        try Self.trace.write(db, traces) { [$0.waybill.rawValue, $0.number, station] }
        try Self.counted.write(db, countedPieces) { piece in
            let key = piece.key
            return [
                key.mark.rawValue, station, piece.waybill.rawValue, key.figure, key.takesOff?.rawValue ?? 0,
                key.brand ?? "", key.village ?? "", key.operatorName ?? "", piece.count,
            ]
        }
        (traces, countedPieces) = ([], [])
        for waybill in changedPieces {
            try PieceRow.write(db, station: station, waybill: waybill, pieces[waybill] ?? nil)
        }
        for waybill in changedSteps { try StepRow.write(db, station: station, waybill: waybill, steps[waybill] ?? nil) }
        let writeDay = try db.cachedStatement(
            sql: """
                INSERT INTO day (day, station, runs, watched, mayHaveRun, isLossy) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                ON CONFLICT DO UPDATE SET runs = ?3, watched = ?4, mayHaveRun = ?5, isLossy = ?6
                """
        )
        for number in changedDays {
            guard let day = days[number] else { continue }
            try writeDay.execute(arguments: [
                number, station, day.runs, day.watchedMilliseconds, day.mayHaveRun, day.isLossy,
            ])
        }
        let count = try db.cachedStatement(
            sql: """
                INSERT INTO figure (mark, station, figure, word, brand, direction, village, takesOff, operator, count)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT DO UPDATE SET count = count + ?10
                """
        )
        for (key, number) in counts where number != 0 {
            try count.execute(arguments: [
                key.mark.rawValue, station, key.figure, key.word ?? "", key.brand ?? "", key.direction?.rawValue ?? "",
                key.village ?? "", key.takesOff?.rawValue ?? 0, key.operatorName ?? "", number,
            ])
        }
        try Self.change(db, changedMarks.union(changedDays).union(counts.keys.map(\.mark.rawValue)))
        (changedPieces, changedSteps, changedDays, changedMarks, counts) = ([], [], [], [], [:])
    }

    /// Says that what a station has is about to change as a whole.
    static func changeAll(_ db: Database, of station: Int64) throws {
        let marks = try Int64.fetchAll(
            db,
            sql: "SELECT DISTINCT mark FROM figure WHERE station = ?1 UNION SELECT day FROM day WHERE station = ?1",
            arguments: [station]
        )
        try change(db, marks)
    }

    /// Says that what these marks count has changed.
    static func change(_ db: Database, _ marks: some Sequence<Int64>) throws {
        let newest = try db.cachedStatement(sql: "SELECT ifnull(max(turn), 0) FROM changed")
        let turn = (try Int64.fetchOne(newest) ?? 0) + 1
        let write = try db.cachedStatement(
            sql: "INSERT INTO changed (mark, turn) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET turn = ?2"
        )
        for mark in marks { try write.execute(arguments: [mark, turn]) }
    }
}

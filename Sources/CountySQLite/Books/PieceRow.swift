import CountyBooks
import GRDB
import LockerDomain

/// Columns of a piece and how they are read and written.
enum PieceRow {
    static let columns = """
        waybill, direction, state, isAtSite, brand, operator, agent, cooperation, place, village, hamlet, size, run, bag,
        formerly, consent, isChilled, expectedAt, arrivedAt, storedAt, noticedAt, overdueAt, endedAt, isTimeUncertain,
        broughtBy, endedBy, collector, means, evidence, doorOpenedAt, feeFen, kind, category, platform, orderNumber,
        weightGrams, isOutside, isReused, isScreened, realName, inspectedBy, seal, lastEvent
        """
    static let count = 43
    private static let marks = Array(repeating: "?", count: count + 1).joined(separator: ", ")

    static func columns(of table: String) -> String { table.qualified(columns) }

    static func find(_ db: Database, station: Int64, waybill: Waybill) throws -> Piece? {
        let statement = try db.cachedStatement(sql: "SELECT \(columns) FROM piece WHERE station = ? AND waybill = ?")
        return try Row.fetchOne(statement, arguments: [station, waybill.rawValue]).flatMap(read)
    }

    static func write(_ db: Database, station: Int64, waybill: Waybill, _ piece: Piece?) throws {
        guard let piece else {
            return try db.cachedStatement(sql: "DELETE FROM piece WHERE station = ? AND waybill = ?")
                .execute(arguments: [station, waybill.rawValue])
        }
        let arguments: StatementArguments =
            [
                station, piece.waybill.rawValue, piece.direction.rawValue, piece.state.rawValue, piece.state.isAtSite,
                piece.brand, piece.operatorName, piece.agent, piece.cooperation, piece.place, piece.village,
                piece.hamlet,
                piece.size, piece.run, piece.bag, piece.formerly?.rawValue, piece.consent, piece.isChilled,
            ] + times(piece) + subsidy(piece.subsidy) + [piece.lastEvent]
        try db.cachedStatement(sql: "INSERT OR REPLACE INTO piece (station, \(columns)) VALUES (\(marks))")
            .execute(arguments: arguments)
    }

    private static func times(_ piece: Piece) -> StatementArguments {
        [
            piece.expectedAt, piece.arrivedAt, piece.storedAt, piece.noticedAt, piece.overdueAt, piece.endedAt,
            piece.isTimeUncertain, piece.broughtBy, piece.endedBy, piece.collector, piece.means, piece.evidence,
            piece.doorOpenedAt, piece.feeFen,
        ]
    }

    private static func subsidy(_ subsidy: Piece.Subsidy?) -> StatementArguments {
        [
            subsidy?.kind, subsidy?.category, subsidy?.platform, subsidy?.order, subsidy?.weightGrams,
            subsidy?.isOutsideCounty, subsidy?.isPackagingReused, subsidy?.isScreened, subsidy?.realName,
            subsidy?.inspectedBy, subsidy?.seal,
        ]
    }

    /// `nil` for a row of words that this version does not know, which it did not write.
    static func read(_ row: Row) -> Piece? {
        guard let direction = Direction(rawValue: row[1]), let state = Piece.State(rawValue: row[2]),
            let mode = CooperationMode(rawValue: row[7])
        else { return nil }
        let parties = Parties(brand: row[4], operatorName: row[5], agent: row[6], cooperationMode: mode)
        var piece = Piece(waybill: Waybill(rawValue: row[0]), direction: direction, state: state, parties: parties)
        (piece.place, piece.village, piece.hamlet, piece.size, piece.run, piece.bag) = (
            row[8], row[9], row[10], row[11], row[12], row[13]
        )
        let formerly: String? = row[14]
        piece.formerly = formerly.map(Waybill.init(rawValue:))
        (piece.consent, piece.isChilled) = (row[15], row[16])
        (piece.expectedAt, piece.arrivedAt, piece.storedAt) = (row[17], row[18], row[19])
        (piece.noticedAt, piece.overdueAt, piece.endedAt, piece.isTimeUncertain) = (row[20], row[21], row[22], row[23])
        (piece.broughtBy, piece.endedBy, piece.collector, piece.means) = (row[24], row[25], row[26], row[27])
        (piece.evidence, piece.doorOpenedAt, piece.feeFen) = (row[28], row[29], row[30])
        piece.subsidy = readSubsidy(row)
        piece.lastEvent = row[42]
        return piece
    }

    private static func readSubsidy(_ row: Row) -> Piece.Subsidy? {
        guard let kind: String = row[31], let realName: String = row[39], let inspectedBy: String = row[40] else {
            return nil
        }
        return Piece.Subsidy(
            kind: kind,
            category: row[32],
            platform: row[33],
            order: row[34],
            weightGrams: row[35],
            isOutsideCounty: row[36],
            isPackagingReused: row[37],
            isScreened: row[38],
            realName: realName,
            inspectedBy: inspectedBy,
            seal: row[41]
        )
    }
}

/// Columns of a piece's last counted step and how they are read and written.
enum StepRow {
    private static let columns = """
        brand, direction, figure, mark, feeFen, kind, category, platform, isOutside, isReused, village, operator
        """

    static func find(_ db: Database, station: Int64, waybill: Waybill) throws -> CountedStep? {
        let statement = try db.cachedStatement(sql: "SELECT \(columns) FROM step WHERE station = ? AND waybill = ?")
        guard let row = try Row.fetchOne(statement, arguments: [station, waybill.rawValue]),
            let direction = Direction(rawValue: row[1])
        else { return nil }
        var step = CountedStep(brand: row[0], direction: direction)
        let (mark, kind): (Int64?, String?) = (row[3], row[5])
        (step.figure, step.mark, step.feeFen) = (row[2], mark.flatMap(DayMark.init), row[4])
        if let kind {
            step.accepted = CountedStep.Accepted(
                kind: kind,
                category: row[6],
                platform: row[7],
                isOutside: row[8],
                isReused: row[9]
            )
        }
        (step.village, step.operatorName) = (row[10], row[11])
        return step
    }

    static func write(_ db: Database, station: Int64, waybill: Waybill, _ step: CountedStep?) throws {
        guard let step else {
            return try db.cachedStatement(sql: "DELETE FROM step WHERE station = ? AND waybill = ?")
                .execute(arguments: [station, waybill.rawValue])
        }
        try db.cachedStatement(
            sql:
                "INSERT OR REPLACE INTO step (station, waybill, \(columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        ).execute(arguments: [
            station, waybill.rawValue, step.brand, step.direction.rawValue, step.figure, step.mark?.rawValue,
            step.feeFen,
            step.accepted?.kind, step.accepted?.category, step.accepted?.platform, step.accepted?.isOutside,
            step.accepted?.isReused, step.village, step.operatorName,
        ])
    }
}

extension String {
    /// Names of columns with this table in front of each.
    func qualified(_ columns: String) -> String {
        columns.split { ", \n".contains($0) }.map { "\(self).\($0)" }.joined(separator: ", ")
    }
}

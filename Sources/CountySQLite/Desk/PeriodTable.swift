public import CountyBooks
import FoundationEssentials
import GRDB

/// Closed periods in `county.sqlite`: written once, kept by triggers.
public struct PeriodTable: PeriodStore {
    private let pool: DatabasePool

    package init(_ store: CountyStore) { pool = store.pool }

    public func frozen(_ period: CountyPeriod) throws -> [FrozenReport] {
        try pool.read { db in
            try Row.fetchAll(
                db,
                sql: "\(Self.columns) WHERE period = ? ORDER BY correction",
                arguments: ["\(period)"]
            ).map(Self.read)
        }
    }

    public func closed() throws -> [FrozenReport] {
        try pool.read { db in
            try Row.fetchAll(db, sql: "\(Self.columns) WHERE correction = 0 ORDER BY lastDay DESC, period")
                .map(Self.read)
        }
    }

    public func closedPeriods() throws -> [CountyPeriod] { try pool.read(Self.closedPeriods) }

    private static func closedPeriods(_ db: Database) throws -> [CountyPeriod] {
        try Row.fetchAll(
            db,
            sql: "SELECT period, firstDay, lastDay FROM closedPeriod WHERE correction = 0 ORDER BY lastDay DESC, period"
        ).map { try period($0[0], $0[1], $0[2]) }
    }

    public func freeze(_ report: FrozenReport, audit: AuditEntry) throws {
        try pool.write { db in
            let next = try Int.fetchOne(
                db,
                sql: "SELECT ifnull(max(correction) + 1, 0) FROM closedPeriod WHERE period = ?",
                arguments: ["\(report.period)"]
            )
            guard next == report.correction else {
                throw CountyFault(
                    "period \(report.period)",
                    "was closed or corrected by somebody meanwhile 已由他人关账或更正",
                    mend: "look at it again 请重新查看"
                )
            }
            try report.check(against: try Self.closedPeriods(db))
            try db.execute(
                sql: "INSERT INTO closedPeriod VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                arguments: [
                    "\(report.period)", report.correction, report.period.days.lowerBound, report.period.days.upperBound,
                    Data(report.csv), report.sha256, report.through, report.frozenAt, report.by,
                    report.unknown.joined(separator: "\n"),
                ]
            )
            try AccountTable.append(db, audit)
        }
    }

    private static let columns = """
        SELECT period, correction, firstDay, lastDay, csv, sha256, through, frozenAt, account, unknown FROM closedPeriod
        """

    private static func read(_ row: Row) throws -> FrozenReport {
        let (csv, unknown): (Data, String) = (row[4], row[9])
        return FrozenReport(
            period: try period(row[0], row[2], row[3]),
            correction: row[1],
            csv: Array(csv),
            sha256: row[5],
            through: row[6],
            frozenAt: row[7],
            by: row[8],
            unknown: unknown.split(separator: "\n").map(String.init)
        )
    }

    private static func period(_ name: String, _ first: Int64, _ last: Int64) throws -> CountyPeriod {
        guard first <= last, let period = CountyPeriod(kept: name, days: first...last) else {
            throw CountyFault(
                "period \(name)",
                "has days \(first) to \(last) and cannot be read 无法读取",
                mend: "restore county.sqlite from a backup 请从备份恢复"
            )
        }
        return period
    }
}

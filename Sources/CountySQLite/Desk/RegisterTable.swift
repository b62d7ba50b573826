public import CountyBooks
import FoundationEssentials
import GRDB
import LockerDomain
import SyncWire

/// The registers in `county.sqlite`: every version of every row for ever.
public struct RegisterTable: RegisterStore {
    private let pool: DatabasePool

    package init(_ store: CountyStore) { pool = store.pool }

    public func version() throws -> Int64 {
        try reading { try Int64.fetchOne($0, sql: "SELECT max(number) FROM register") ?? 0 }
    }

    public func rows() throws -> [KeptRow] {
        try reading(Self.rows)
    }

    private static func rows(_ db: Database) throws -> [KeptRow] {
        try Row.fetchAll(
            db,
            sql: "\(columns) WHERE replacedBy IS NULL AND NOT withdrawn ORDER BY kind, key, validFrom"
        ).map(read)
    }

    public func history(_ kind: RegisterKind, _ key: String) throws -> [KeptRow] {
        try reading { db in
            try Row.fetchAll(
                db,
                sql: "\(Self.columns) WHERE kind = ? AND key = ? ORDER BY number DESC",
                arguments: [kind.rawValue, key]
            ).map(Self.read)
        }
    }

    public func keep(_ changes: [RegisterChange], by account: String, at time: Int64, audit: AuditEntry?) throws {
        let hasSites = changes.contains { $0.dated.row.kind == .site }
        try pool.write { db in
            let before = hasSites ? try Self.rows(db) : []
            for change in changes { try Self.keep(db, change, by: account, at: time) }
            // What a page saw of other sites may be old.
            if hasSites { try RegisterClash.check(before.map(\.dated), try Self.rows(db).map(\.dated)) }
            if let audit { try AccountTable.append(db, audit) }
        }
    }

    private static func keep(_ db: Database, _ change: RegisterChange, by account: String, at time: Int64) throws {
        let row = change.dated.row
        let stands = try Row.fetchOne(
            db,
            sql: """
                \(columns) WHERE kind = ? AND key = ? AND ifnull(validFrom, 0) = ? AND replacedBy IS NULL
                """,
            arguments: [row.kind.rawValue, row.key, change.dated.validFrom?.number ?? 0]
        ).map(read)
        let holds = stands.flatMap { $0.isWithdrawn ? nil : $0 }
        guard holds?.number == change.replaces else {
            throw CountyFault(
                "\(row.kind.rawValue) \(row.key)",
                "was changed by \(stands?.by ?? "somebody") meanwhile 已被他人修改",
                mend: "look at it again and repeat the change 请重新查看后再改"
            )
        }
        if change.isWithdrawal {
            guard let holds else { return }
            try RegisterWithdrawal.check(holds, among: try rows(db))
        } else if holds?.dated == change.dated {
            // The same row again is no change.
            return
        }
        // The index allows one row that holds: the old one steps aside first, and is told by what afterwards.
        let next = (try Int64.fetchOne(db, sql: "SELECT max(number) FROM register") ?? 0) + 1
        try db.execute(sql: "PRAGMA defer_foreign_keys = ON")
        if let stands {
            try db.execute(
                sql: "UPDATE register SET replacedBy = ? WHERE number = ?",
                arguments: [next, stands.number]
            )
        }
        try db.execute(
            sql: """
                INSERT INTO register (number, kind, key, validFrom, row, changed, account, withdrawn)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                next, row.kind.rawValue, row.key, change.dated.validFrom?.number, Data(try CanonicalJSON.encode(row)),
                time, account, change.isWithdrawal,
            ]
        )
    }

    private static let columns = "SELECT number, row, validFrom, changed, account, replacedBy, withdrawn FROM register"

    private static func read(_ row: Row) throws -> KeptRow {
        let (bytes, from): (Data, Int64?) = (row[1], row[2])
        return KeptRow(
            number: row[0],
            dated: DatedRow(
                try CanonicalJSON.decode(RegisterRow.self, from: Array(bytes)),
                validFrom: from.map { CivilDay(number: $0) }
            ),
            changed: row[3],
            by: row[4],
            replacedBy: row[5],
            isWithdrawn: row[6]
        )
    }

    private func reading<Value>(_ body: (Database) throws -> Value) throws -> Value { try pool.read(body) }
}

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
        try reading { db in
            try Row.fetchAll(db, sql: "\(Self.columns) WHERE replacedBy IS NULL ORDER BY kind, key, validFrom").map(
                Self.read
            )
        }
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

    public func keep(_ changes: [RegisterChange], by account: String, at time: Int64) throws {
        try pool.write { db in
            for change in changes { try Self.keep(db, change, by: account, at: time) }
        }
    }

    private static func keep(_ db: Database, _ change: RegisterChange, by account: String, at time: Int64) throws {
        let row = change.dated.row
        let holds = try Row.fetchOne(
            db,
            sql: """
                \(columns) WHERE kind = ? AND key = ? AND ifnull(validFrom, 0) = ? AND replacedBy IS NULL
                """,
            arguments: [row.kind.rawValue, row.key, change.dated.validFrom?.number ?? 0]
        ).map(read)
        guard holds?.number == change.replaces else {
            throw CountyFault(
                "\(row.kind.rawValue) \(row.key)",
                "was changed by \(holds?.by ?? "somebody") meanwhile 已被他人修改",
                mend: "look at it again and repeat the change 请重新查看后再改"
            )
        }
        // The same row again is no change.
        guard holds?.dated != change.dated else { return }
        // The index allows one row that holds: the old one steps aside first, and is told by what afterwards.
        let next = (try Int64.fetchOne(db, sql: "SELECT max(number) FROM register") ?? 0) + 1
        try db.execute(sql: "PRAGMA defer_foreign_keys = ON")
        if let holds {
            try db.execute(sql: "UPDATE register SET replacedBy = ? WHERE number = ?", arguments: [next, holds.number])
        }
        try db.execute(
            sql:
                "INSERT INTO register (number, kind, key, validFrom, row, changed, account) VALUES (?, ?, ?, ?, ?, ?, ?)",
            arguments: [
                next, row.kind.rawValue, row.key, change.dated.validFrom?.number, Data(try CanonicalJSON.encode(row)),
                time,
                account,
            ]
        )
    }

    private static let columns = "SELECT number, row, validFrom, changed, account, replacedBy FROM register"

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
            replacedBy: row[5]
        )
    }

    private func reading<Value>(_ body: (Database) throws -> Value) throws -> Value { try pool.read(body) }
}

public import CountyBooks
import FoundationEssentials
package import GRDB
import SyncWire

/// Accounts and the audit log in `county.sqlite`.
public struct AccountTable: AccountStore {
    let pool: DatabasePool

    package init(_ store: CountyStore) { pool = store.pool }

    public func accounts() throws -> [Account] { try pool.read(Self.accounts) }

    private static func accounts(_ db: Database) throws -> [Account] {
        try Data.fetchAll(db, sql: "SELECT row FROM account ORDER BY name")
            .map { try CanonicalJSON.decode(Account.self, from: Array($0)) }
    }

    public func save(_ change: AccountChange) throws {
        try pool.write { db in
            try AccountBook(try Self.accounts(db)).admit(change)
            let account = change.account
            try db.execute(
                sql: """
                    INSERT INTO account (name, version, row) VALUES (?1, ?2, ?3)
                    ON CONFLICT DO UPDATE SET version = ?2, row = ?3
                    """,
                arguments: [account.name, account.version, Data(try CanonicalJSON.encode(account))]
            )
            if change.expectedVersion != nil {
                try db.execute(sql: "DELETE FROM session WHERE account = ?", arguments: [account.name])
            }
            try Self.append(db, change.audit)
        }
    }

    @discardableResult
    public func append(_ entry: AuditEntry) throws -> AuditEntry { try pool.write { try Self.append($0, entry) } }

    /// Appends in the transaction of what the entry is about.
    @discardableResult
    package static func append(_ db: Database, _ entry: AuditEntry) throws -> AuditEntry {
        var entry = entry
        entry.number = (try Int64.fetchOne(db, sql: "SELECT max(number) FROM audit") ?? 0) + 1
        try db.execute(
            sql: "INSERT INTO audit (number, time, author, action, object, row) VALUES (?, ?, ?, ?, ?, ?)",
            arguments: [
                entry.number, entry.time, entry.by.description, entry.action.rawValue, entry.object,
                Data(try CanonicalJSON.encode(entry)),
            ]
        )
        return entry
    }

    public func audit(_ query: AuditQuery) throws -> [AuditEntry] {
        var conditions = ["number < ?"]
        var arguments: StatementArguments = [query.before ?? .max]
        if let times = query.times {
            conditions.append("time >= ? AND time < ?")
            arguments += [times.lowerBound, times.upperBound]
        }
        if let author = query.by {
            conditions.append("author = ?")
            arguments += [author.description]
        }
        if let object = query.object {
            conditions.append("object = ?")
            arguments += [object]
        }
        if !query.actions.isEmpty {
            let words = query.actions.map(\.rawValue).sorted()
            conditions.append("action IN (\(Array(repeating: "?", count: words.count).joined(separator: ", ")))")
            arguments += StatementArguments(words)
        }
        let sql = """
            SELECT row FROM audit WHERE \(conditions.joined(separator: " AND ")) ORDER BY number DESC LIMIT \(query.limit)
            """
        return try pool.read { db in
            try Data.fetchAll(db, sql: sql, arguments: arguments)
                .map { try CanonicalJSON.decode(AuditEntry.self, from: Array($0)) }
        }
    }
}

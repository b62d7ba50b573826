public import CountyBooks
import FoundationEssentials
import GRDB
import SyncWire

/// Sessions, so that a restart of the server logs nobody out.
extension AccountTable {
    public func sessions() throws -> [KeptSession] {
        try pool.read { db in
            try Row.fetchAll(db, sql: "SELECT key, row FROM session").map { row in
                let (key, bytes): (String, Data) = (row[0], row[1])
                return KeptSession(key: key, session: try CanonicalJSON.decode(AccountSession.self, from: Array(bytes)))
            }
        }
    }

    public func keep(_ change: SessionChange) throws {
        try pool.write { db in
            for key in change.ended { try db.execute(sql: "DELETE FROM session WHERE key = ?", arguments: [key]) }
            for kept in change.kept {
                try db.execute(
                    sql: """
                        INSERT INTO session (key, account, row) SELECT ?1, name, ?3 FROM account WHERE name = ?2
                        ON CONFLICT DO UPDATE SET row = ?3
                        """,
                    arguments: [kept.key, kept.session.account, Data(try CanonicalJSON.encode(kept.session))]
                )
            }
        }
    }
}

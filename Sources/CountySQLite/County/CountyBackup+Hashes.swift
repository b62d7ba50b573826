import CountyBooks
import FoundationEssentials
import GRDB
import SyncWire

extension CountyBackup {
    /// Computes the hash of each manifest and of each closed period, which stand beside their bytes: no chain holds
    /// these.
    static func checkHashes(_ db: Database) throws {
        try checkHashes(
            db,
            "SELECT 'manifest ' || id || ' of ' || station, bytes, sha256 FROM manifest ORDER BY station, id"
        )
        try checkHashes(
            db,
            """
            SELECT 'period ' || period || CASE correction WHEN 0 THEN '' ELSE ' correction ' || correction END,
                csv, sha256 FROM closedPeriod ORDER BY period, correction
            """
        )
    }

    /// - Parameter rows: gives a name, bytes and the hex of their SHA-256.
    private static func checkHashes(_ db: Database, _ rows: String) throws {
        let cursor = try Row.fetchCursor(db, sql: rows)
        while let row = try cursor.next() {
            let (name, bytes, sha256): (String, Data, String) = (row[0], row[1], row[2])
            guard Digest.sha256(Array(bytes)) == sha256 else {
                throw CountyFault(
                    name,
                    "does not fit its SHA-256 校验不符",
                    mend: "take another backup 请换用其他备份文件"
                )
            }
        }
    }
}

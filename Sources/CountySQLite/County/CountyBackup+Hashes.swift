import CountyBooks
import FoundationEssentials
import GRDB
import SyncWire

extension CountyBackup {
    /// Computes the hash of each manifest and of each closed period, which stand beside their bytes: no chain holds
    /// these. Names those that do not fit.
    static func hashFaults(_ db: Database) throws -> [CountyFault] {
        try hashFaults(
            db,
            "SELECT 'manifest ' || id || ' of ' || station, bytes, sha256 FROM manifest ORDER BY station, id"
        )
            + hashFaults(
                db,
                """
                SELECT 'period ' || period || CASE correction WHEN 0 THEN '' ELSE ' correction ' || correction END,
                    csv, sha256 FROM closedPeriod ORDER BY period, correction
                """
            )
    }

    /// - Parameter rows: gives a name, bytes and the hex of their SHA-256.
    private static func hashFaults(_ db: Database, _ rows: String) throws -> [CountyFault] {
        var faults: [CountyFault] = []
        let cursor = try Row.fetchCursor(db, sql: rows)
        while let row = try cursor.next() {
            let (name, bytes, sha256): (String, Data, String) = (row[0], row[1], row[2])
            guard Digest.sha256(Array(bytes)) != sha256 else { continue }
            faults.append(CountyFault(name, "does not fit its SHA-256 校验不符", mend: older))
        }
        return faults
    }
}

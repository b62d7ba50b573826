import CountyBooks
import FoundationEssentials
import GRDB
import LockerDomain
import SyncWire

/// A station as the books know it.
struct StationRecord: Sendable {
    var id: String
    var codeKeyID: String
    /// Locked; `CountyKeys.unlock` opens it.
    var codeKey: Data
    /// Key with which it signs now; `nil` before it enrolled.
    var keyID: String?

    static func find(_ db: Database, _ id: String) throws -> StationRecord? {
        let statement = try db.cachedStatement(sql: "SELECT codeKeyID, codeKey, keyID FROM station WHERE id = ?")
        guard let row = try Row.fetchOne(statement, arguments: [id]) else { return nil }
        return StationRecord(id: id, codeKeyID: row[0], codeKey: row[1], keyID: row[2])
    }

    /// The station, or a fault that says how it comes to be.
    static func need(_ db: Database, _ id: String) throws -> StationRecord {
        guard let station = try find(db, id) else {
            throw CountyFault(
                "station \(id)",
                "is not known here 本县没有此站点",
                mend: "make it with county-server enrol-token \(id) 请用 county-server enrol-token \(id) 创建"
            )
        }
        return station
    }

    /// When the station was heard of last, milliseconds since 1970.
    static func lastContact(_ db: Database, _ id: String) throws -> Int64? {
        try SQLRequest<Int64>(sql: "SELECT lastContact FROM station WHERE id = ?", arguments: [id], cached: true)
            .fetchOne(db)
    }

    /// Notes that the station was heard of.
    static func heard(_ db: Database, _ id: String, at time: Int64) throws {
        try db.cachedStatement(sql: "UPDATE station SET lastContact = ? WHERE id = ?").execute(arguments: [time, id])
    }
}

/// A public key of a station; old ones are kept, for batches that were signed with them.
struct StationKey: Sendable {
    var key: CountyKey
    var isCurrent: Bool

    static func find(_ db: Database, station: String, keyID: String) throws -> StationKey? {
        let statement = try db.cachedStatement(
            sql: """
                SELECT k.signingKey, s.keyID = k.keyID FROM stationKey k JOIN station s ON s.id = k.station
                WHERE k.station = ? AND k.keyID = ?
                """
        )
        guard let row = try Row.fetchOne(statement, arguments: [station, keyID]) else { return nil }
        let bytes: Data = row[0]
        return CountyKey(bytes: Array(bytes)).map { StationKey(key: $0, isCurrent: row[1]) }
    }
}

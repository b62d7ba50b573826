import GRDB
import LockerDomain
import SyncWire

extension County {
    /// A badge that works no longer.
    public struct Revocation: Sendable, Hashable, Codable {
        public var badge: String
        /// Stations for which the command waits.
        public var stations: [String]
    }

    /// Withdraws a badge (工牌作废) and tells every station: the signature of a badge is good at each of them.
    ///
    /// - Parameter badge: its id, 16 hex digits.
    /// - Throws: `CountyFault` for a badge that this county did not make.
    public func revokeBadge(_ badge: String) throws -> Revocation {
        let time = now()
        return try store.pool.write { db in
            let made = try Int64.fetchOne(db, sql: "SELECT expires FROM badge WHERE id = ?", arguments: [badge])
            guard let expires = made else {
                throw CountyFault(
                    "badge \"\(badge.prefix(40))\"",
                    "is none of this county's",
                    mend: "give the 16 hex digits that county-server badge printed"
                )
            }
            try db.execute(
                sql: "UPDATE badge SET revoked = coalesce(revoked, ?) WHERE id = ?",
                arguments: [time, badge]
            )
            let withPIN = try String.fetchAll(db, sql: "SELECT station FROM pin WHERE badge = ?", arguments: [badge])
            for station in withPIN {
                try BadgeBook.tell(db, station: station, now: time, key: keys.signing)
            }
            let stations = try String.fetchAll(db, sql: "SELECT id FROM station ORDER BY id")
            for station in stations {
                try tell(db, station: station, revoked: badge, expires: expires, now: time)
            }
            return Revocation(badge: badge, stations: stations)
        }
    }

    /// A station that is new hears of every revoked badge that still lives.
    func tellRevocations(_ db: Database, station: String, now time: Int64) throws {
        let rows = try Row.fetchAll(
            db,
            sql: "SELECT id, expires FROM badge WHERE revoked IS NOT NULL AND expires > ? ORDER BY revoked LIMIT ?",
            arguments: [time, Limits.revokedBadgesMax]
        )
        for row in rows { try tell(db, station: station, revoked: row[0], expires: row[1], now: time) }
    }

    /// A station whose journal is another may know nothing of the badges that were withdrawn, or only those of an older copy.
    func tellAgain(_ db: Database, station: String, now time: Int64) throws {
        try CommandQueue.supersede(db, station: station, type: "revokeBadge")
        try tellRevocations(db, station: station, now: time)
        try BadgeBook.tell(db, station: station, now: time, key: keys.signing)
    }

    /// A station that is away for long must still hear of it: the command lives as long as the badge.
    private func tell(_ db: Database, station: String, revoked badge: String, expires: Int64, now time: Int64) throws {
        try CommandQueue.add(
            db,
            station: station,
            type: "revokeBadge",
            data: CommandMessage.BadgeRevocation(badge: badge),
            now: time,
            notBefore: expires,
            key: keys.signing
        )
    }
}

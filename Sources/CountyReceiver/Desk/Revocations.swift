import CountyBooks
import CountySQLite
import FoundationEssentials
import GRDB
import LockerDomain
import StationBooks
import SyncWire

extension County {
    /// A badge that works no longer.
    public struct Revocation: Sendable, Hashable, Codable {
        public var badge: String
        /// Stations for which the command waits.
        public var stations: [String]
        /// Whether the books know the badge. A county from a backup has forgotten those made after it.
        public var isKnown: Bool
    }

    /// Withdraws a badge (工牌作废) and tells every station: the signature of a badge is good at each of them. One that the
    /// books do not know is withdrawn as well, for as long as any badge can live.
    ///
    /// - Parameter badge: its id, 16 hex digits.
    /// - Throws: `CountyFault` for what is no id.
    public func revokeBadge(_ badge: String) throws -> Revocation {
        let id = badge.lowercased()
        guard id.utf8.count == 16, id.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
        else {
            throw CountyFault(
                "badge \"\(badge.prefix(40))\"",
                "is no id of a badge",
                mend: "give the 16 hex digits that county-server badge printed, or --person and the number on the badge"
            )
        }
        let time = now()
        return try store.pool.write { try revoke($0, id, at: time) }
    }

    /// Withdraws all badges of a person: those in the books, and those that the person showed at stations by their events.
    ///
    /// - Parameter person: decimal number on the badge.
    /// - Throws: `CountyFault` for what is no number, or when no badge of the person is known.
    public func revokeBadges(ofPerson person: String) throws -> [Revocation] {
        guard let number = PersonNumber(decimal: person) else {
            throw CountyFault(
                "--person \"\(person.prefix(40))\"",
                "is no number of a person",
                mend: "write the decimal number on the badge: 2001"
            )
        }
        let time = now()
        return try store.pool.write { db in
            let own = try String.fetchAll(
                db,
                sql: "SELECT id FROM badge WHERE person = ? AND expires > ? ORDER BY id",
                arguments: [number.decimal, time]
            )
            let shown = try Self.badges(db, shownBy: number).sorted()
            guard !own.isEmpty || !shown.isEmpty else {
                throw CountyFault(
                    "person \(person)",
                    "no badge is in the books, and no station's events show one 未见其工牌",
                    mend:
                        "give the badge's id: county-server revoke-badge with its 16 hex digits, or wait for the stations' events"
                )
            }
            return try (own + shown).map { try revoke(db, $0, at: time) }
        }
    }

    /// Ids of badges by which a person signed in somewhere and that the books do not know.
    private static func badges(_ db: Database, shownBy person: PersonNumber) throws -> Set<String> {
        let rows = try Data.fetchCursor(
            db,
            sql: "SELECT bytes FROM event WHERE type = ? AND instr(bytes, CAST(? AS BLOB)) > 0",
            arguments: [EventType.sessionOpened.rawValue, person.wire]
        )
        var badges: Set<String> = []
        while let bytes = try rows.next() {
            guard case .sessionOpened(let fact)? = try? EventLine(decoding: Array(bytes)).event,
                fact.person == person.wire
            else { continue }
            badges.insert(fact.badge)
        }
        let known = try String.fetchSet(db, sql: "SELECT id FROM badge")
        return badges.subtracting(known)
    }

    private func revoke(_ db: Database, _ badge: String, at time: Int64) throws -> Revocation {
        let made = try Int64.fetchOne(db, sql: "SELECT expires FROM badge WHERE id = ?", arguments: [badge])
        let expires = made ?? time + CountyLimits.revocationDays * 86_400_000
        if made != nil {
            try db.execute(
                sql: "UPDATE badge SET revoked = coalesce(revoked, ?) WHERE id = ?",
                arguments: [time, badge]
            )
        } else {
            try db.execute(
                sql: """
                    INSERT INTO revocation (badge, revoked, expires) VALUES (?1, ?2, ?3)
                    ON CONFLICT DO UPDATE SET expires = max(expires, ?3)
                    """,
                arguments: [badge, time, expires]
            )
        }
        let withPIN = try String.fetchAll(db, sql: "SELECT station FROM pin WHERE badge = ?", arguments: [badge])
        for station in withPIN {
            try BadgeBook.tell(db, station: station, now: time, key: keys.signing)
        }
        let stations = try String.fetchAll(db, sql: "SELECT id FROM station ORDER BY id")
        for station in stations {
            try tell(db, station: station, revoked: badge, expires: expires, now: time)
        }
        return Revocation(badge: badge, stations: stations, isKnown: made != nil)
    }

    /// A station that is new hears of every revoked badge that still lives.
    func tellRevocations(_ db: Database, station: String, now time: Int64) throws {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT id, expires, revoked FROM badge WHERE revoked IS NOT NULL AND expires > ?1
                UNION ALL SELECT badge, expires, revoked FROM revocation WHERE expires > ?1 ORDER BY revoked LIMIT ?2
                """,
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

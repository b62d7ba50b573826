import CountySQLite
import FoundationEssentials
package import GRDB
import LockerDomain
public import SyncWire

extension County {
    /// A station as the county sees it. What it never said is absent: unknown, not zero (DESIGN rule 5).
    public struct StationOverview: Sendable, Hashable, Codable {
        /// Its id.
        public var station: String
        /// Whether it has a key.
        public var enrolled: Bool
        /// Milliseconds since 1970; `nil` when nothing was ever heard.
        public var lastContact: Int64?
        /// Whether two boards have its identity: its counter was healed three times within a day.
        public var sharesIdentity: Bool
        /// Its journals, the oldest first; empty when none was ever sent.
        public var incarnations: [Incarnation]
        /// Events stored that nobody can interpret.
        public var quarantined: Int
        /// Lines kept beside the chain.
        public var branches: Int
        /// Commands that it has not done yet.
        public var commandsPending: Int
        /// Commands that have waited for more than an hour while the station asked for commands: a fault.
        public var commandsLate: [CommandEntry]
        /// Commands that it refused, or that were over before it did them, the newest first; the last few.
        public var commandsFailed: [CommandEntry]
        /// A number of a command that the station names and that no county can have given: a fault. `nil` when there is none.
        public var commandNumberStrange: Int?
        /// Parcels whose code is another than the one that was told or announced, though none was made anew: their recipients
        /// are to be told again.
        public var codesChanged: [String]
        /// Milliseconds since 1970 when the latest status came.
        public var statusReceived: Int64?
        /// `nil` when none came, or one that this version cannot read.
        public var status: StatusReport?

        /// Events of its present journal that the station counts as sent and that are not here; 0 when there is none.
        public var missing: Int {
            guard let journal = status?.journal else { return 0 }
            let stored = incarnations.first { $0.id == journal.incarnation }?.acknowledged ?? 0
            return max(0, journal.acknowledged - stored)
        }

        /// One journal.
        public struct Incarnation: Sendable, Hashable, Codable {
            /// 32 hex digits.
            public var id: String
            /// Highest contiguous sequence stored.
            public var acknowledged: Int
            /// Events stored.
            public var stored: Int
            /// Milliseconds since 1970 when the newest of them came; `nil` when there is none.
            public var newest: Int64?
            /// Sequences that the station could not read any more, as `19-22`.
            public var lost: [String] = []
        }
    }

    /// Every station, by id.
    public func overview() throws -> [StationOverview] { try overview(countsEvents: true) }

    /// Counting events reads every one of them: of a county of years that takes seconds. Without it `stored` is 0 and `newest`
    /// `nil`.
    func overview(countsEvents: Bool) throws -> [StationOverview] {
        let time = now()
        return try store.pool.read { try Self.overview($0, countsEvents: countsEvents, now: time) }
    }

    /// Every page asks for it, so a county of many stations takes as many statements as one of a single station.
    package static func overview(_ db: Database, countsEvents: Bool, now: Int64) throws -> [StationOverview] {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT s.id, s.keyID IS NOT NULL, s.lastContact, t.received, t.report, s.commandStrange,
                    (SELECT count(*) FROM command c
                        WHERE c.station = s.id AND c.state = 'pending' AND c.expires > ?)
                FROM station s LEFT JOIN status t ON t.station = s.id ORDER BY s.id
                """,
            arguments: [now]
        )
        let readings = try StationOverview.Readings(db, countsEvents: countsEvents, now: now)
        return rows.map { row in
            let (id, report): (String, Data?) = (row[0], row[4])
            let chains = readings.chains(of: id)
            return StationOverview(
                station: id,
                enrolled: row[1],
                lastContact: row[2],
                sharesIdentity: readings.shared.contains(id),
                incarnations: chains.map(readings.describe),
                quarantined: readings.quarantined(in: chains),
                branches: readings.branches[id] ?? 0,
                commandsPending: row[6],
                commandsLate: readings.late[id] ?? [],
                commandsFailed: readings.failed[id] ?? [],
                commandNumberStrange: row[5],
                codesChanged: readings.codesChanged[id] ?? [],
                statusReceived: row[3],
                status: report.flatMap { try? CanonicalJSON.decode(StatusReport.self, from: Array($0)) }
            )
        }
    }

    /// The county's clock, milliseconds since 1970.
    public var time: Int64 { now() }
}

import GRDB
import SyncWire

extension County.StationOverview {
    /// What the books hold of all stations beside the stations' own rows: each kind is read once, by one statement.
    struct Readings {
        /// Stations whose identity two boards have.
        let shared: Set<String>
        /// Lines beside the chain, of stations that have any.
        let branches: [String: Int]
        /// Of stations that have any, as `codesChanged`.
        let codesChanged: [String: [String]]
        let late: [String: [CommandEntry]]
        let failed: [String: [CommandEntry]]
        private let incarnations: [String: [IncarnationRecord]]
        // By number of the incarnation; those that have none are absent.
        private let lostOf: [Int64: [LostRange]]
        private let quarantinedOf: [Int64: Int]
        private let storedOf: [Int64: Stored]

        /// Events of one incarnation.
        private struct Stored {
            var count: Int
            /// Milliseconds since 1970 when the last of them came.
            var newest: Int64
        }

        init(_ db: Database, countsEvents: Bool, now: Int64) throws {
            shared = try StationCounter.shared(db, now: now)
            branches = try Branches.counts(db)
            codesChanged = try ParcelBook.toTellAnew(db)
            late = try County.StationOverview.lateCommands(db, now: now)
            failed = try County.StationOverview.failedCommands(db, now: now)
            incarnations = try IncarnationRecord.all(db)
            lostOf = try LostRange.all(db)
            quarantinedOf = try Self.countQuarantined(db)
            storedOf = try countsEvents ? Self.countStored(db) : [:]
        }

        /// Its journals, the oldest first.
        func chains(of station: String) -> [IncarnationRecord] { incarnations[station] ?? [] }

        func describe(_ chain: IncarnationRecord) -> Incarnation {
            let events = storedOf[chain.number]
            let ranges = lostOf[chain.number] ?? []
            return Incarnation(
                id: chain.id,
                acknowledged: chain.acknowledged,
                stored: events?.count ?? 0,
                newest: events?.newest,
                lost: ranges.map { ChainHeader.text(of: $0.sequences) }
            )
        }

        func quarantined(in chains: [IncarnationRecord]) -> Int {
            chains.reduce(0) { $0 + (quarantinedOf[$1.number] ?? 0) }
        }

        /// By the index `eventQuarantined`, which holds these events alone.
        private static func countQuarantined(_ db: Database) throws -> [Int64: Int] {
            let rows = try Row.fetchAll(
                db,
                sql: "SELECT incarnation, count(*) FROM event WHERE quarantined = 1 GROUP BY incarnation"
            )
            return Dictionary(uniqueKeysWithValues: rows.map { ($0[0] as Int64, $0[1] as Int) })
        }

        private static func countStored(_ db: Database) throws -> [Int64: Stored] {
            let rows = try Row.fetchAll(
                db,
                sql: "SELECT incarnation, count(*), max(received) FROM event GROUP BY incarnation"
            )
            return Dictionary(
                uniqueKeysWithValues: rows.map { ($0[0] as Int64, Stored(count: $0[1], newest: $0[2])) }
            )
        }
    }
}

import Foundation
import GRDB
import LockerDomain
import StationBooks
import SyncWire

/// Compares the station's journal with the county's books, line by line, and adds up the day.
struct Books {
    struct Totals {
        var parcelsIn = 0
        var collected = 0
        var doorsOpened = 0
        var eventsMade = 0
        var acknowledged = 0
        var lost = 0
        var duplicated = 0
        var chain = "broken"
    }

    var made: [String]
    var stored: [String]

    /// `journal`: path of the station's journal. `county`: what `county-server events --json` printed.
    init(journal: String, county: String) throws {
        var configuration = Configuration()
        configuration.readonly = true
        let queue = try DatabaseQueue(path: journal, configuration: configuration)
        made = try queue.read { database in
            try Data.fetchAll(database, sql: "SELECT bytes FROM event ORDER BY position").map {
                String(decoding: $0, as: UTF8.self)
            }
        }
        stored = county.split(separator: "\n").map(String.init)
    }

    func totals() throws -> Totals {
        var totals = Totals()
        totals.eventsMade = made.count
        totals.acknowledged = stored.count
        let known = Set(stored)
        totals.lost = made.count { !known.contains($0) }
        totals.duplicated = stored.count - known.count
        totals.chain = made == stored ? "ok" : "broken"
        var inside: Set<String> = []
        var done: Set<String> = []
        for line in stored {
            guard let event = try? EventLine(decoding: Array(line.utf8)).event else { continue }
            switch event {
            case .parcelStored(let fact): inside.insert(fact.waybill.rawValue)
            case .parcelCollected(let fact): done.insert(fact.waybill.rawValue)
            case .doorOpened: totals.doorsOpened += 1
            default: break
            }
        }
        totals.parcelsIn = inside.count
        totals.collected = done.count
        return totals
    }
}

/// Breaks the county's books on purpose, so that the check can be seen to fail.
enum Sabotage: String, CaseIterable {
    case lose, double

    func run(onBooks path: String) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.write { database in
            for trigger in try String.fetchAll(database, sql: "SELECT name FROM sqlite_master WHERE type = 'trigger'") {
                try database.execute(sql: "DROP TRIGGER \(trigger)")
            }
            switch self {
            case .lose: try database.execute(sql: "DELETE FROM event WHERE number = 20")
            case .double:
                // A copy of the table has no unique key that could refuse the second line.
                try database.execute(
                    sql: """
                        CREATE TABLE copies AS SELECT * FROM event;
                        INSERT INTO copies SELECT * FROM event WHERE number = 20;
                        DROP TABLE event;
                        ALTER TABLE copies RENAME TO event;
                        """
                )
            }
        }
    }
}

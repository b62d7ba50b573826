import GRDB
import LockerDomain
import Synchronization

/// Calls under a station's name or key that the books do not know: a county from a backup has forgotten what was enrolled
/// after it, and its clerk has to learn whom to give a new token. Anybody can make such calls: nothing of them is believed.
enum StrangerBook {
    /// Whether a station can have that id and key at all; nothing else is written down.
    static func isPossible(station: String, keyID: String) -> Bool {
        StationID.isValid(station) && keyID.utf8.count == 16
            && keyID.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }

    /// Writes a call down; the newest replace the oldest.
    static func note(_ db: Database, station: String, keyID: String, isKnown: Bool, at time: Int64) throws {
        try db.execute(
            sql: """
                INSERT INTO stranger (station, keyID, known, first, last, count) VALUES (?1, ?2, ?3, ?4, ?4, 1)
                ON CONFLICT DO UPDATE SET known = ?3, last = ?4, count = count + 1
                """,
            arguments: [station, keyID, isKnown, time]
        )
        try db.execute(
            sql: "DELETE FROM stranger WHERE last < ?",
            arguments: [time - CountyLimits.strangerDays * 86_400_000]
        )
        let (group, max) =
            isKnown ? ("station = ?1", CountyLimits.strangerKeysMax) : ("NOT known", CountyLimits.strangersMax)
        try db.execute(
            sql: """
                DELETE FROM stranger WHERE \(group) AND ?1 <> '' AND rowid NOT IN (
                    SELECT rowid FROM stranger WHERE \(group) ORDER BY last DESC, rowid DESC LIMIT \(max))
                """,
            arguments: [station]
        )
    }

    /// The station has enrolled: what came before explains itself.
    static func forget(_ db: Database, station: String) throws {
        try db.execute(sql: "DELETE FROM stranger WHERE station = ?", arguments: [station])
    }
}

/// How many such calls are written down: floods must not hold up the writer. Safe from any thread.
final class StrangerBudget: Sendable {
    private struct Hour {
        var start: Int64 = .min
        var known = 0
        var unknown = 0
    }

    private let hour = Mutex(Hour())

    /// Whether one more may be written; it counts then.
    ///
    /// - Parameter uptime: milliseconds of the boot clock.
    func take(isKnown: Bool, at uptime: Int64) -> Bool {
        hour.withLock { hour in
            if hour.start == .min || uptime - hour.start >= 3_600_000 { hour = Hour(start: uptime) }
            let count = isKnown ? hour.known : hour.unknown
            guard count < CountyLimits.strangerNotesMax else { return false }
            if isKnown { hour.known += 1 } else { hour.unknown += 1 }
            return true
        }
    }
}

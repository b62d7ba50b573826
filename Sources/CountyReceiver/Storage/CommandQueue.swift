import FoundationEssentials
import GRDB
import LockerDomain
import StationBooks
import SyncWire

/// Commands on their way to stations.
enum CommandQueue {
    /// Signs a command and puts it behind those before it. It expires after `CountyLimits.commandDays`, and not before
    /// `notBefore`.
    @discardableResult
    static func add(
        _ db: Database,
        station: String,
        type: String,
        data: some Encodable,
        now: Int64,
        notBefore: Int64 = 0,
        key: SigningKey
    ) throws -> CommandMessage {
        var numbers = try CommandNumbers(db, station: station)
        let expires = max(now + CountyLimits.commandDays * 86_400_000, notBefore)
        let command = try CommandMessage(
            id: Hex.encode(randomBytes(16)),
            number: numbers.next(),
            station: station,
            type: type,
            issued: WireTime.text(now),
            expires: WireTime.text(expires),
            data: JSONValue(encoding: data)
        ).signed(by: key)
        try insert(db, command, issued: now, expires: expires)
        return command
    }

    private static func insert(_ db: Database, _ command: CommandMessage, issued: Int64, expires: Int64) throws {
        try db.cachedStatement(
            sql: """
                INSERT INTO command (station, number, id, type, message, issued, expires) VALUES (?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            command.station, command.number, command.id, command.type, Data(try CanonicalJSON.encode(command)),
            issued, expires,
        ])
    }

    // MARK: Listing

    /// Commands that the station has not settled, the oldest first, at most `CountyLimits.commandsPerAnswerMax`.
    ///
    /// Most of them are new to the station; the rest is drawn by lot, so that those which it cannot do now keep none from it
    /// for ever.
    ///
    /// - Parameters:
    ///   - above: up to which the station has settled all.
    ///   - highest: the highest that the station has seen.
    static func pending(
        _ db: Database,
        station: String,
        above: Int = 0,
        highest: Int = 0,
        now: Int64
    ) throws -> [CommandMessage] {
        let statement = try db.cachedStatement(
            sql: """
                WITH open AS MATERIALIZED (
                    SELECT number FROM command
                    WHERE station = ?1 AND state = 'pending' AND expires > ?2 AND number > ?3),
                fresh AS MATERIALIZED (
                    SELECT number FROM open WHERE number > ?4 ORDER BY number LIMIT \(CountyLimits.newCommandsPerAnswerMax)),
                listed AS MATERIALIZED (
                    SELECT number, 0 AS lot FROM fresh
                    UNION ALL SELECT number, random() & 1023 | 1024 FROM open WHERE number NOT IN (SELECT number FROM fresh)
                    ORDER BY lot LIMIT \(CountyLimits.commandsPerAnswerMax))
                SELECT message FROM command WHERE station = ?1 AND number IN (SELECT number FROM listed) ORDER BY number
                """
        )
        var commands: [CommandMessage] = []
        var bytes = 0
        let rows = try Data.fetchCursor(statement, arguments: [station, now, above, highest])
        while let message = try rows.next() {
            bytes += message.count
            // The first one always goes out: a list that stays empty would never end.
            if !commands.isEmpty, bytes > Limits.answerBytesMax / 2 { break }
            commands.append(try CanonicalJSON.decode(CommandMessage.self, from: Array(message)))
        }
        return commands
    }

    /// Whether one waits that the station has not seen.
    static func isNew(_ db: Database, station: String, above highest: Int, now: Int64) throws -> Bool {
        let statement = try db.cachedStatement(
            sql: """
                SELECT EXISTS (SELECT 1 FROM command
                    WHERE station = ? AND state = 'pending' AND expires > ? AND number > ?)
                """
        )
        return try Bool.fetchOne(statement, arguments: [station, now, highest]) ?? false
    }

    // MARK: What events say

    /// Learns from an event that a command is settled; that says nothing about those before it. A `failed` never replaces a
    /// `completed`. `false` for one that is not the county's.
    static func settle(
        _ db: Database,
        station: String,
        number: Int,
        id: String,
        failure: String?,
        at time: Int64
    ) throws -> Bool {
        try db.cachedStatement(
            sql: """
                UPDATE command SET state = ?1, reason = ?2, settled = ?3
                WHERE station = ?4 AND number = ?5 AND id = ?6 AND (?1 = 'completed' OR state <> 'completed')
                """
        ).execute(arguments: [failure == nil ? "completed" : "failed", failure, time, station, number, id])
        guard db.changesCount == 1 else { return false }
        // It was done after all, under its old number.
        try db.cachedStatement(
            sql: """
                UPDATE command SET state = 'superseded' WHERE station = ?1 AND state = 'pending'
                    AND number = (SELECT again FROM command WHERE station = ?1 AND number = ?2)
                """
        ).execute(arguments: [station, number])
        return true
    }

    /// A list that replaces those before it makes the older ones pointless.
    static func supersede(_ db: Database, station: String, type: String) throws {
        try db.cachedStatement(
            sql: "UPDATE command SET state = 'superseded' WHERE station = ? AND type = ? AND state = 'pending'"
        ).execute(arguments: [station, type])
    }

    // MARK: New numbers

    /// Gives a command that waits a new number and a new id; the station can no longer do it under the old ones.
    ///
    /// - Parameter id: of the command; `nil`: whatever it is.
    static func renumber(
        _ db: Database,
        station: String,
        number: Int,
        id: String? = nil,
        key: SigningKey
    ) throws {
        let row = try SQLRequest<Row>(
            sql: """
                SELECT message, issued, expires FROM command
                WHERE station = ?1 AND number = ?2 AND state = 'pending' AND (?3 IS NULL OR id = ?3)
                """,
            arguments: [station, number, id],
            cached: true
        ).fetchOne(db)
        guard let row else { return }
        let (message, issued, expires): (Data, Int64, Int64) = (row[0], row[1], row[2])
        var numbers = try CommandNumbers(db, station: station)
        var command = try CanonicalJSON.decode(CommandMessage.self, from: Array(message))
        (command.number, command.id) = (numbers.next(), Hex.encode(randomBytes(16)))
        try insert(db, command.signed(by: key), issued: issued, expires: expires)
        try db.cachedStatement(
            sql: "UPDATE command SET state = 'superseded', again = ? WHERE station = ? AND number = ?"
        ).execute(arguments: [command.number, station, number])
        try ParcelBook.renumbered(db, station: station, command: number, to: command.number)
    }
}

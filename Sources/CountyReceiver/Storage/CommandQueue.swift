import FoundationEssentials
import GRDB
import LockerDomain
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
        let last = try Int.fetchOne(db, sql: "SELECT max(number) FROM command WHERE station = ?", arguments: [station])
        let expires = max(now + CountyLimits.commandDays * 86_400_000, notBefore)
        let command = try CommandMessage(
            id: Hex.encode(randomBytes(16)),
            number: (last ?? 0) + 1,
            station: station,
            type: type,
            issued: WireTime.text(now),
            expires: WireTime.text(expires),
            data: JSONValue(encoding: data)
        ).signed(by: key)
        try db.execute(
            sql: """
                INSERT INTO command (station, number, id, type, message, issued, expires) VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                station, command.number, command.id, type, Data(try CanonicalJSON.encode(command)), now, expires,
            ]
        )
        return command
    }

    /// Commands that the station has not done yet, the oldest first.
    static func pending(_ db: Database, station: String, now: Int64) throws -> [CommandMessage] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT message FROM command WHERE station = ?1 AND state = 'pending' AND expires > ?2
                ORDER BY number LIMIT \(CountyLimits.commandsPerAnswerMax)
                """
        )
        var commands: [CommandMessage] = []
        var bytes = 0
        let rows = try Data.fetchCursor(statement, arguments: [station, now])
        while let message = try rows.next() {
            bytes += message.count
            // The first one always goes out: a list that stays empty would never end.
            if !commands.isEmpty, bytes > Limits.answerBytesMax / 2 { break }
            commands.append(try CanonicalJSON.decode(CommandMessage.self, from: Array(message)))
        }
        return commands
    }

    /// Learns from an event that a command is done; those before it will never be: their numbers have passed. `false` for
    /// one that is not the county's.
    static func settle(_ db: Database, station: String, number: Int, id: String, failure: String?) throws -> Bool {
        try db.execute(
            sql: "UPDATE command SET state = ?, reason = ? WHERE station = ? AND number = ? AND id = ?",
            arguments: [failure == nil ? "completed" : "failed", failure, station, number, id]
        )
        guard db.changesCount == 1 else { return false }
        try db.execute(
            sql: "UPDATE command SET state = 'superseded' WHERE station = ? AND number < ? AND state = 'pending'",
            arguments: [station, number]
        )
        return true
    }

    /// A list that replaces those before it makes the older ones pointless.
    static func supersede(_ db: Database, station: String, type: String) throws {
        try db.execute(
            sql: "UPDATE command SET state = 'superseded' WHERE station = ? AND type = ? AND state = 'pending'",
            arguments: [station, type]
        )
    }
}

import GRDB
import LockerDomain

extension County.StationOverview {
    /// A command that waits for too long, or that the station refused.
    public struct CommandEntry: Sendable, Hashable, Codable {
        public var number: Int
        /// Type of the command: `manifest`.
        public var type: String
        /// Milliseconds since 1970 when the county ordered it; a new number does not change that.
        public var issued: Int64
        /// Why the station refused it; absent for one that waits.
        public var reason: String?
    }

    /// Commands that have waited for more than an hour while the station asked for commands: it is there, and does not do
    /// them. By station, the oldest first, at most `CountyLimits.lateCommandsShownMax` of each.
    static func lateCommands(_ db: Database, now: Int64) throws -> [String: [CommandEntry]] {
        try byStation(
            db,
            sql: """
                SELECT station, number, type, issued, NULL FROM (
                    SELECT c.station, c.number, c.type, c.issued,
                        row_number() OVER (PARTITION BY c.station ORDER BY c.issued, c.number) AS place
                    FROM command c JOIN station s ON s.id = c.station
                    WHERE c.state = 'pending' AND c.expires > ?1
                        AND s.commandsAsked - max(c.issued, s.askedSince) >= ?2)
                WHERE place <= ?3 ORDER BY station, place
                """,
            arguments: [now, CountyLimits.commandLateMilliseconds, CountyLimits.lateCommandsShownMax]
        )
    }

    /// Commands that the station refused in the last `CountyLimits.commandDays`, or that were over in these days before it had
    /// them. A badge that was to be withdrawn is over as well by then. By station, the newest first, at most
    /// `CountyLimits.failedCommandsShownMax` of each.
    static func failedCommands(_ db: Database, now: Int64) throws -> [String: [CommandEntry]] {
        // Two questions, so that each has its index: most commands were done.
        try byStation(
            db,
            sql: """
                SELECT station, number, type, issued, reason FROM (
                    SELECT station, number, type, issued, reason,
                        row_number() OVER (PARTITION BY station ORDER BY ended DESC, number DESC) AS place
                    FROM (
                        SELECT station, number, type, issued, reason, settled AS ended FROM command
                            WHERE state = 'failed' AND settled > ?1
                        UNION ALL
                        SELECT station, number, type, issued, ?4, coalesce(settled, expires) FROM command
                            WHERE state = 'pending' AND type <> 'revokeBadge' AND expires > ?1 AND expires <= ?2))
                WHERE place <= ?3 ORDER BY station, place
                """,
            arguments: [
                now - CountyLimits.commandDays * 86_400_000, now, CountyLimits.failedCommandsShownMax,
                "it was over before the station did it 站点未执行即已过期: order it again 请重新下达",
            ]
        )
    }

    /// Rows of station, number, type, issued and reason, in their order.
    private static func byStation(
        _ db: Database,
        sql: String,
        arguments: StatementArguments
    ) throws -> [String: [CommandEntry]] {
        var entries: [String: [CommandEntry]] = [:]
        for row in try Row.fetchAll(db, sql: sql, arguments: arguments) {
            let entry = CommandEntry(number: row[1], type: row[2], issued: row[3], reason: row[4])
            entries[row[0] as String, default: []].append(entry)
        }
        return entries
    }

    /// What clerks read of commands.
    func commandLines(now: Int64) -> [Line] {
        let hint = "look at lockerctl uplink status there 请在站点查看 lockerctl uplink status"
        let name = { (command: CommandEntry) in
            let age = (now - command.issued) / 1_000
            return "\(command.number) \(command.type), ordered \(Age.text(seconds: age)) ago "
                + "第 \(command.number) 号 \(command.type)，\(Age.chinese(seconds: age))前下达"
        }
        var lines: [Line] = commandsLate.map { command in
            (
                "command waits 命令未执行",
                "\(name(command)): the station asks for commands and does not do it 站点在线但未执行: \(hint)"
            )
        }
        lines += commandsFailed.map { command in
            (
                "command failed 命令失败",
                "\(name(command)): \(command.reason ?? "?")"
            )
        }
        if let number = commandNumberStrange {
            lines.append(
                (
                    "command numbers 命令编号",
                    "CHECK: the station names command \(number), more than \(Limits.commandNumbersAheadMax) above the "
                        + "last that was given 站点上报第 \(number) 号，比最后下达的大 \(Limits.commandNumbersAheadMax) 以上: "
                        + "it teaches nothing, look whether its journal is damaged 不予采信，请检查其日志"
                )
            )
        }
        return lines
    }
}

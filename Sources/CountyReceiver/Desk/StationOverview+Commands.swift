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
    /// them. The oldest first.
    static func lateCommands(_ db: Database, station: String, now: Int64) throws -> [CommandEntry] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT c.number, c.type, c.issued FROM command c JOIN station s ON s.id = c.station
                WHERE c.station = ?1 AND c.state = 'pending' AND c.expires > ?2
                    AND s.commandsAsked - max(c.issued, s.askedSince) >= ?3
                ORDER BY c.issued, c.number LIMIT ?4
                """,
            arguments: [station, now, CountyLimits.commandLateMilliseconds, CountyLimits.lateCommandsShownMax]
        ).map { CommandEntry(number: $0[0], type: $0[1], issued: $0[2], reason: nil) }
    }

    /// Commands that the station refused in the last `CountyLimits.commandDays`, or that were over in these days before it had
    /// them, the newest first. A badge that was to be withdrawn is over as well by then.
    static func failedCommands(_ db: Database, station: String, now: Int64) throws -> [CommandEntry] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT number, type, issued, CASE state WHEN 'failed' THEN reason ELSE ?4 END FROM command
                WHERE station = ?1 AND (state = 'failed' AND settled > ?2
                    OR state = 'pending' AND type <> 'revokeBadge' AND expires > ?2 AND expires <= ?5)
                ORDER BY coalesce(settled, expires) DESC, number DESC LIMIT ?3
                """,
            arguments: [
                station, now - CountyLimits.commandDays * 86_400_000, CountyLimits.failedCommandsShownMax,
                "it was over before the station did it 站点未执行即已过期: order it again 请重新下达", now,
            ]
        ).map { CommandEntry(number: $0[0], type: $0[1], issued: $0[2], reason: $0[3]) }
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

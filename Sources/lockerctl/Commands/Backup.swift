import ArgumentParser
import ControlAPI

/// `lockerctl backup`
struct Backup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Makes a backup of the station now, or shows how its backups stand (备份).",
        discussion:
            "lockerd makes one by itself every hour, or as [backup] minutes says. None changes the books: it is no event.",
        subcommands: [BackupNow.self, BackupShow.self],
        defaultSubcommand: BackupNow.self
    )

    @OptionGroup var options: SocketOptions
}

/// `lockerctl backup now`
struct BackupNow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "now",
        abstract: "Makes one now, checks it, and says where it is."
    )

    @OptionGroup var options: SocketOptions

    func run() async throws {
        let request = try ControlRequest.post(
            ControlPath.makeBackup,
            BackupRequest(),
            seconds: ControlLimits.backupSeconds
        )
        try await options.show(request, as: BackupReply.self) { reply, style in
            (reply.runningMilliseconds == nil ? [style.green("Made and checked (已备份).")] : [])
                + reply.lines(style: style)
        }
    }
}

/// `lockerctl backup show`
struct BackupShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Where the backups are, how old the last one is, and what is wrong."
    )

    @OptionGroup var options: SocketOptions

    func run() async throws {
        try await options.show(.get(ControlPath.backup), as: BackupReply.self) { $0.lines(style: $1) }
    }
}

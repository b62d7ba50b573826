import ArgumentParser
import CVersion

/// The county's dispatch centre: receives events, sends manifests and commands, tells codes.
@main
struct CountyServer: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "county-server",
        abstract: "Receives what village stations send, and tells them what is coming. 县级寄递配送中心",
        version: String(cString: lk_version()),
        subcommands: [
            Serve.self, EnrolToken.self, BadgeCommand.self, RevokeBadgeCommand.self, ManifestCommand.self,
            CodeCommand.self, DelegationCommand.self, ContactCommand.self, NoticeCommand.self, HoldCommand.self,
            ExtendCommand.self, RecallCommand.self, ReissueCommand.self, SupportCodeCommand.self, EventsCommand.self,
            StationsCommand.self,
            VerifyCommand.self, ClockCommand.self, TryUpgrade.self, AccountCommand.self, RegisterCommand.self,
            ReportCommand.self, RebuildCommand.self, BackupCommand.self, RestoreCommand.self,
        ]
    )
}

/// Where the county lives.
struct RootOptions: ParsableArguments {
    @Option(help: "Directory in front of /etc/county-server/county.toml and /var/lib/county-server/.")
    var root = ""
}

/// How data is printed.
struct OutputOptions: ParsableArguments {
    @Flag(help: "Print JSON.")
    var json = false

    /// Prints a value as JSON, or what people are to read of it: names and values.
    func show(_ value: some Encodable, _ rows: () throws -> [(String, String)]) throws {
        guard !json else { return try Terminal.json(value) }
        Terminal.table(try rows().map { (name: $0.0, value: $0.1) })
    }
}

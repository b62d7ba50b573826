import ArgumentParser
import ControlAPI

/// `lockerctl uplink`
struct Uplink: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "The link to the county (县里).",
        subcommands: [UplinkShow.self],
        defaultSubcommand: UplinkShow.self
    )

    @OptionGroup var options: SocketOptions
}

/// `lockerctl uplink status`
struct UplinkShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "How the link stands, and what waits to be sent."
    )

    @OptionGroup var options: SocketOptions

    func run() async throws {
        try await options.show(.get(ControlPath.uplink), as: LinkReply.self) { $0.lines(style: $1) }
    }
}

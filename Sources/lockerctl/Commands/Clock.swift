import ArgumentParser
import ControlAPI

/// `lockerctl clock`
struct Clock: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "How the station knows the time, and to set it (时钟).",
        subcommands: [ClockShow.self, ClockSet.self],
        defaultSubcommand: ClockShow.self
    )

    @OptionGroup var options: SocketOptions
}

/// `lockerctl clock show`
struct ClockShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "What time the station goes by, how it is known, and what to do."
    )

    @OptionGroup var options: SocketOptions

    func run() async throws {
        try await options.show(.get(ControlPath.clock), as: ClockReply.self) { $0.lines(style: $1) }
    }
}

/// `lockerctl clock set`
struct ClockSet: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set",
        abstract: "Sets the time of the station (校时); technicians only.",
        discussion: """
            The kernel's clock stays as it is. The time counts until the next start of the machine or until the county \
            says one, and what a wrong clock had let expire works again. It is an event with your name.
            """
    )

    @Argument(help: "Date and time of Shanghai, like \"2026-11-29 14:05\", or with a zone: 2026-11-29T06:05:00Z.")
    var time: String

    @Flag(help: "Set it also when it is far from the last confirmed time.")
    var force = false

    @OptionGroup var options: SocketOptions

    func run() async throws {
        let request = try ControlRequest.post(ControlPath.setClock, ClockRequest(time: time, force: force ? true : nil))
        try await options.show(request, as: ClockReply.self) { reply, style in
            [style.green("Set (已设置).")] + reply.lines(style: style)
        }
    }
}

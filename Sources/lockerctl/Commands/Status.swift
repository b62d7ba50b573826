import ArgumentParser
import ControlAPI

/// `lockerctl status`
struct Status: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "The station at a glance (站点).")

    @OptionGroup var options: SocketOptions

    func run() async throws {
        try await options.show(.get(ControlPath.status), as: StatusReply.self) { $0.lines(style: $1) }
    }
}

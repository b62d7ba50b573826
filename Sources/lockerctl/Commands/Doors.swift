import ArgumentParser
import ControlAPI

/// `lockerctl doors`
struct Doors: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Every door and what is behind it (格口).")

    @OptionGroup var options: SocketOptions

    func run() async throws {
        try await options.show(.get(ControlPath.doors), as: DoorsReply.self) { $0.lines(style: $1) }
    }
}

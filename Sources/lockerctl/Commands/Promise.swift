import ArgumentParser
import ControlAPI

/// `lockerctl promise`
struct Promise: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "What the station promises in public, as a sheet for the wall (公开服务承诺)."
    )

    @OptionGroup var options: SocketOptions

    func run() async throws {
        try await options.show(.get(ControlPath.promise), as: PromiseReply.self) { $0.lines(style: $1) }
    }
}

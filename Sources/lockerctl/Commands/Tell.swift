import ArgumentParser
import ControlAPI

/// `lockerctl tell`
struct Tell: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Whom to tell in person that a parcel waits, by hamlet (当面通知); keepers only.",
        discussion: "No phone is known, the county could not reach them, or the link has been down for hours."
    )

    @OptionGroup var options: SocketOptions

    func run() async throws {
        try await options.show(.get(ControlPath.tell), as: TellReply.self) { $0.lines(style: $1) }
    }
}

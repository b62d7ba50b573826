import ArgumentParser
import ControlAPI

/// `lockerctl parcels`
struct Parcels: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Parcels announced, inside or just collected (包裹).")

    @OptionGroup var options: SocketOptions

    func run() async throws {
        try await options.show(.get(ControlPath.parcels), as: ParcelsReply.self) { $0.lines(style: $1) }
    }
}

import ArgumentParser
import ControlAPI

/// `lockerctl shipments`
struct Shipments: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Shipments of villagers that are still here (寄件).")

    @OptionGroup var options: SocketOptions

    func run() async throws {
        try await options.show(.get(ControlPath.shipments), as: ShipmentsReply.self) { $0.lines(style: $1) }
    }
}

import ControlServer
import HostSupport
import ServiceLifecycle

/// The control socket as a service of the group. A station whose socket cannot be served works on without it.
struct ControlListener: Service {
    let service: ControlService
    /// Folder of the socket.
    let folder: String
    let board: FaultBoard
    let retries: Retries
    /// Ends when the station was tried to be opened: the umask of a bind must not reach the files that this makes.
    let begins: AsyncStream<Void>

    func run() async throws {
        for await _ in begins { break }
        _ = try await retries.until({ _ in .socket }) {
            try Folders.make(folder)
            try await service.run { board.set(.socket, nil) }
        }
    }
}

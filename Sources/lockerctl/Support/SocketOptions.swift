import ArgumentParser
import ControlAPI

/// Which station is asked, and in which form its reply is shown.
struct SocketOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Station whose paths were moved.", valueName: "dir"))
    var root: String?

    @Option(help: ArgumentHelp("Control socket. (default: \(ControlPath.socket))", valueName: "path"))
    var socket: String?

    @Flag(help: "Print the reply as one JSON document.")
    var json = false

    /// The socket that was asked for.
    var path: String { socket ?? root.map { ControlPath.socket(root: $0) } ?? ControlPath.socket }

    func validate() throws {
        guard root == nil || socket == nil else {
            throw ValidationError("--root and --socket name the same thing: give one of them.")
        }
        guard !path.isEmpty, path.utf8.count <= ControlLimits.socketPathBytesMax else {
            throw ValidationError(
                "The socket's path has \(path.utf8.count) bytes, the kernel takes 1 to "
                    + "\(ControlLimits.socketPathBytesMax): choose a shorter directory."
            )
        }
    }

    /// Asks for one reply and shows it.
    func show<Reply: Decodable & Sendable>(
        _ request: ControlRequest,
        as type: Reply.Type,
        lines: @escaping @Sendable (Reply, TextStyle) -> [String]
    ) async throws {
        try await ask { client in
            let reply = try await client.send(request, as: type)
            if json {
                try Console.write(reply.bytes + [0x0A])
            } else {
                try Console.write(lines: lines(reply.value, Console.style))
            }
        }
    }

    /// Runs with a client and turns what went wrong into words and an exit code.
    func ask(_ body: (ControlClient) async throws -> Void) async throws {
        try await Console.reporting {
            let client = ControlClient(socket: path)
            do {
                try await body(client)
            } catch {
                await client.shutdown()
                throw error
            }
            await client.shutdown()
        }
    }
}

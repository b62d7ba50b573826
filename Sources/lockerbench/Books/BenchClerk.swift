import FoundationEssentials
import NIOPosix

/// The clerk's account of a benchmark: made at the command line, with a password of its own after the first log-in.
struct BenchClerk {
    private static let name = "bench-clerk"
    private let password: String

    /// Makes the account, and logs in for the first time.
    init(of county: FleetCounty, at server: FleetCounty.Server, _ group: MultiThreadedEventLoopGroup) async throws {
        let sheet = try county.output(["account", "add", Self.name, "--role", "clerk"])
        guard let once = sheet.firstMatch(of: /one-time password: (\S+)/) else {
            throw BenchFault("the sheet of \(Self.name) has no password: \(sheet)")
        }
        password = UUID().uuidString
        var client = try await PageClient(port: server.port, group: group)
        try await client.logIn(Self.name, once: String(once.1), new: password)
        await client.close()
    }

    func logIn(_ client: inout PageClient) async throws { try await client.logIn(Self.name, password: password) }
}

import AsyncHTTPClient
import ControlAPI
import ControlServer
import Foundation
import Glibc
import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
import ServiceLifecycle

/// A control socket that is served in a directory of its own for the length of a test.
struct Served: Sendable {
    let path: String

    static let directory = FileManager.default.temporaryDirectory.path

    static func temporaryPath() throws -> String {
        let directory = "\(directory)/lk-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(
            atPath: directory,
            withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o755]
        )
        return "\(directory)/control.sock"
    }

    static func service(
        _ port: FakePort = FakePort(),
        at path: String,
        roles: RoleGroups = RoleGroups(groups: [:], ownUser: geteuid()),
        peers: any PeerSource = KernelPeers()
    ) -> ControlService {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        return ControlService(
            port: port,
            path: path,
            logger: logger,
            group: MultiThreadedEventLoopGroup.singleton,
            roles: roles,
            peers: peers
        )
    }

    static func run(
        _ port: FakePort = FakePort(),
        at path: String? = nil,
        roles: RoleGroups = RoleGroups(groups: [:], ownUser: geteuid()),
        peers: any PeerSource = KernelPeers(),
        _ body: (Served) async throws -> Void
    ) async throws {
        let path = try path ?? temporaryPath()
        let service = service(port, at: path, roles: roles, peers: peers)
        // As the daemon ends it: a task that is only cancelled drops the connection that was accepted just then, and NIO
        // traps (swift-nio#2637).
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        var configuration = ServiceGroupConfiguration(services: [ServedService(service: service)], logger: logger)
        configuration.maximumGracefulShutdownDuration = .seconds(5)
        let group = ServiceGroup(configuration: configuration)
        let running = Task { try await group.run() }
        defer { try? FileManager.default.removeItem(atPath: (path as NSString).deletingLastPathComponent) }
        let served = Served(path: path)
        do {
            try await served.answering()
            try await body(served)
        } catch {
            await group.triggerGracefulShutdown()
            _ = await running.result
            throw error
        }
        await group.triggerGracefulShutdown()
        _ = await running.result
    }

    /// One exchange, a `POST` when there is a body; the reply's bytes as text.
    func call(
        _ path: String,
        _ body: String? = nil
    ) async throws -> (status: UInt, body: String) {
        let response = try await exchange(path, body)
        let bytes = try await response.body.collect(upTo: ControlLimits.replyBytesMax)
        return (response.status.code, String(buffer: bytes))
    }

    /// What a reply says of its connection.
    func connection(_ path: String, _ body: String? = nil) async throws -> (status: UInt, header: String?) {
        let response = try await exchange(path, body)
        _ = try await response.body.collect(upTo: ControlLimits.replyBytesMax)
        return (response.status.code, response.headers.first(name: "connection"))
    }

    private func exchange(_ path: String, _ body: String?) async throws -> HTTPClientResponse {
        guard let url = URL(httpURLWithSocketPath: self.path, uri: path) else { throw URLError(.badURL) }
        var request = HTTPClientRequest(url: url.absoluteString)
        if let body {
            request.method = .POST
            request.body = .bytes(Array(body.utf8))
        }
        return try await HTTPClient.shared.execute(request, timeout: .seconds(600))
    }

    func reply<Reply: Decodable>(_ path: String, as type: Reply.Type) async throws -> Reply {
        try JSONDecoder().decode(type, from: Data(try await call(path).body.utf8))
    }

    func fault(
        _ path: String,
        _ body: String? = nil
    ) async throws -> (status: UInt, fault: Fault) {
        let (status, text) = try await call(path, body)
        return (status, try JSONDecoder().decode(Fault.self, from: Data(text.utf8)))
    }

    private func answering() async throws {
        for _ in 0..<6_000 {
            let channel = try? await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connect(unixDomainSocketPath: path).get()
            if let channel {
                // The server may have closed it first.
                try? await channel.close()
                return
            }
            try await Task.sleep(for: .milliseconds(10))
        }
    }
}

/// A caller whom the kernel would not let a test be.
struct FakePeers: PeerSource {
    var user: UInt32 = 54_321
    var groups: Set<UInt32>

    static let roles = RoleGroups(groups: [.view: 901, .keeper: 902, .technician: 903], ownUser: 900)

    func credentials(of channel: any Channel) async throws -> PeerCredentials {
        PeerCredentials(user: user, groups: groups)
    }
}

private struct ServedService: Service {
    let service: ControlService

    func run() async throws { try await service.run() }
}

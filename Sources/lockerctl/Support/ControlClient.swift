import ArgumentParser
import AsyncHTTPClient
import ControlAPI
import FoundationEssentials
import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix

/// A client of the control socket: one HTTP client on one event loop thread.
struct ControlClient: Sendable {
    private let socket: String
    private let group: MultiThreadedEventLoopGroup
    private let client: HTTPClient

    init(socket: String) {
        self.socket = socket
        group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow,
            timeout: .init(
                connect: .seconds(ControlLimits.connectSeconds),
                read: .seconds(ControlLimits.sheetReplySeconds),
                write: .seconds(ControlLimits.replySeconds)
            )
        )
        // A daemon that is not there is told at once, not after the connect timeout.
        configuration.connectionPool.retryConnectionEstablishment = false
        client = HTTPClient(eventLoopGroupProvider: .shared(group), configuration: configuration)
    }

    /// Closes the connections and ends the thread.
    func shutdown() async {
        try? await client.shutdown()
        try? await group.shutdownGracefully()
    }

    /// The reply, read and as it came. Throws `CommandFailure`.
    func send<Reply: Decodable>(
        _ request: ControlRequest,
        as type: Reply.Type
    ) async throws -> (value: Reply, bytes: [UInt8]) {
        let (status, bytes) = try await exchange(request)
        let decoder = JSONDecoder()
        guard status == 200 else {
            if let fault = try? decoder.decode(Fault.self, from: Data(bytes)) {
                throw CommandFailure(code: .failure, message: fault.message, isTemporary: fault.code == .unavailable)
            }
            throw CommandFailure.refused("what answers on \(socket) is not lockerd (HTTP \(status)): check --socket")
        }
        do {
            return (try decoder.decode(type, from: Data(bytes)), bytes)
        } catch {
            throw CommandFailure.refused(
                "the reply to \(request.path) cannot be read: lockerd is of another version than lockerctl; "
                    + "update both, then systemctl restart lockerd"
            )
        }
    }

    private func exchange(_ request: ControlRequest) async throws -> (status: UInt, bytes: [UInt8]) {
        var call = HTTPClientRequest(url: "http+unix://\(socket.percentEncoded)\(request.path)")
        // HTTP/1.1 asks for a host; the path of a socket is none.
        call.headers.add(name: "Host", value: "lockerd")
        if let body = request.body {
            call.method = .POST
            call.headers.add(name: "Content-Type", value: "application/json")
            call.body = .bytes(body)
        }
        do {
            let response = try await client.execute(call, timeout: .seconds(request.seconds))
            let body = try await response.body.collect(upTo: ControlLimits.replyBytesMax)
            return (response.status.code, Array(body.readableBytesView))
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            throw failure(error, of: request)
        }
    }

    private func failure(_ error: any Error, of request: ControlRequest) -> CommandFailure {
        let start = "start it (systemctl start lockerd), or name its socket with --socket or --root"
        switch error {
        case let error as IOError where error.errnoCode == ENOENT:
            return .unreachable("lockerd is not running: there is no socket \(socket); \(start)")
        case let error as IOError where error.errnoCode == ECONNREFUSED:
            return .unreachable("lockerd is not running: nobody answers on \(socket); \(start)")
        case let error as IOError where error.errnoCode == EACCES || error.errnoCode == EPERM:
            return .refused(
                "no permission to open \(socket): join the group lockerd-view (as root: adduser NAME lockerd-view), "
                    + "then log in again"
            )
        case let error as HTTPClientError where Self.timeouts.contains(error):
            return .unreachable(
                "lockerd took the question on \(socket) but did not answer within \(request.seconds) s: "
                    + "see journalctl -u lockerd"
            )
        case is NIOTooManyBytesError:
            return .refused(
                "the reply to \(request.path) is too long: lockerd is of another version than lockerctl; update both"
            )
        default:
            return .unreachable("lockerd on \(socket) broke off: \(error); see journalctl -u lockerd")
        }
    }

    private static let timeouts: [HTTPClientError] = [.deadlineExceeded, .readTimeout, .connectTimeout, .writeTimeout]
}

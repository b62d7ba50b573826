import AsyncHTTPClient
import LockerDomain
import NIOCore
import NIOHTTP1
public import NIOPosix
public import StationPorts

/// One HTTP exchange with the county over async-http-client: one client, one event loop, explicit timeouts, a cap on
/// what is read. Redirects are not followed: a county does not redirect a station, portals do.
public struct HTTPUplink: UplinkPort {
    private let client: HTTPClient
    private let base: String

    /// `url` is the county's URL without a trailing slash.
    public init(url: String, group: MultiThreadedEventLoopGroup) {
        base = url
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.timeout = .init(connect: .seconds(10), read: .seconds(Limits.commandWaitSeconds + 30))
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 3
        configuration.connectionPool.idleTimeout = .seconds(70)
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.httpVersion = .http1Only
        client = HTTPClient(eventLoopGroupProvider: .shared(group), configuration: configuration)
    }

    public func exchange(_ request: UplinkRequest, seconds: Int64) async throws -> UplinkReply {
        var outgoing = HTTPClientRequest(url: base + request.path)
        outgoing.method = HTTPMethod(rawValue: request.method)
        for header in request.headers { outgoing.headers.add(name: header.name, value: header.value) }
        if !request.body.isEmpty { outgoing.body = .bytes(ByteBuffer(bytes: request.body)) }
        let request = outgoing
        // The client's own deadline ends with the head; a portal that trickles its body must not hold the uplink.
        return try await withThrowingTaskGroup(of: UplinkReply.self) { tasks in
            tasks.addTask { try await self.ask(request, seconds: seconds) }
            tasks.addTask {
                try await Task.sleep(for: .seconds(seconds))
                throw ExchangeFault(description: "no whole answer in \(seconds) s")
            }
            defer { tasks.cancelAll() }
            guard let reply = try await tasks.next() else { throw CancellationError() }
            return reply
        }
    }

    private struct ExchangeFault: Error, CustomStringConvertible {
        var description: String
    }

    private func ask(_ request: HTTPClientRequest, seconds: Int64) async throws -> UplinkReply {
        do {
            let response = try await client.execute(request, timeout: .seconds(seconds))
            let body = try await response.body.collect(upTo: Limits.answerBytesMax)
            return UplinkReply(
                status: Int(response.status.code),
                headers: response.headers.map { (name: $0.name.lowercased(), value: $0.value) },
                body: Array(buffer: body)
            )
        } catch let error as HTTPClientError where error == .deadlineExceeded || error == .readTimeout {
            throw ExchangeFault(description: "no whole answer in \(seconds) s")
        } catch let error as HTTPClientError where error == .connectTimeout {
            throw ExchangeFault(description: "no connection in 10 s")
        } catch is NIOTooManyBytesError {
            throw ExchangeFault(description: "the answer is larger than \(Limits.answerBytesMax) bytes")
        }
    }

    /// Closes the connections; to be called once, at the end.
    public func shutdown() async throws { try await client.shutdown() }
}

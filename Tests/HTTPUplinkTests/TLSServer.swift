import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// A server on loopback behind TLS that answers each request with 200.
struct TLSServer {
    private static let folder =
        #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        + "/Certificates"

    private let channel: any Channel
    private let notes = Notes()
    let port: Int

    /// Connections taken so far.
    var connections: Int { notes.connections.withLock { $0 } }
    /// The last request, head and body.
    var request: String { notes.request.withLock { $0 } }

    private final class Notes: Sendable {
        let connections = Mutex(0)
        let request = Mutex("")
    }

    /// Shows the certificate of a name in `Certificates/`.
    init(_ certificate: String, on group: MultiThreadedEventLoopGroup) async throws {
        let key = try NIOSSLPrivateKey(file: Self.folder + "/county-key.der", format: .der)
        let chain = try NIOSSLCertificate.fromPEMFile(Self.path(certificate))
        let context = try NIOSSLContext(
            configuration: .makeServerConfiguration(
                certificateChain: chain.map { .certificate($0) },
                privateKey: .privateKey(key)
            )
        )
        let notes = notes
        channel = try await ServerBootstrap(group: group)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                notes.connections.withLock { $0 += 1 }
                return channel.eventLoop.makeCompletedFuture {
                    let handlers: [any ChannelHandler] = [NIOSSLServerHandler(context: context), Empty(notes)]
                    try channel.pipeline.syncOperations.addHandlers(handlers)
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        port = channel.localAddress?.port ?? 0
    }

    static func path(_ name: String) -> String { "\(folder)/\(name).pem" }

    func stop() async throws { try await channel.close() }

    private final class Empty: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer
        private let notes: Notes
        private var text = ""

        init(_ notes: Notes) { self.notes = notes }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            text += String(buffer: unwrapInboundIn(data))
            guard let end = text.firstRange(of: "\r\n\r\n") else { return }
            let length = text[..<end.lowerBound].lowercased().split(separator: "\r\n")
                .first { $0.hasPrefix("content-length: ") }.flatMap { Int($0.dropFirst("content-length: ".count)) }
            guard text[end.upperBound...].utf8.count >= length ?? 0 else { return }
            notes.request.withLock { $0 = text }
            text = ""
            let answer = "HTTP/1.1 200 OK\r\nX-Kept: yes\r\nContent-Length: 2\r\n\r\nok"
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: answer)), promise: nil)
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
    }
}

import NIOCore
import NIOPosix
import Synchronization

/// A server on loopback that answers each request with given bytes, right or wrong.
final class RawServer: Sendable {
    enum Answer: Sendable {
        case bytes([UInt8])
        case bytesThenClose([UInt8])
        case silence
        /// A head at once, then a byte of the body from time to time, for ever.
        case trickle
        /// Something at the first byte, whatever it is.
        case atOnce([UInt8])
        /// Bodies of so many bytes are answered; of larger ones the rest is never read.
        case narrow(Int)
    }

    struct Asked: Sendable {
        var requests = 0
        var head = ""
        var body: [UInt8] = []
        /// Connections that began with a TLS hello.
        var hellos = 0
    }

    private final class Log: Sendable {
        let asked = Mutex(Asked())
        let (steps, step) = AsyncStream.makeStream(of: Void.self)
    }

    private let channel: any Channel
    private let log: Log
    let port: Int

    init(_ answer: Answer, on group: MultiThreadedEventLoopGroup) async throws {
        let log = Log()
        self.log = log
        channel = try await ServerBootstrap(group: group)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        Handler(answer: answer, moved: { log.step.yield() }) { asked in
                            log.asked.withLock {
                                $0.requests += asked.requests
                                $0.hellos += asked.hellos
                                if asked.requests > 0 { ($0.head, $0.body) = (asked.head, asked.body) }
                            }
                        }
                    )
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        port = channel.localAddress?.port ?? 0
    }

    var asked: Asked { log.asked.withLock { $0 } }
    func stop() async throws { try await channel.close() }

    /// Returns after so many steps, or when the task is cancelled. A whole request is a step, and each trickled byte.
    func hasMoved(steps: Int) async {
        var left = steps
        for await _ in log.steps {
            left -= 1
            if left <= 0 { return }
        }
    }

    /// Gathers one request by its Content-Length, then answers.
    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer
        private let answer: Answer
        private let moved: @Sendable () -> Void
        private let done: @Sendable (Asked) -> Void
        private var bytes: [UInt8] = []

        init(
            answer: Answer,
            moved: @escaping @Sendable () -> Void,
            done: @escaping @Sendable (Asked) -> Void
        ) {
            self.answer = answer
            self.moved = moved
            self.done = done
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            bytes += unwrapInboundIn(data).readableBytesView
            if case .atOnce = answer { return reply(context) }
            // A TLS hello is nothing to a server that speaks something else.
            guard bytes.first != 22 else {
                done(Asked(hellos: 1))
                return context.close(promise: nil)
            }
            if case .narrow(let width) = answer, bytes.count > width {
                return context.channel.setOption(.autoRead, value: false).assumeIsolated().whenComplete { _ in }
            }
            guard let end = Self.endOfHead(bytes) else { return }
            let head = String(decoding: bytes[..<end], as: UTF8.self)
            let length = head.lowercased().split(separator: "\r\n").first { $0.hasPrefix("content-length:") }
                .flatMap { Int($0.dropFirst("content-length:".count).drop { $0 == " " }) }
            guard bytes.count >= end + (length ?? 0) else { return }
            done(Asked(requests: 1, head: head, body: Array(bytes[end...])))
            bytes = []
            moved()
            reply(context)
        }

        private func reply(_ context: ChannelHandlerContext) {
            switch answer {
            case .bytes(let bytes): context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: bytes)), promise: nil)
            case .narrow:
                let head = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
                context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: head)), promise: nil)
            case .bytesThenClose(let bytes), .atOnce(let bytes):
                context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: bytes)), promise: nil)
                context.close(promise: nil)
            case .silence: break
            case .trickle:
                let head = "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n"
                context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: head)), promise: nil)
                let (channel, moved) = (context.channel, moved)
                channel.eventLoop.scheduleRepeatedTask(initialDelay: .milliseconds(50), delay: .milliseconds(50)) {
                    task in
                    guard channel.isActive else { return task.cancel() }
                    channel.writeAndFlush(ByteBuffer(string: "x"), promise: nil)
                    moved()
                }
            }
        }

        private static func endOfHead(_ bytes: [UInt8]) -> Int? {
            guard bytes.count >= 4 else { return nil }
            return (4...bytes.count).first { bytes[($0 - 4)..<$0].elementsEqual([13, 10, 13, 10]) }
        }
    }
}

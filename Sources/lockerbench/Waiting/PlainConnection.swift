import LockerDomain
import NIOCore
import NIOPosix

/// An answer over plain HTTP.
struct PlainAnswer: Sendable {
    var status: Int
    /// Names in small letters.
    var headers: [(name: String, value: String)] = []
    var body: [UInt8]
}

/// One connection over plain HTTP/1.1 for one request after the other: thousands of them cost the machine little beside
/// the server that is measured.
struct PlainConnection: Sendable {
    private let channel: any Channel
    private let host: String

    init(port: Int, group: MultiThreadedEventLoopGroup) async throws {
        host = "127.0.0.1:\(port)"
        channel = try await ClientBootstrap(group: group)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(PlainExchanges())
                }
            }
            .connect(host: "127.0.0.1", port: port).get()
    }

    /// Sends a request and waits for its answer; the one before has to be answered.
    func exchange(
        _ method: String,
        _ target: String,
        headers: [(name: String, value: String)] = [],
        body: [UInt8] = []
    ) async throws -> PlainAnswer {
        try await exchange(Self.request(method, target, host: host, headers: headers, body: body))
    }

    /// The bytes of a request.
    static func request(
        _ method: String,
        _ target: String,
        host: String,
        headers: [(name: String, value: String)],
        body: [UInt8]
    ) -> ByteBuffer {
        var head = "\(method) \(target) HTTP/1.1\r\nhost: \(host)\r\n"
        for header in headers { head += "\(header.name): \(header.value)\r\n" }
        if !body.isEmpty { head += "content-length: \(body.count)\r\n" }
        var bytes = ByteBuffer(string: head + "\r\n")
        bytes.writeBytes(body)
        return bytes
    }

    /// Sends the bytes of a request, as `exchange(_:_:headers:body:)` does.
    func exchange(_ bytes: ByteBuffer) async throws -> PlainAnswer {
        let answer = channel.eventLoop.makePromise(of: PlainAnswer.self)
        channel.writeAndFlush(PlainExchange(bytes: bytes, answer: answer), promise: nil)
        return try await answer.futureResult.get()
    }

    /// Ends what it waits for with an error.
    func close() async { try? await channel.close().get() }
}

private struct PlainExchange: Sendable {
    var bytes: ByteBuffer
    var answer: EventLoopPromise<PlainAnswer>
}

/// Pairs each request with the answer that comes next. All of it runs on the channel's loop.
private final class PlainExchanges: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = PlainExchange
    typealias OutboundOut = ByteBuffer

    private var received: [UInt8] = []
    private var waiting: EventLoopPromise<PlainAnswer>?

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let exchange = unwrapOutboundIn(data)
        guard context.channel.isActive else { return exchange.answer.fail(ChannelError.ioOnClosedChannel) }
        waiting = exchange.answer
        context.write(wrapOutboundOut(exchange.bytes), promise: promise)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        received += unwrapInboundIn(data).readableBytesView
        guard let answer = Self.answer(in: received) else { return }
        received = []
        waiting?.succeed(answer)
        waiting = nil
    }

    func channelInactive(context: ChannelHandlerContext) {
        waiting?.fail(ChannelError.ioOnClosedChannel)
        waiting = nil
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        waiting?.fail(error)
        waiting = nil
        context.close(promise: nil)
    }

    /// The whole answer; `nil` while some of it is missing. The county says how long its bodies are.
    private static func answer(in bytes: [UInt8]) -> PlainAnswer? {
        let blank: [UInt8] = [0x0D, 0x0A, 0x0D, 0x0A]
        guard let end = bytes.indices.first(where: { bytes[$0...].starts(with: blank) }) else { return nil }
        let lines = String(decoding: bytes[..<end], as: UTF8.self).split(separator: "\r\n")
        let headers = lines.dropFirst().compactMap { line -> (name: String, value: String)? in
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2 else { return nil }
            return (parts[0].lowercased(), String(parts[1].drop { $0 == " " }))
        }
        let length = headers.first { $0.name == "content-length" }.flatMap { Int($0.value) }
        let body = bytes[(end + blank.count)...]
        guard let status = lines.first?.split(separator: " ").dropFirst().first.flatMap({ Int($0) }),
            body.count >= length ?? 0
        else { return nil }
        return PlainAnswer(status: status, headers: headers, body: Array(body))
    }
}

import LockerDomain
import NIOCore
import NIOHTTP1
import NIOTLS
import StationPorts

/// Sends one request at a time over a connection and gathers its answer, at most `Limits.answerBytesMax` of it.
final class OneExchange: ChannelDuplexHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundIn = Order
    typealias OutboundOut = HTTPClientRequestPart

    /// A request, and where its answer goes.
    struct Order: Sendable {
        var head: HTTPRequestHead
        var body: [UInt8]
        var answered: EventLoopPromise<Answered>
    }

    struct Answered: Sendable {
        var reply: UplinkReply
        /// Whether the connection takes another request.
        var isReusable: Bool
    }

    /// Outbound event: the promise is told how the TLS handshake ends. A host with several addresses is tried at all of them,
    /// so only the connection that was chosen is watched.
    struct Watch: Sendable {
        var shaken: EventLoopPromise<Void>
    }

    private enum Handshake {
        case goesOn(Watch?)
        case done
        case failed(any Error)
    }

    private var handshake = Handshake.goesOn(nil)
    private var order: Order?
    private var head: HTTPResponseHead?
    private var body: [UInt8] = []
    private var idling: Scheduled<Void>?

    func triggerUserOutboundEvent(context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?) {
        guard let watch = event as? Watch else {
            return context.triggerUserOutboundEvent(event, promise: promise)
        }
        promise?.succeed()
        switch handshake {
        case .goesOn: handshake = .goesOn(watch)
        case .done: watch.shaken.succeed()
        case .failed(let error): watch.shaken.fail(error)
        }
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let order = unwrapOutboundIn(data)
        guard self.order == nil else {
            promise?.fail(LinkFault.cut)
            return order.answered.fail(LinkFault.cut)
        }
        idling?.cancel()
        self.order = order
        (head, body) = (nil, [])
        context.write(wrapOutboundOut(.head(order.head)), promise: nil)
        if !order.body.isEmpty {
            context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: order.body)))), promise: nil)
        }
        context.write(wrapOutboundOut(.end(nil)), promise: promise)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): self.head = head
        case .body(let part):
            guard body.count + part.readableBytes <= Limits.answerBytesMax else {
                return end(context, with: LinkFault.answerTooLarge)
            }
            body += part.readableBytesView
        case .end: finish(context)
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .handshakeCompleted? = event as? TLSUserEvent, case .goesOn(let watch) = handshake {
            handshake = .done
            watch?.shaken.succeed()
        }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { end(context, with: error) }

    func channelInactive(context: ChannelHandlerContext) {
        end(context, with: LinkFault.cut)
        context.fireChannelInactive()
    }

    private func finish(_ context: ChannelHandlerContext) {
        guard let order, let head else { return end(context, with: LinkFault.notHTTP) }
        let reply = UplinkReply(
            status: Int(head.status.code),
            headers: head.headers.map { (name: $0.name.lowercased(), value: $0.value) },
            body: body
        )
        (self.order, self.head, body) = (nil, nil, [])
        if head.isKeepAlive {
            let channel = context.channel
            idling = context.eventLoop.scheduleTask(in: .seconds(Limits.connectionIdleSeconds)) {
                channel.close(promise: nil)
            }
        } else {
            context.close(promise: nil)
        }
        order.answered.succeed(Answered(reply: reply, isReusable: head.isKeepAlive))
    }

    private func end(_ context: ChannelHandlerContext, with error: any Error) {
        idling?.cancel()
        if case .goesOn(let watch) = handshake {
            handshake = .failed(error)
            watch?.shaken.fail(error)
        }
        order?.answered.fail(error)
        order = nil
        context.close(promise: nil)
    }
}

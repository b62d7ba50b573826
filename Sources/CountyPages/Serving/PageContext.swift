public import Hummingbird
import NIOCore

/// What a request for a page brings beside itself: who is at the other end of its connection.
///
/// Stations' calls keep Hummingbird's own context, which `CountyFront` makes of this one where both come in by one door.
public struct PageContext: RequestContext {
    public var coreContext: CoreRequestContextStorage
    private let channel: any Channel

    public init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
    }

    /// Its address, without port; `nil` where the connection has none.
    var peer: String? { channel.remoteAddress?.ipAddress }

    /// The same for a router of the stations' calls.
    var forStations: BasicRequestContext {
        BasicRequestContext(source: ApplicationRequestContextSource(channel: channel, logger: logger))
    }
}

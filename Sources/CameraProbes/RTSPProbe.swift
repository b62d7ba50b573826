public import LockerDomain
import NIOCore
public import NIOPosix
public import StationPorts

/// Asks a camera `OPTIONS` over RTSP (RFC 2326 section 10.1): cheap, no login, no video. Only a success, or a demand
/// for a login (401), is a camera; every other reading says what answered.
public struct RTSPProbe: CameraPort {
    private let group: MultiThreadedEventLoopGroup
    private let timeoutMilliseconds: Int64
    /// Returns at that moment. By the machine's clock and not the station's: the camera is real.
    private let patience: @Sendable (ContinuousClock.Instant) async throws -> Void

    /// Another time than the limit is for tests.
    public init(
        group: MultiThreadedEventLoopGroup,
        timeoutMilliseconds: Int64 = Limits.cameraProbeTimeoutMilliseconds
    ) {
        self.init(group: group, timeoutMilliseconds: timeoutMilliseconds) {
            try await Task.sleep(until: $0, clock: .continuous)
        }
    }

    /// `patience` waits until the moment that it is given: what tests put in place of the machine's clock.
    package init(
        group: MultiThreadedEventLoopGroup,
        timeoutMilliseconds: Int64,
        patience: @escaping @Sendable (ContinuousClock.Instant) async throws -> Void
    ) {
        self.group = group
        self.timeoutMilliseconds = timeoutMilliseconds
        self.patience = patience
    }

    public func probe(_ camera: CameraSettings) async -> CameraReading {
        let end = ContinuousClock.now + .milliseconds(timeoutMilliseconds)
        let channel: NIOAsyncChannel<ByteBuffer, ByteBuffer>
        do { channel = try await connect(camera.url) } catch {
            return .missed(reason: ConnectionFault.words(error, camera.url))
        }
        do {
            return try await withThrowingTaskGroup(of: CameraReading.self) { tasks in
                tasks.addTask { try await Self.ask(camera.url, channel) }
                tasks.addTask {
                    // An answer ends the group, which cancels this.
                    try await patience(end)
                    return .missed(reason: "it takes the call and says nothing: correct its port, or start it again")
                }
                defer { tasks.cancelAll() }
                return try await tasks.next() ?? Self.hangUp
            }
        } catch {
            return Self.hangUp
        }
    }

    private static let hangUp = CameraReading.missed(
        reason: "it hangs up without an answer: correct its port, or start it again"
    )

    private func connect(_ url: NetworkURL) async throws -> NIOAsyncChannel<ByteBuffer, ByteBuffer> {
        try await ClientBootstrap(group: group)
            .connectTimeout(.milliseconds(timeoutMilliseconds))
            .connect(host: url.host, port: url.port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
    }

    private static func ask(
        _ url: NetworkURL,
        _ channel: NIOAsyncChannel<ByteBuffer, ByteBuffer>
    ) async throws -> CameraReading {
        try await channel.executeThenClose { inbound, outbound in
            let request = "OPTIONS \(target(url)) RTSP/1.0\r\nCSeq: 1\r\nUser-Agent: lockerd\r\n\r\n"
            try await outbound.write(ByteBuffer(string: request))
            var reply = RTSPReply()
            for try await buffer in inbound {
                switch reply.feed(buffer.readableBytesView) {
                case .needMore: continue
                case .status(let status): return RTSPStatus.reading(status)
                case .notRTSP(let what): return .missed(reason: what)
                }
            }
            return hangUp
        }
    }

    /// A request names the stream by a path, if only by `/`.
    private static func target(_ url: NetworkURL) -> String {
        guard url.path.isEmpty else { return "\(url)" }
        var parts = "\(url)".split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        parts[0] += "/"
        return parts.joined(separator: "?")
    }
}

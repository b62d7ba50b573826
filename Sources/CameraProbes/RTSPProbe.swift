public import LockerDomain
import NIOCore
public import NIOPosix
public import StationPorts

/// Asks a camera `OPTIONS` over RTSP (RFC 2326 section 10.1): cheap, no login, no video. A camera that wants a login
/// for it (401) lives too.
public struct RTSPProbe: CameraPort {
    private let group: MultiThreadedEventLoopGroup
    private let timeoutMilliseconds: Int64

    /// A shorter time than the limit is for tests.
    public init(
        group: MultiThreadedEventLoopGroup,
        timeoutMilliseconds: Int64 = Limits.cameraProbeTimeoutMilliseconds
    ) {
        self.group = group
        self.timeoutMilliseconds = timeoutMilliseconds
    }

    public func probe(_ camera: CameraSettings) async -> CameraReading {
        guard let address = RTSPAddress(camera.url) else { return .missed(reason: "the url is no rtsp:// address") }
        do {
            let status = try await withThrowingTaskGroup(of: Int.self) { tasks in
                tasks.addTask { try await self.ask(address) }
                tasks.addTask {
                    try await Task.sleep(for: .milliseconds(timeoutMilliseconds))
                    throw ProbeFault("no answer in \(timeoutMilliseconds) ms")
                }
                defer { tasks.cancelAll() }
                return try await tasks.next() ?? 0
            }
            return status < 500 ? .good : .missed(reason: "the camera answers with status \(status)")
        } catch let fault as ProbeFault {
            return .missed(reason: fault.description)
        } catch let error as IOError {
            return .missed(reason: "no connection to \(address.host):\(address.port), errno \(error.errnoCode)")
        } catch {
            return .missed(reason: "no connection to \(address.host):\(address.port)")
        }
    }

    private func ask(_ address: RTSPAddress) async throws -> Int {
        let channel = try await ClientBootstrap(group: group)
            .connectTimeout(.milliseconds(timeoutMilliseconds))
            .connect(host: address.host, port: address.port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            let request = "OPTIONS \(address.url) RTSP/1.0\r\nCSeq: 1\r\nUser-Agent: lockerd\r\n\r\n"
            try await outbound.write(ByteBuffer(string: request))
            var reply = RTSPReply()
            for try await buffer in inbound {
                switch reply.feed(buffer.readableBytesView) {
                case .needMore: continue
                case .status(let status): return status
                case .notRTSP(let what): throw ProbeFault(what)
                }
            }
            throw ProbeFault("the camera hung up without an answer")
        }
    }

    private struct ProbeFault: Error, CustomStringConvertible {
        var description: String
        init(_ description: String) { self.description = description }
    }
}

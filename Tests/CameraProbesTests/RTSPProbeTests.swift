import CameraProbes
import Glibc
import LockerDomain
import NIOCore
import NIOPosix
import StationPorts
import Synchronization
import Testing

@Suite("Asking a camera")
struct RTSPProbeTests {
    private var group: MultiThreadedEventLoopGroup { .singleton }

    private func probe(_ answer: FakeCamera.Answer, milliseconds: Int64 = 5_000) async throws -> (CameraReading, String)
    {
        let camera = try await FakeCamera(answer, on: group)
        let settings = CameraSettings(name: "front", url: "rtsp://admin:secret@127.0.0.1:\(camera.port)/live")
        let reading = await RTSPProbe(group: group, timeoutMilliseconds: milliseconds).probe(settings)
        let asked = camera.asked
        try await camera.stop()
        return (reading, asked)
    }

    @Test("a camera that answers lives; it is asked one OPTIONS without the password")
    func good() async throws {
        let (reading, asked) = try await probe(.text("RTSP/1.0 200 OK\r\nCSeq: 1\r\nPublic: OPTIONS\r\n\r\n"))
        #expect(reading == .good)
        #expect(asked.hasPrefix("OPTIONS rtsp://127.0.0.1:"))
        #expect(asked.contains("/live RTSP/1.0\r\nCSeq: 1\r\n"))
        #expect(asked.hasSuffix("\r\n\r\n"))
        #expect(!asked.contains("secret") && !asked.contains("admin"))
    }

    @Test(
        "a camera that wants a login lives, one with an error inside does not",
        arguments: [(401, true), (404, true), (500, false), (503, false)]
    )
    func status(_ row: (status: Int, lives: Bool)) async throws {
        let (reading, _) = try await probe(.text("RTSP/1.0 \(row.status) X\r\n\r\n"))
        #expect(reading == (row.lives ? .good : .missed(reason: "the camera answers with status \(row.status)")))
    }

    @Test("an answer in small pieces is put together")
    func pieces() async throws {
        let (reading, _) = try await probe(.pieces("RTSP/1.0 200 OK\r\nCSeq: 1\r\n\r\n"))
        #expect(reading == .good)
    }

    @Test("a web server, garbage and a hang-up are told apart in words")
    func garbage() async throws {
        #expect(try await probe(.text("HTTP/1.1 400 Bad Request\r\n\r\n")).0 == .missed(reason: "no RTSP answer"))
        #expect(try await probe(.text("\u{0}\u{1}\u{2}")).0 == .missed(reason: "no RTSP answer"))
        #expect(try await probe(.hangUp).0 == .missed(reason: "the camera hung up without an answer"))
        let endless = "RTSP/1.0 200 OK\r\n" + String(repeating: "X: y\r\n", count: 4_000)
        #expect(try await probe(.text(endless)).0 == .missed(reason: "answer without end"))
    }

    @Test("a camera that accepts and stays silent is missed after the limit, no later")
    func silent() async throws {
        let clock = ContinuousClock()
        let begin = clock.now
        let (reading, _) = try await probe(.silence, milliseconds: 300)
        #expect(reading == .missed(reason: "no answer in 300 ms"))
        #expect(clock.now - begin < .seconds(20))
    }

    @Test("nobody at the port, an unknown host and a wrong url are missed at once, in words without the password")
    func nobody() async throws {
        let camera = try await FakeCamera(.silence, on: group)
        let port = camera.port
        try await camera.stop()
        let probe = RTSPProbe(group: group)
        let refused = await probe.probe(CameraSettings(name: "front", url: "rtsp://u:secret@127.0.0.1:\(port)/x"))
        #expect(refused == .missed(reason: "no connection to 127.0.0.1:\(port)"))
        let unknown = await probe.probe(CameraSettings(name: "front", url: "rtsp://u:secret@no-such-host.invalid/x"))
        #expect(unknown == .missed(reason: "no connection to no-such-host.invalid:554"))
        let wrong = await probe.probe(CameraSettings(name: "front", url: "http://cam/"))
        #expect(wrong == .missed(reason: "the url is no rtsp:// address"))
    }

    @Test("a probe that is cancelled ends")
    func cancelled() async throws {
        let camera = try await FakeCamera(.silence, on: group)
        let settings = CameraSettings(name: "front", url: "rtsp://127.0.0.1:\(camera.port)/x")
        let group = group
        let clock = ContinuousClock()
        let begin = clock.now
        let task = Task { await RTSPProbe(group: group).probe(settings) }
        while camera.asked.isEmpty, clock.now - begin < .seconds(20) { await Task.yield() }
        task.cancel()
        #expect(await task.value != .good)
        #expect(clock.now - begin < .seconds(20))
        try await camera.stop()
    }

    @Test("a real RTSP server is probed where one is installed")
    func real() async throws {
        guard let path = Tool.find("live555MediaServer") else {
            print(
                "SKIPPED 1: no live555MediaServer here (Debian package livemedia-utils): no real RTSP server is probed"
            )
            return
        }
        let server = try Tool(path)
        defer { server.stop() }
        let probe = RTSPProbe(group: group)
        var last = CameraReading.missed(reason: "never asked")
        for _ in 0..<50 where last != .good {
            for port in [554, 8_554] where last != .good {
                last = await probe.probe(CameraSettings(name: "real", url: "rtsp://127.0.0.1:\(port)/x"))
            }
            if last != .good { try await Task.sleep(for: .milliseconds(100)) }
        }
        #expect(last == .good)
    }
}

/// A camera on loopback that answers the first request as it is told.
private final class FakeCamera: Sendable {
    enum Answer: Sendable {
        case text(String)
        case pieces(String)
        case hangUp, silence
    }

    private let channel: any Channel
    private let heard: Heard
    let port: Int

    private final class Heard: Sendable {
        let text = Mutex("")
    }

    init(_ answer: Answer, on group: MultiThreadedEventLoopGroup) async throws {
        let heard = Heard()
        self.heard = heard
        channel = try await ServerBootstrap(group: group)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        Handler(answer: answer) { piece in heard.text.withLock { $0 += piece } }
                    )
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        port = channel.localAddress?.port ?? 0
    }

    var asked: String { heard.text.withLock { $0 } }
    func stop() async throws { try await channel.close() }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer
        private let answer: Answer
        private let hear: @Sendable (String) -> Void

        init(answer: Answer, hear: @escaping @Sendable (String) -> Void) {
            self.answer = answer
            self.hear = hear
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            hear(String(buffer: unwrapInboundIn(data)))
            switch answer {
            case .text(let text): context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
            case .pieces(let text):
                for byte in text.utf8 {
                    context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: [byte])), promise: nil)
                }
            case .hangUp: context.close(promise: nil)
            case .silence: break
            }
        }
    }
}

/// A program of the system that runs beside a test.
private struct Tool {
    private let process: pid_t

    static func find(_ name: String) -> String? {
        let path = getenv("PATH").map { String(cString: $0) } ?? ""
        return path.split(separator: ":").map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
    }

    init(_ path: String) throws {
        var child: pid_t = 0
        var arguments: [UnsafeMutablePointer<CChar>?] = [strdup(path), nil]
        defer { free(arguments[0]) }
        guard posix_spawn(&child, path, nil, nil, &arguments, environ) == 0 else { throw CancellationError() }
        process = child
    }

    func stop() {
        kill(process, SIGTERM)
        var status: Int32 = 0
        waitpid(process, &status, 0)
    }
}

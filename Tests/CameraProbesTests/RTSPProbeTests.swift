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

    private func probe(
        _ answer: FakeCamera.Answer,
        path: String = "/live"
    ) async throws -> (CameraReading, String) {
        let camera = try await FakeCamera(answer, on: group)
        let url = try NetworkURL(camera: "rtsp://admin:secret@127.0.0.1:\(camera.port)\(path)")
        let settings = CameraSettings(name: "front", url: url)
        let reading = await RTSPProbe(group: group, timeoutMilliseconds: 600_000).probe(settings)
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

    @Test("a request names a path, if only /", arguments: [("", "/ "), ("?x=1", "/?x=1 "), ("/a?b=/c", "/a?b=/c ")])
    func paths(_ row: (path: String, asked: String)) async throws {
        let (_, asked) = try await probe(.text("RTSP/1.0 200 OK\r\n\r\n"), path: row.path)
        #expect(asked.drop { $0 != "1" }.dropFirst("127.0.0.1:".count).drop(while: \.isNumber).hasPrefix(row.asked))
    }

    @Test("only a success, or a demand for a login, is a camera", arguments: [200, 250, 299, 401])
    func lives(_ status: Int) async throws {
        #expect(try await probe(.text("RTSP/1.0 \(status) X\r\n\r\n")).0 == .good)
        #expect(try await probe(.text("RTSP/1.0 100 Go on\r\n\r\nRTSP/1.0 \(status) X\r\n\r\n")).0 == .good)
    }

    @Test(
        "every other status is a reason that names it and what to do",
        arguments: [
            (301, "moved"), (302, "moved"), (400, "correct its url"), (403, "forbidden"), (404, "correct the path"),
            (405, "OPTIONS"), (407, "proxy"), (454, "correct the path"), (461, "correct its url"),
            (500, "fault inside"),
            (501, "OPTIONS"), (503, "fault inside"), (551, "fault inside"),
        ]
    )
    func dead(_ row: (status: Int, words: String)) async throws {
        for text in ["", "RTSP/1.0 100 Go on\r\n\r\n"] {
            let (reading, _) = try await probe(.text(text + "RTSP/1.0 \(row.status) X\r\n\r\n"))
            let reason = try #require(reading.reason)
            #expect(reason.hasPrefix("RTSP status \(row.status), ") && reason.contains(row.words))
        }
    }

    @Test("an answer in small pieces is put together")
    func pieces() async throws {
        let (reading, _) = try await probe(.pieces("RTSP/1.0 200 OK\r\nCSeq: 1\r\n\r\n"))
        #expect(reading == .good)
    }

    @Test("what answers instead of a camera is named")
    func others() async throws {
        let endless = "RTSP/1.0 200 OK\r\n" + String(repeating: "X: y\r\n", count: 4_000)
        let rows: [(answer: FakeCamera.Answer, words: String)] = [
            (.text("HTTP/1.1 401 Unauthorized\r\n\r\n"), "a web server answers (HTTP)"),
            (.text("SSH-2.0-dropbear_2022.83\r\n"), "an SSH server"),
            (.text("220 ready\r\n"), "FTP"),
            (.text("\u{15}\u{03}\u{01}"), "a TLS server"),
            (.text("RTSP/2.0 200 OK\r\n\r\n"), "another version"),
            (.text("\u{0}\u{1}\u{2}"), "something else than RTSP"),
            (.text("RTSP/1.0 100 Go on\r\n\r\nHTTP/1.1 200 OK\r\n\r\n"), "a web server"),
            (.text(endless), "answer without end"),
            (.hangUp, "hangs up without an answer"),
        ]
        for row in rows {
            let reason = try #require(try await probe(row.answer).0.reason)
            #expect(reason.contains(row.words) && !reason.contains("secret"), "\(reason)")
        }
    }

    @Test("a camera that accepts and stays silent is missed after the limit, no later", .timeLimit(.minutes(10)))
    func silent() async throws {
        let camera = try await FakeCamera(.silence, on: group)
        let settings = CameraSettings(
            name: "front",
            url: try NetworkURL(camera: "rtsp://127.0.0.1:\(camera.port)/x")
        )
        let limit = Duration.seconds(3_600)
        let ends = Mutex<[ContinuousClock.Instant]>([])
        // The time is over once the camera has heard the question: however slow the machine is.
        let probe = RTSPProbe(group: group, timeoutMilliseconds: 3_600_000) { end in
            ends.withLock { $0.append(end) }
            await camera.isAsked()
        }
        let begin = ContinuousClock.now
        let reading = await probe.probe(settings)
        #expect(reading.reason?.hasPrefix("it takes the call and says nothing") == true)
        let waited = ends.withLock { $0 }
        #expect(waited.count == 1)
        #expect(waited.allSatisfy { $0 >= begin + limit && $0 <= ContinuousClock.now + limit })
        try await camera.stop()
    }

    @Test("nobody at the port and an unknown host are missed at once, in words without the password")
    func nobody() async throws {
        let camera = try await FakeCamera(.silence, on: group)
        let port = camera.port
        try await camera.stop()
        let probe = RTSPProbe(group: group)
        func reason(_ url: String) async throws -> String {
            let settings = CameraSettings(name: "front", url: try NetworkURL(camera: url))
            return try #require(await probe.probe(settings).reason)
        }
        #expect(
            try await reason("rtsp://u:secret@127.0.0.1:\(port)/x")
                == "127.0.0.1 is there, but nothing answers on port \(port): correct its port"
        )
        // A label has 63 characters at most, so no name server is asked: it may be silent, or answer for any name.
        let name = String(repeating: "x", count: 70) + ".invalid"
        #expect(try await reason("rtsp://u:secret@\(name)/x").hasPrefix("no address is known for \(name): "))
    }

    @Test("a probe that is cancelled ends", .timeLimit(.minutes(10)))
    func cancelled() async throws {
        let camera = try await FakeCamera(.silence, on: group)
        let settings = CameraSettings(
            name: "front",
            url: try NetworkURL(camera: "rtsp://127.0.0.1:\(camera.port)/x")
        )
        let group = group
        let task = Task { await RTSPProbe(group: group, timeoutMilliseconds: 3_600_000).probe(settings) }
        await camera.isAsked()
        task.cancel()
        #expect(await task.value != .good)
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
        for _ in 0..<600 where last != .good {
            for port in [554, 8_554] where last != .good {
                let url = try NetworkURL(camera: "rtsp://127.0.0.1:\(port)/x")
                last = await probe.probe(CameraSettings(name: "real", url: url))
            }
            if last != .good { try await Task.sleep(for: .milliseconds(100)) }
        }
        #expect(last == .good)
    }
}

extension CameraReading {
    fileprivate var reason: String? { if case .missed(let reason) = self { reason } else { nil } }
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
        let (pieces, piece) = AsyncStream.makeStream(of: Void.self)
    }

    init(_ answer: Answer, on group: MultiThreadedEventLoopGroup) async throws {
        let heard = Heard()
        self.heard = heard
        channel = try await ServerBootstrap(group: group)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        Handler(answer: answer) { piece in
                            heard.text.withLock { $0 += piece }
                            heard.piece.yield()
                        }
                    )
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        port = channel.localAddress?.port ?? 0
    }

    var asked: String { heard.text.withLock { $0 } }
    func stop() async throws { try await channel.close() }

    /// Returns at the first bytes of a question, or when the task is cancelled.
    func isAsked() async { for await _ in heard.pieces { return } }

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

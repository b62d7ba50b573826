import HTTPUplink
import LockerDomain
import NIOCore
import NIOPosix
import StationPorts
import Testing

@Suite("One exchange over HTTP")
struct ExchangeTests {
    private var group: MultiThreadedEventLoopGroup { .singleton }

    private func exchange(
        _ answer: RawServer.Answer,
        _ request: UplinkRequest = UplinkRequest(method: "GET", path: "/v1/x", headers: []),
        prefix: String = "/locker",
        stepsBeforeTheEnd steps: Int? = nil
    ) async throws -> (reply: Result<UplinkReply, any Error>, asked: RawServer.Asked) {
        let server = try await RawServer(answer, on: group)
        // Where the end of the time is wanted, it comes after something has happened, however slow the machine is.
        let uplink = HTTPUplink(
            url: "http://127.0.0.1:\(server.port)\(prefix)",
            group: group,
            authority: nil
        ) { seconds in
            if let steps { await server.hasMoved(steps: steps) } else { try await Task.sleep(for: .seconds(seconds)) }
        }
        let reply: Result<UplinkReply, any Error>
        do { reply = .success(try await uplink.exchange(request, seconds: 600)) } catch { reply = .failure(error) }
        try await uplink.shutdown()
        let asked = server.asked
        try await server.stop()
        return (reply, asked)
    }

    @Test("method, path, query, headers and every byte of the body arrive, and the answer comes back whole")
    func roundTrip() async throws {
        let body = (0..<70_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let request = UplinkRequest(
            method: "POST",
            path: "/v1/stations/yc-1/events?limit=5&x=%E5%8C%BA",
            headers: [("content-type", "application/x"), ("locker-counter", "3.9"), ("signature", "sig1=:AAA=:")],
            body: body
        )
        let answer =
            "HTTP/1.1 409 Conflict\r\nContent-Digest: sha-256=:x:\r\nX-Twice: a\r\nX-Twice: b\r\nContent-Length: 4\r\n\r\n"
        let (reply, asked) = try await exchange(.bytes(Array(answer.utf8) + [0, 10, 255, 7]), request)
        let got = try reply.get()
        #expect(asked.head.hasPrefix("POST /locker/v1/stations/yc-1/events?limit=5&x=%E5%8C%BA HTTP/1.1\r\n"))
        for header in ["content-type: application/x", "locker-counter: 3.9", "signature: sig1=:AAA=:"] {
            #expect(asked.head.lowercased().contains(header.lowercased()))
        }
        #expect(asked.body == body)
        #expect(got.status == 409)
        #expect(got.body == [0, 10, 255, 7])
        #expect(got.header("content-digest") == "sha-256=:x:")
        #expect(got.header("x-twice") == "a")
        #expect(got.headers.filter { $0.name == "x-twice" }.map(\.value) == ["a", "b"])
    }

    @Test("methods of the wire are sent as they are, a GET without a body has none", arguments: ["GET", "PUT", "POST"])
    func methods(_ method: String) async throws {
        let answer = Array("HTTP/1.1 204 No Content\r\n\r\n".utf8)
        let request = UplinkRequest(method: method, path: "/v1/x", headers: [])
        let (reply, asked) = try await exchange(.bytes(answer), request, prefix: "")
        #expect(try reply.get().status == 204)
        #expect(try reply.get().body.isEmpty)
        #expect(asked.head.hasPrefix("\(method) /v1/x HTTP/1.1\r\n"))
        #expect(asked.body.isEmpty)
    }

    @Test("the redirect of a portal is an answer, and nobody follows it", arguments: [301, 302, 303, 307, 308])
    func portal(_ status: Int) async throws {
        let page = "<html>Login</html>"
        let answer =
            "HTTP/1.1 \(status) Found\r\nLocation: http://127.0.0.1:1/login\r\nContent-Length: \(page.utf8.count)\r\n\r\n\(page)"
        let (reply, asked) = try await exchange(.bytes(Array(answer.utf8)))
        #expect(try reply.get().status == status)
        #expect(try reply.get().body == Array(page.utf8))
        #expect(asked.requests == 1)
    }

    @Test("a body that the server compressed is left as it was signed")
    func compressed() async throws {
        let answer = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\n"
        let (reply, _) = try await exchange(.bytes(Array(answer.utf8) + [31, 139, 8, 0]))
        #expect(try reply.get().body == [31, 139, 8, 0])
    }

    @Test("an answer larger than the limit is refused, however it is framed", arguments: [true, false])
    func tooLarge(_ isChunked: Bool) async throws {
        let size = Limits.answerBytesMax + 1
        let head = isChunked ? "Transfer-Encoding: chunked" : "Content-Length: \(size)"
        var bytes = Array("HTTP/1.1 200 OK\r\n\(head)\r\n\r\n".utf8)
        if isChunked { bytes += Array("\(String(size, radix: 16))\r\n".utf8) }
        bytes += [UInt8](repeating: 0x78, count: size)
        if isChunked { bytes += Array("\r\n0\r\n\r\n".utf8) }
        let (reply, _) = try await exchange(.bytes(bytes))
        let error = #expect(throws: (any Error).self) { try reply.get() }
        #expect("\(error.map { "\($0)" } ?? "")".contains("larger than"), "\(error.map { "\($0)" } ?? "")")
    }

    @Test("the largest answer that is allowed comes whole")
    func largest() async throws {
        let size = Limits.answerBytesMax
        let bytes =
            Array("HTTP/1.1 200 OK\r\nContent-Length: \(size)\r\n\r\n".utf8) + [UInt8](repeating: 0x78, count: size)
        #expect(try await exchange(.bytes(bytes)).reply.get().body.count == size)
    }

    // MARK: No answer

    private func words(_ reply: Result<UplinkReply, any Error>) -> String {
        switch reply {
        case .success(let reply): "answered \(reply.status)"
        case .failure(let error): "\(error)"
        }
    }

    @Test("nobody at the port is told as such, at once")
    func refused() async throws {
        let server = try await RawServer(.silence, on: group)
        let port = server.port
        try await server.stop()
        let uplink = HTTPUplink(url: "http://127.0.0.1:\(port)", group: group)
        do {
            _ = try await uplink.exchange(UplinkRequest(method: "GET", path: "/", headers: []), seconds: 600)
            Issue.record("somebody answered")
        } catch {
            #expect("\(error)".contains("refused"), "\(error)")
            #expect("\(error)".utf8.count < 200, "\(error)")
        }
        try await uplink.shutdown()
    }

    @Test(
        "a server that stays silent, or trickles its answer for ever, is given up after the time",
        .timeLimit(.minutes(10)),
        arguments: [false, true]
    )
    func silent(_ trickles: Bool) async throws {
        let (reply, asked) = try await exchange(trickles ? .trickle : .silence, stepsBeforeTheEnd: trickles ? 4 : 1)
        #expect(words(reply).contains("no whole answer in 600 s"), "\(words(reply))")
        #expect(asked.requests == 1)
    }

    @Test(
        "no HTTP, a cut answer and a hang-up throw with words",
        arguments: ["", "SSH-2.0-dropbear\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort", "HTTP/1.1 2"]
    )
    func cut(_ text: String) async throws {
        let (reply, _) = try await exchange(.bytesThenClose(Array(text.utf8)))
        #expect(throws: (any Error).self) { try reply.get() }
        #expect(!words(reply).isEmpty)
        #expect(!words(reply).contains("\n"))
    }

    @Test("an exchange that is cancelled ends", .timeLimit(.minutes(10)))
    func cancelled() async throws {
        let server = try await RawServer(.silence, on: group)
        let uplink = HTTPUplink(url: "http://127.0.0.1:\(server.port)", group: group)
        let request = UplinkRequest(method: "GET", path: "/", headers: [])
        let task = Task { try await uplink.exchange(request, seconds: 3_600) }
        await server.hasMoved(steps: 1)
        task.cancel()
        await #expect(throws: (any Error).self) { try await task.value }
        try await uplink.shutdown()
        try await server.stop()
    }
}

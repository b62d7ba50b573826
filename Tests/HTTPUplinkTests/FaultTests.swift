import AsyncHTTPClient
import Glibc
import HTTPUplink
import LockerDomain
import NIOCore
import NIOPosix
import StationCore
import StationEngine
import StationPorts
import Testing

@Suite("Faults of the link, with real servers")
struct FaultTests {
    private var group: MultiThreadedEventLoopGroup { .singleton }
    private static let request = UplinkRequest(method: "GET", path: "/v1/x", headers: [])

    /// Asks once; `nil` when somebody answered.
    private func fault(_ url: String, authority: String? = TLSServer.path("authority")) async throws -> LinkFault? {
        let uplink = HTTPUplink(url: url, group: group, authority: authority)
        var fault: LinkFault?
        do { _ = try await uplink.exchange(Self.request, seconds: 600) } catch { fault = LinkFault(error) }
        try await uplink.shutdown()
        return fault
    }

    private func tlsFault(_ certificate: String, authority: String? = TLSServer.path("authority")) async throws
        -> LinkFault?
    {
        let server = try await TLSServer(certificate, on: group)
        let fault = try await fault("https://localhost:\(server.port)", authority: authority)
        try await server.stop()
        return fault
    }

    private func rawFault(_ answer: RawServer.Answer, scheme: String) async throws -> LinkFault? {
        let server = try await RawServer(answer, on: group)
        let fault = try await fault("\(scheme)://127.0.0.1:\(server.port)")
        try await server.stop()
        return fault
    }

    // MARK: Certificates

    @Test("a good certificate of a trusted authority is no fault")
    func good() async throws { #expect(try await tlsFault("good") == nil) }

    @Test("a certificate of another name")
    func otherName() async throws { #expect(try await tlsFault("other") == .wrongName) }

    @Test("an expired certificate, with its last day and what this clock says")
    func expired() async throws {
        guard case .expired(let end, let clock)? = try await tlsFault("expired") else {
            Issue.record("not seen as expired")
            return
        }
        #expect(end == CivilDay(year: 1971, month: 1, day: 1).number * 86_400_000)
        #expect(clock > Limits.earliestWallMilliseconds)
    }

    @Test("a certificate that is not valid yet, as every one is for a clock that says 1970")
    func future() async throws {
        guard case .notYetValid(let begin, _)? = try await tlsFault("future") else {
            Issue.record("not seen as of the future")
            return
        }
        #expect(begin == CivilDay(year: 2100, month: 1, day: 1).number * 86_400_000)
    }

    @Test("a certificate that is signed by itself, or by an authority that is not known here")
    func unknown() async throws {
        #expect(try await tlsFault("self") == .unknownIssuer)
        #expect(try await tlsFault("good", authority: nil) == .unknownIssuer)
    }

    @Test("the dates of a chain are judged by the clock that the station has")
    func clocks() {
        let chain = [PeerLook.Validity(begin: 1_000, end: 2_000), PeerLook.Validity(begin: 500, end: 9_000)]
        let rows: [(clock: Int64, fault: LinkFault)] = [
            (0, .notYetValid(begin: 1_000, clock: 0)), (700, .notYetValid(begin: 1_000, clock: 700)),
            (1_500, .unknownIssuer), (3_000, .expired(end: 2_000, clock: 3_000)),
            (10_000, .expired(end: 2_000, clock: 10_000)),
        ]
        for row in rows { #expect(PeerLook.fault(.certificates(chain), isTLS: true, clock: row.clock) == row.fault) }
        #expect(PeerLook.fault(.certificates(chain), isTLS: false, clock: 0) == .needsTLS)
        #expect(PeerLook.fault(.silence, isTLS: true, clock: 0) == nil)
    }

    // MARK: The wrong port, no port, no name

    @Test("https at a port that speaks plain HTTP")
    func noTLS() async throws {
        #expect(try await rawFault(.atOnce(Array("HTTP/1.1 400 Bad Request\r\n\r\n".utf8)), scheme: "https") == .noTLS)
    }

    @Test("http at a port that speaks TLS")
    func needsTLS() async throws {
        let server = try await TLSServer("good", on: group)
        #expect(try await fault("http://localhost:\(server.port)") == .needsTLS)
        try await server.stop()
    }

    @Test("something that is not HTTP at all")
    func notHTTP() async throws {
        #expect(try await rawFault(.atOnce(Array("SSH-2.0-dropbear\r\n".utf8)), scheme: "http") == .notHTTP)
    }

    @Test("a name that nobody knows, and a port where nobody listens")
    func nobody() async throws {
        // A label has 63 characters at most, so no name server is asked: it may be silent, or answer for any name.
        let name = try await fault("http://\(String(repeating: "x", count: 70)).invalid:8480")
        #expect(name == .nameNotFound || name == .nameServerSilent, "\(String(describing: name))")
        let server = try await RawServer(.silence, on: group)
        let port = server.port
        try await server.stop()
        #expect(try await fault("https://127.0.0.1:\(port)") == .refused)
        #expect(try await fault("http://localhost:\(port)") == .refused)
    }

    @Test("what the look-up of a name says, and what never was a connection, have nothing to do with size")
    func connecting() {
        #expect(NetworkErrors.fault(lookup: Int(EAI_NONAME)) == .nameNotFound)
        for code in [EAI_AGAIN, EAI_FAIL, EAI_SYSTEM] {
            #expect(NetworkErrors.fault(lookup: Int(code)) == .nameServerSilent)
        }
        func fault(_ codes: CInt...) -> LinkFault {
            NetworkErrors.fault(connecting: codes.map { IOError(errnoCode: $0, reason: "connect") })
        }
        for code in [ECONNRESET, ECONNABORTED, EPIPE, ECONNREFUSED] { #expect(fault(code) == .refused) }
        #expect(fault(ENETUNREACH, ECONNRESET) == .refused)
        #expect(fault(ENETUNREACH, ETIMEDOUT) == .noConnection(seconds: Limits.connectSeconds))
        #expect(fault(ENETUNREACH) == .noRoute)
        #expect(NetworkErrors.fault(HTTPClientError.tlsHandshakeTimeout, seconds: 30) == .noConnection(seconds: 10))
        #expect(NetworkErrors.fault(HTTPClientError.readTimeout, seconds: 30) == .noAnswer(seconds: 30))
    }

    @Test("an http county that cuts each call is looked at once a minute, not after each failure")
    func looks() async throws {
        let server = try await RawServer(.bytesThenClose([]), on: group)
        let uplink = HTTPUplink(url: "http://127.0.0.1:\(server.port)", group: group)
        for _ in 0..<5 {
            await #expect(throws: LinkFault.cut) { try await uplink.exchange(Self.request, seconds: 600) }
        }
        #expect(server.asked.requests == 5)
        #expect(server.asked.hellos == 1)
        try await uplink.shutdown()
        try await server.stop()
    }

    @Test(
        "an answer that is cut in the middle",
        arguments: ["", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort"]
    )
    func cut(_ text: String) async throws {
        #expect(try await rawFault(.bytesThenClose(Array(text.utf8)), scheme: "http") == .cut)
    }

    // MARK: Sizes

    @Test("a link that reads 6,000 bytes and no more: the batch shrinks until it gets through")
    func narrow() async throws {
        let server = try await RawServer(.narrow(6_000), on: group)
        let uplink = HTTPUplink(url: "http://127.0.0.1:\(server.port)", group: group)
        var size = BatchSize()
        size.refused(sent: 40_000)
        var faults: [LinkFault] = []
        while faults.count < 5 {
            var request = UplinkRequest(method: "POST", path: "/v1/x", headers: [])
            request.body = [UInt8](repeating: 7, count: size.bytes)
            do {
                // What passes may take its time on a busy machine.
                _ = try await uplink.exchange(request, seconds: size.bytes > 6_000 ? 2 : 600)
                break
            } catch {
                faults.append(LinkFault(error))
                size.failed(sent: size.bytes)
            }
        }
        #expect(faults == [.noAnswer(seconds: 2), .noAnswer(seconds: 2)])
        #expect(size.bytes == 5_000)
        #expect(faults.allSatisfy { $0.maySizeMatter })
        try await uplink.shutdown()
        try await server.stop()
    }

    // MARK: Bare connects

    @Test("a bare connect tells who listens, and asks nothing")
    func reach() async throws {
        let server = try await RawServer(.silence, on: group)
        let uplink = HTTPUplink(url: "http://127.0.0.1:\(server.port)/locker", group: group)
        #expect(await uplink.reach() == .accepted)
        #expect(server.asked.requests == 0)
        try await server.stop()
        #expect(await uplink.reach() == .notAccepted)
        try await uplink.shutdown()
    }

    @Test("host and port of the county's URL")
    func addresses() {
        func text(_ url: String) -> String {
            CountyAddress(url).map { "\($0.isTLS ? "tls" : "plain") \($0.host) \($0.port) \($0.serverName ?? "-")" }
                ?? "none"
        }
        #expect(text("https://county.example.cn/locker") == "tls county.example.cn 443 county.example.cn")
        #expect(text("http://county.example.cn:8480") == "plain county.example.cn 8480 county.example.cn")
        #expect(text("http://192.0.2.7") == "plain 192.0.2.7 80 -")
        #expect(text("https://[2001:db8::1]:8443/a:b@c") == "tls 2001:db8::1 8443 -")
        for url in ["", "county", "ftp://county", "https://", "https://county:0", "https://county:x", "http://[::1"] {
            #expect(text(url) == "none", "\(url)")
        }
    }
}

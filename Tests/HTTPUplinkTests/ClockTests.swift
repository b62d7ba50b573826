import HTTPUplink
import LockerDomain
import NIOCore
import NIOPosix
import StationPorts
import Synchronization
import Testing

@Suite("https with a clock that is not the machine's, with real servers")
struct ClockTests {
    private var group: MultiThreadedEventLoopGroup { .singleton }
    private static let request = UplinkRequest(method: "GET", path: "/v1/x", headers: [])

    /// Milliseconds of the first moment of a year.
    private static func year(_ year: Int64) -> Int64 {
        Int64(CivilDay(year: year, month: 1, day: 1).number) * 86_400_000
    }

    private func fault(
        _ certificate: String,
        _ clock: CertificateClock,
        authority: String? = TLSServer.path("authority"),
        host: String = "localhost"
    ) async throws -> LinkFault? {
        let server = try await TLSServer(certificate, on: group)
        let uplink = HTTPUplink(
            url: "https://\(host):\(server.port)",
            group: group,
            authority: authority,
            clock: { clock }
        )
        var fault: LinkFault?
        do { _ = try await uplink.exchange(Self.request, seconds: 600) } catch { fault = LinkFault(error) }
        try await uplink.shutdown()
        try await server.stop()
        return fault
    }

    @Test(
        "without a confirmed clock the county's own authority vouches whatever the dates are",
        arguments: ["good", "expired", "future", "chain"]
    )
    func undated(_ certificate: String) async throws {
        #expect(try await fault(certificate, .unknown) == nil)
    }

    @Test(
        "another name, a stranger and one that is not for servers are refused by every clock",
        arguments: [CertificateClock.unknown, .station(1_787_275_800_000), .machine]
    )
    func never(_ clock: CertificateClock) async throws {
        #expect(try await fault("other", clock) == .wrongName)
        #expect(try await fault("self", clock) == .unknownIssuer)
        #expect(try await fault("good", clock, authority: nil) == .unknownIssuer)
        #expect(try await fault("good", clock, host: "127.0.0.1") == .wrongName)
        #expect(try await fault("client", clock) != nil)
    }

    @Test("a clock that the county or a technician confirmed judges the dates, whatever the machine's says")
    func dated() async throws {
        #expect(try await fault("good", .station(Self.year(2_030))) == nil)
        #expect(try await fault("chain", .station(Self.year(2_030))) == nil)
        #expect(try await fault("future", .station(Self.year(2_110))) == nil)
        #expect(
            try await fault("expired", .station(Self.year(2_030)))
                == .expired(end: Self.year(1_971), clock: Self.year(2_030))
        )
        #expect(
            try await fault("good", .station(Self.year(1_971)))
                == .notYetValid(begin: Self.year(2_000), clock: Self.year(1_971))
        )
        #expect(
            try await fault("chain", .station(Self.year(2_095)))
                == .expired(end: Self.year(2_090), clock: Self.year(2_095))
        )
    }

    @Test("a fault of dates says clock, in both languages")
    func words() {
        for fault in [LinkFault.expired(end: 0, clock: 1), .notYetValid(begin: 2, clock: 1)] {
            #expect(fault.words.english.contains("clock"))
            #expect(fault.words.chinese.contains("时钟"))
        }
    }

    @Test(
        "a file of authorities that is missing or holds none is named",
        arguments: [CertificateClock.unknown, .machine]
    )
    func noAuthorities(_ clock: CertificateClock) async throws {
        let path = "/nowhere/county-ca.pem"
        #expect(try await fault("good", clock, authority: path) == .noAuthorities(path))
    }

    @Test("only time from NTP makes the machine's own clock good enough")
    func clocks() {
        func clock(_ trust: ClockTrust) -> CertificateClock {
            CertificateClock(Moment(wall: 5_000, uptime: 0, clock: trust))
        }
        #expect(clock(.ntp) == .machine)
        #expect(clock(.county) == .station(5_000))
        #expect(clock(.manual) == .station(5_000))
        for trust in [ClockTrust.rtc, .fake, .none] { #expect(clock(trust) == .unknown) }
    }

    // MARK: HTTP over the second way

    @Test("a connection is kept for the next call, but not by a clock that can judge what nobody judged")
    func kept() async throws {
        let server = try await TLSServer("good", on: group)
        let clock = SettableClock()
        let uplink = HTTPUplink(
            url: "https://localhost:\(server.port)/locker",
            group: group,
            authority: TLSServer.path("authority"),
            clock: { clock.value }
        )
        var request = UplinkRequest(method: "POST", path: "/v1/x?y=1", headers: [("content-type", "application/x")])
        request.body = Array("hello".utf8)
        for _ in 0..<3 { #expect(try await uplink.exchange(request, seconds: 600).status == 200) }
        #expect(server.connections == 1)
        #expect(server.request.hasPrefix("POST /locker/v1/x?y=1 HTTP/1.1\r\nhost: localhost:\(server.port)\r\n"))
        #expect(server.request.hasSuffix("\r\n\r\nhello"))
        clock.value = .station(Self.year(2_030))
        for _ in 0..<2 {
            let reply = try await uplink.exchange(request, seconds: 600)
            #expect(reply.body == Array("ok".utf8))
            #expect(reply.header("x-kept") == "yes")
        }
        #expect(server.connections == 2)
        try await uplink.shutdown()
        try await server.stop()
    }

    @Test("a port without TLS is told as such, and nobody at the port too")
    func noTLS() async throws {
        let server = try await RawServer(.atOnce(Array("HTTP/1.1 400 Bad Request\r\n\r\n".utf8)), on: group)
        func fault() async throws -> LinkFault? {
            let uplink = HTTPUplink(
                url: "https://127.0.0.1:\(server.port)",
                group: group,
                authority: TLSServer.path("authority"),
                clock: { .unknown }
            )
            var fault: LinkFault?
            do { _ = try await uplink.exchange(Self.request, seconds: 600) } catch { fault = LinkFault(error) }
            try await uplink.shutdown()
            return fault
        }
        #expect(try await fault() == .noTLS)
        try await server.stop()
        #expect(try await fault() == .refused)
    }
}

/// A clock that a test sets.
private final class SettableClock: Sendable {
    private let now = Mutex(CertificateClock.unknown)

    var value: CertificateClock {
        get { now.withLock { $0 } }
        set { now.withLock { $0 = newValue } }
    }
}

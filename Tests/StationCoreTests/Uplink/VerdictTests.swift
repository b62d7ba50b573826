import LockerDomain
import PortFakes
import StationCore
import StationPorts
import SyncWire
import Testing

@Suite("What an answer means")
struct VerdictTests {
    private let county: SigningKey
    private let countyKey: CountyKey
    private let requestSignature = [UInt8](repeating: 1, count: 64)

    init() throws {
        county = try #require(SigningKey(bytes: [UInt8](repeating: 7, count: 32)))
        countyKey = try #require(CountyKey(bytes: county.publicBytes))
    }

    private func reply(
        _ status: Int,
        _ body: [UInt8] = Array("{}".utf8),
        headers: [(name: String, value: String)] = [],
        boundTo signature: [UInt8]? = nil,
        by key: SigningKey? = nil
    ) throws -> UplinkReply {
        try (key ?? county).answer(status, body, to: signature ?? requestSignature, headers: headers)
    }

    private func verdict(_ reply: UplinkReply) -> Verdict {
        Verdict(reply, to: requestSignature, from: countyKey)
    }

    private func problem(_ kind: Problem.Kind, _ status: Int, expected: Int? = nil) throws -> UplinkReply {
        let problem = Problem(kind, status: status, title: "Title", detail: "detail", expected: expected)
        return try reply(status, try CanonicalJSON.encode(problem))
    }

    private func isPortal(_ verdict: Verdict) -> Bool { if case .notTheCounty = verdict { true } else { false } }

    @Test("a signed success is accepted", arguments: [200, 204])
    func accepted(_ status: Int) throws { #expect(verdict(try reply(status)) == .accepted) }

    @Test("the problems of a batch")
    func problems() throws {
        #expect(verdict(try problem(.gap, 409, expected: 58)) == .gap(expected: 58))
        #expect(verdict(try problem(.gap, 409)) == .gap(expected: 1))
        #expect(verdict(try problem(.gap, 409, expected: -7)) == .gap(expected: 1))
        #expect(verdict(try problem(.chainForked, 409)) == .forked)
        #expect(verdict(try problem(.tooLarge, 413)) == .tooLarge)
        #expect(verdict(try reply(413)) == .tooLarge)
        #expect(
            verdict(try problem(.replayed, 409)) == .retry(afterMilliseconds: nil, reason: "Title: detail"),
            "a replay without a highest that can be read says nothing more"
        )
    }

    @Test("a replayed call names the county's highest counter")
    func replayed() throws {
        func reply(_ highest: String?) throws -> UplinkReply {
            var problem = Problem(.replayed, status: 409, title: "Title", detail: "detail")
            problem.highest = highest
            return try self.reply(409, try CanonicalJSON.encode(problem))
        }
        let found = verdict(try reply("9.17"))
        #expect(found == .replayed(highest: LockerCounter(start: 9, n: 17)))
        #expect(found.fault == .replayed(highest: "9.17"))
        for text in [nil, "", "9", "2147483649.1"] { #expect(verdict(try reply(text)).fault?.code == "countyBusy") }
    }

    @Test("an unknown or unbelieved station is refused, not dropped", arguments: [401, 403])
    func refused(_ status: Int) throws {
        #expect(verdict(try problem(.unknownStation, status)) == .refused(reason: "Title: detail"))
    }

    @Test("everything else is tried again", arguments: [404, 408, 425, 429, 500, 503])
    func retried(_ status: Int) throws {
        #expect(verdict(try reply(status)) == .retry(afterMilliseconds: nil, reason: "HTTP \(status)"))
    }

    @Test("what the county cannot read is not the same again")
    func unreadable() throws {
        #expect(verdict(try problem(.malformed, 400)) == .unreadable(reason: "Title: detail"))
        #expect(verdict(try problem(.malformed, 400)).fault == .countyBusy("Title: detail"))
    }

    @Test(
        "Retry-After counts in seconds, within an hour",
        arguments: [("7", 7_000), ("0", 0), ("-5", 0), ("99999999", 3_600_000), ("Wed, 21 Oct 2015 07:28:00 GMT", nil)]
    )
    func retryAfter(_ row: (text: String, milliseconds: Int64?)) throws {
        let reply = try reply(429, headers: [("retry-after", row.text)])
        #expect(verdict(reply) == .retry(afterMilliseconds: row.milliseconds, reason: "HTTP 429"))
    }

    @Test("an answer that is known to be the county's is read by the same table, signed or not")
    func genuine() throws {
        let signed = [
            try reply(200), try problem(.gap, 409, expected: 58), try problem(.chainForked, 409), try reply(413),
            try problem(.unknownStation, 401), try reply(429, headers: [("retry-after", "7")]),
        ]
        for reply in signed {
            let bare = UplinkReply(
                status: reply.status,
                headers: reply.headers.filter { $0.name == "retry-after" },
                body: reply.body
            )
            #expect(Verdict(genuine: bare) == verdict(reply))
            #expect(isPortal(verdict(bare)))
        }
    }

    @Test(
        "an unsigned page is a portal, whatever its status, and its beginning is kept readable",
        arguments: [200, 302, 401, 409, 503]
    )
    func portal(_ status: Int) {
        let body = Array("<html>\n<title>登录 Login</title>".utf8) + [0, 27, 255]
        let found = verdict(UplinkReply(status: status, headers: [("content-type", "text/html")], body: body))
        guard case .notTheCounty(let text) = found else {
            Issue.record("\(found)")
            return
        }
        #expect(text.hasPrefix("HTTP \(status): <html>"))
        #expect(text.contains("Login"))
        #expect(text.utf8.allSatisfy { (0x20...0x7E).contains($0) })
    }

    @Test("a wrong key, another request, another status or changed bytes are not the county")
    func spoiled() throws {
        #expect(isPortal(verdict(try reply(200, by: SigningKey()))))
        #expect(isPortal(verdict(try reply(200, boundTo: [UInt8](repeating: 2, count: 64)))))
        var status = try reply(200)
        status.status = 409
        #expect(isPortal(verdict(status)))
        var body = try reply(200)
        body.body.append(0x20)
        #expect(isPortal(verdict(body)))
        for name in ["content-digest", "signature", "signature-input"] {
            var missing = try reply(200)
            missing.headers.removeAll { $0.name == name }
            #expect(isPortal(verdict(missing)), "\(name)")
            var garbage = try reply(200)
            garbage.headers = garbage.headers.map { $0.name == name ? ($0.name, "sig1=:?") : $0 }
            #expect(isPortal(verdict(garbage)), "\(name)")
        }
    }
}

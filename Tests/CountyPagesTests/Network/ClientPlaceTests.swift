import CountyPages
import Testing

@Suite("Where a request comes from")
struct ClientPlaceTests {
    private static func place(
        _ peer: String?,
        _ headers: [String: [String]] = [:],
        isTLS: Bool = false,
        trusted: [String] = []
    ) -> ClientPlace {
        let ranges = trusted.compactMap { NetworkRange($0) }
        #expect(ranges.count == trusted.count)
        return ClientPlace(
            peer: peer,
            headers: ArrivalHeaders(headers),
            settings: PageSettings(county: "county", isTLS: isTLS, trustedProxies: ranges)
        )
    }

    @Test("plain http is for the machine itself alone")
    func plain() {
        #expect(Self.place("127.0.0.1").isProtected && Self.place("127.8.9.1").isProtected)
        #expect(Self.place("::1").isProtected && Self.place("::ffff:127.0.0.1").isProtected)
        #expect(!Self.place("192.0.2.7").isProtected && !Self.place("2001:db8::1").isProtected)
        #expect(!Self.place(nil).isProtected && Self.place(nil, isTLS: true).isSecure)
        #expect(Self.place("192.0.2.7", isTLS: true).isProtected)
    }

    @Test("a proxy that is not named makes nobody local, and is not believed")
    func unnamed() {
        for header in ["x-forwarded-for", "x-forwarded-proto", "forwarded"] {
            #expect(!Self.place("127.0.0.1", [header: ["https"]]).isProtected, "\(header)")
        }
        let place = Self.place("192.0.2.7", ["x-forwarded-for": ["127.0.0.1"], "x-forwarded-proto": ["https"]])
        #expect(place.address == "192.0.2.7" && !place.isProtected)
    }

    @Test("a named proxy says who comes, and whether by https")
    func named() {
        let proto = ["x-forwarded-proto": ["https"]]
        let one = Self.place(
            "10.0.0.2",
            ["x-forwarded-for": ["127.0.0.1, 203.0.113.9"]].merging(proto) { $1 },
            trusted: ["10.0.0.0/8"]
        )
        // What the client wrote itself stands further left.
        #expect(one.address == "203.0.113.9" && one.isSecure && !one.isLocal)
        let two = Self.place(
            "127.0.0.1",
            ["x-forwarded-for": ["203.0.113.9", "10.1.1.1"]].merging(proto) { $1 },
            trusted: ["127.0.0.1", "10.0.0.0/8"]
        )
        #expect(two.address == "203.0.113.9" && two.isSecure)
        let plain = Self.place(
            "127.0.0.1",
            ["x-forwarded-for": ["203.0.113.9"], "x-forwarded-proto": ["http"]],
            trusted: ["127.0.0.1"]
        )
        #expect(!plain.isProtected && plain.address == "203.0.113.9")
        let garbage = Self.place("10.0.0.2", ["x-forwarded-for": ["nonsense<script>"]], trusted: ["10.0.0.2"])
        #expect(garbage.address == "10.0.0.2" && !garbage.isProtected)
    }

    @Test("a named proxy that does not say who comes, and how, is neither local nor secure")
    func silent() {
        let (by, how) = (["x-forwarded-for": ["203.0.113.9"]], ["x-forwarded-proto": ["https"]])
        for headers in [[:], by, how, ["forwarded": ["for=203.0.113.9;proto=https"]]] {
            for isTLS in [false, true] {
                let place = Self.place("127.0.0.1", headers, isTLS: isTLS, trusted: ["127.0.0.1"])
                #expect(place.isSilentProxy && !place.isProtected, "\(headers)")
            }
        }
        #expect(!Self.place("127.0.0.1", trusted: ["10.0.0.2"]).isSilentProxy)
        #expect(!Self.place("127.0.0.1", by.merging(how) { $1 }, trusted: ["127.0.0.1"]).isSilentProxy)
    }

    @Test("whoever stands in a range of trusted addresses is not this machine because he writes so")
    func farLoopback() {
        let headers = ["x-forwarded-for": ["127.0.0.1, 10.1.1.1"], "x-forwarded-proto": ["http"]]
        let place = Self.place("127.0.0.1", headers, trusted: ["127.0.0.1", "10.0.0.0/8"])
        #expect(!place.isLocal && !place.isProtected)
    }

    @Test("ranges hold their addresses and no others")
    func ranges() throws {
        let range = try #require(NetworkRange("10.16.0.0/12"))
        #expect(range.contains(try #require(NetworkAddress("10.31.255.255"))))
        #expect(!range.contains(try #require(NetworkAddress("10.32.0.0"))))
        #expect(!range.contains(try #require(NetworkAddress("::1"))))
        let six = try #require(NetworkRange("fd00::/8"))
        #expect(six.contains(try #require(NetworkAddress("fdff:1::2"))))
        #expect(!six.contains(try #require(NetworkAddress("fe80::1%eth0"))))
        #expect(NetworkRange("0.0.0.0/0")?.contains(try #require(NetworkAddress("1.2.3.4"))) == true)
        #expect(NetworkAddress("[2001:db8:0:0::7]") == NetworkAddress("2001:db8::7"))
    }

    @Test(
        "what is no address is none",
        arguments: [
            "", "1.2.3", "1.2.3.256", "1.2.3.4.5", "01.2.3.4444", "::1::", "1:2:3:4:5:6:7:8:9", "g::1", ":::",
            "1.2.3.4:80",
            "::12345", "1:2:3:4:5:6:7::8:9",
        ]
    )
    func noAddress(text: String) {
        #expect(NetworkAddress(text) == nil)
        #expect(NetworkRange("\(text)/8") == nil)
    }

    @Test(
        "ranges that are none",
        arguments: ["10.0.0.0/33", "::/129", "10.0.0.0/", "10.0.0.0/x", "10.0.0.0/8/8", "/8"]
    )
    func noRange(text: String) {
        #expect(NetworkRange(text) == nil)
    }
}

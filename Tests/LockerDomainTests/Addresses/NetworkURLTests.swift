import LockerDomain
import Testing

@Suite("The URL of a camera or a county")
struct NetworkURLTests {
    typealias Row = (text: String, host: String, port: Int, url: String)

    @Test(
        "host, port, path and query are read, and the login is not kept",
        arguments: [
            ("rtsp://192.168.1.64:554/Streaming/1", "192.168.1.64", 554, "rtsp://192.168.1.64:554/Streaming/1"),
            ("rtsp://cam", "cam", 554, "rtsp://cam"),
            ("rtsp://cam:8554", "cam", 8_554, "rtsp://cam:8554"),
            ("rtsp://cam/", "cam", 554, "rtsp://cam/"),
            ("rtsp://cam?x=1", "cam", 554, "rtsp://cam?x=1"),
            ("rtsp://cam/live?x=1?y=/2", "cam", 554, "rtsp://cam/live?x=1?y=/2"),
            ("rtsp://admin:secret@cam/live", "cam", 554, "rtsp://cam/live"),
            ("rtsp://admin@cam:555/live?x=1", "cam", 555, "rtsp://cam:555/live?x=1"),
            ("rtsp://admin:sec@ret@cam/live", "cam", 554, "rtsp://cam/live"),
            ("rtsp://admin:sec:ret@cam/live", "cam", 554, "rtsp://cam/live"),
            ("rtsp://admin:sec%2Fre%3Ft%23%40%3A@cam/live", "cam", 554, "rtsp://cam/live"),
            ("rtsp://cam/live%402", "cam", 554, "rtsp://cam/live%402"),
            ("rtsp://[fe80::1]:8554/x", "fe80::1", 8_554, "rtsp://[fe80::1]:8554/x"),
            ("rtsp://u:p@[::1]/x", "::1", 554, "rtsp://[::1]/x"),
        ]
    )
    func camera(_ row: Row) throws {
        let url = try NetworkURL(camera: row.text)
        #expect((url.host, url.port) == (row.host, row.port))
        #expect(url.description == row.url)
        #expect(url.hasLogin == row.text.contains("@"))
        #expect(!String(reflecting: url).contains("secret"))
    }

    @Test(
        "where a password may end in two places the URL is refused, says %2F, and quotes nothing",
        arguments: [
            "rtsp://test/@:abc@host", "rtsp://admin:abc/def@host/live", "rtsp://admin:abc?def@host/live",
            "rtsp://admin:abc#def@host/live", "rtsp://admin:a@bc/def@host/live", "rtsp://admin:a/bc@def@host",
            "rtsp://host/live@2", "rtsp://admin:abc@host/live@2", "rtsp://admin:abc@host/live?user=a@b",
        ]
    )
    func ambiguous(_ text: String) throws {
        let fault = try #require(throws: NetworkURL.Fault.self) { try NetworkURL(camera: text) }
        #expect(fault.description.contains("%2F"))
        #expect(["abc", "def", "host", "test", "admin"].allSatisfy { !fault.description.contains($0) })
    }

    @Test(
        "what the fault says to write is then read, for each special character of a password",
        arguments: [("@", "%40"), ("/", "%2F"), (":", "%3A"), ("?", "%3F"), ("#", "%23"), ("%", "%25"), (" ", "%20")]
    )
    func encoded(_ row: (raw: String, written: String)) throws {
        let url = try NetworkURL(camera: "rtsp://admin:a\(row.written)b@cam/live")
        #expect(url.description == "rtsp://cam/live" && url.hasLogin)
        // Raw, it is either read as the same camera or refused; no other host is ever asked.
        if let raw = try? NetworkURL(camera: "rtsp://admin:a\(row.raw)b@cam/live") { #expect(raw == url) }
    }

    @Test(
        "anything else is no URL of a camera",
        arguments: [
            "", "rtsp://", "rtsp:///x", "http://cam/", "RTSP://cam/", "rtsps://cam/", "rtsp://cam:0/",
            "rtsp://cam:65536/", "rtsp://cam:abc/", "rtsp://cam:/", "rtsp://cam:+554/", "rtsp://cam:-1/",
            "rtsp://u:p@/x", "rtsp://[::1/x", "rtsp://[::1]x/", "rtsp://[]/x", "rtsp://[cam]/x", "rtsp://c\\am/x",
            "rtsp://cam/a b", "rtsp://cam/\r\nDESCRIBE rtsp://x", "rtsp://\u{6444}\u{50CF}\u{5934}/",
            "rtsp://cam/100%", "rtsp://cam/%zz", "rtsp://cam/x#1", "rtsp://cam/" + String(repeating: "x", count: 2_048),
        ]
    )
    func bad(_ text: String) { #expect(throws: NetworkURL.Fault.self) { try NetworkURL(camera: text) } }

    @Test("a county's URL has neither a login nor a query")
    func county() throws {
        #expect(try NetworkURL(county: "https://county.example.cn/locker").port == 443)
        #expect(try NetworkURL(county: "http://127.0.0.1:8480").description == "http://127.0.0.1:8480")
        for text in [
            "https://user:secret@county.example.cn", "https://user@county.example.cn", "https://county.example.cn/?a=1",
            "https://county.example.cn/a#b", "https://user:sec/ret@county.example.cn", "ftp://county.example.cn",
        ] {
            let fault = try #require(throws: NetworkURL.Fault.self) { try NetworkURL(county: text) }
            #expect(["sec", "ret", "user@"].allSatisfy { !fault.description.contains($0) })
        }
    }
}

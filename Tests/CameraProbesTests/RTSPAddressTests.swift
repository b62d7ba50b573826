import CameraProbes
import Testing

@Suite("The address of a camera")
struct RTSPAddressTests {
    struct Row: Sendable {
        var text: String
        var host: String
        var port: Int
        var url: String

        init(_ text: String, _ host: String, _ port: Int, _ url: String) {
            (self.text, self.host, self.port, self.url) = (text, host, port, url)
        }
    }

    @Test(
        "host, port and path, and never the password",
        arguments: [
            Row(
                "rtsp://192.168.1.64:554/Streaming/Channels/101",
                "192.168.1.64",
                554,
                "rtsp://192.168.1.64:554/Streaming/Channels/101"
            ),
            Row("rtsp://cam", "cam", 554, "rtsp://cam/"),
            Row("rtsp://cam:8554", "cam", 8_554, "rtsp://cam:8554/"),
            Row("rtsp://cam/", "cam", 554, "rtsp://cam/"),
            Row("rtsp://admin:secret@cam/live", "cam", 554, "rtsp://cam/live"),
            Row("rtsp://admin@cam:555/live?x=1", "cam", 555, "rtsp://cam:555/live?x=1"),
            Row("rtsp://admin:p@ss@cam/live", "cam", 554, "rtsp://cam/live"),
            Row("rtsp://admin:a:b@cam/live@2", "cam", 554, "rtsp://cam/live@2"),
            Row("rtsp://[fe80::1]:8554/x", "fe80::1", 8_554, "rtsp://[fe80::1]:8554/x"),
            Row("rtsp://u:p@[::1]/x", "::1", 554, "rtsp://[::1]/x"),
        ]
    )
    func good(_ row: Row) throws {
        let address = try #require(RTSPAddress(row.text))
        #expect(address.host == row.host)
        #expect(address.port == row.port)
        #expect(address.url == row.url)
        #expect(!address.url.contains("secret"))
    }

    @Test(
        "anything else is no address",
        arguments: [
            "", "rtsp://", "rtsp:///x", "http://cam/", "RTSP://cam/", "rtsps://cam/", "rtsp://cam:0/",
            "rtsp://cam:65536/",
            "rtsp://cam:abc/", "rtsp://cam:/", "rtsp://cam:+554/", "rtsp://cam:-1/", "rtsp://u:p@/x", "rtsp://[::1/x",
            "rtsp://[::1]x/",
            "rtsp://[]/x", "rtsp://cam/a b", "rtsp://cam/\r\nDESCRIBE rtsp://x", "rtsp://\u{6444}\u{50CF}\u{5934}/",
            "rtsp://cam/" + String(repeating: "x", count: 2_048),
        ]
    )
    func bad(_ text: String) { #expect(RTSPAddress(text) == nil) }
}

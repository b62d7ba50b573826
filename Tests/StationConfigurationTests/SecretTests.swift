import LockerDomain
import StationConfiguration
import StationPorts
import Testing

@Suite("Passwords in configurations")
struct SecretTests {
    @Test(
        "no fault shows a password, however the line with it is wrong",
        arguments: [
            "url = rtsp://admin:secret@cam/live", "url = \"rtsp://admin:secret@cam/live",
            "url = 'rtsp://admin:secret@cam",
            "url = \"rtsp://admin:sec\"ret@cam/live\"", "url = \"rtsp://admin:sec\\ret@cam/live\"",
            "url = [\"rtsp://admin:secret@cam/live\"]", "url = { login = \"secret\" }", "uri = \"rtsp://u:secret@cam\"",
            "url = \"rtsp://admin:secret@cam/live\"\nurl = \"rtsp://admin:secret@cam/live\"",
            "url = \"rtsp://secret/@cam/live\"", "url = \"rtsp://admin:secret/live\"", "url = \"rtsp://secret@/\"",
            "url = \"http://admin:secret@cam/\"", "url = \"rtsp://admin:secret@c am/\"",
            "url = \"rtsp://a:b@sec^ret/\"",
        ]
    )
    func camera(_ line: String) throws {
        let text = Example.replacing("url = \"rtsp://192.168.1.64:554/Streaming/Channels/101\"", line)
        let fault = try #require(try Root(text).fault())
        #expect(["secret", "sec^", "admin"].allSatisfy { !fault.description.contains($0) }, "\(fault)")
    }

    @Test("a login of a camera is read past: what the daemon holds, and could print, is the rest")
    func dropped() throws {
        let text = Example.replacing("rtsp://192.", "rtsp://admin:sec%2Fret@192.")
        let configuration = try Root(text).load()
        #expect(configuration.cameras.first?.url.host == "192.168.1.64")
        var dumped = ""
        dump(configuration, to: &dumped)
        #expect(dumped.contains("192.168.1.64") && !dumped.contains("sec%2F") && !dumped.contains("admin"))
    }
}

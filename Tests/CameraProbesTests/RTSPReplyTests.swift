import CameraProbes
import LockerDomain
import Testing

@Suite("The head of an RTSP answer")
struct RTSPReplyTests {
    private static let good = "RTSP/1.0 200 OK\r\nCSeq: 1\r\nPublic: OPTIONS, DESCRIBE, SETUP, PLAY\r\n\r\n"

    private func read(_ text: String) -> RTSPReply.Progress {
        var reply = RTSPReply()
        return reply.feed(Array(text.utf8))
    }

    @Test(
        "its status, whatever the line ends and the words behind it",
        arguments: [
            (good, 200),
            ("RTSP/1.0 401 Unauthorized\r\nWWW-Authenticate: Digest realm=\"IP Camera\"\r\n\r\n", 401),
            ("RTSP/1.0 404 Not Found\n\n", 404),
            ("RTSP/1.0 503\r\n\r\n", 503),
            ("RTSP/1.0 200 \u{597D}\r\n\r\n", 200),
            ("RTSP/1.0  454 Session\r\n\r\n", 454),
            ("RTSP/1.0 200 OK\r\n\r\nbody that nobody asked for", 200),
        ]
    )
    func status(_ row: (text: String, status: Int)) { #expect(read(row.text) == .status(row.status)) }

    @Test("a head in two pieces, cut at every byte, is read alike")
    func split() {
        let bytes = Array(Self.good.utf8)
        for cut in 0...bytes.count {
            var reply = RTSPReply()
            let first = reply.feed(bytes[..<cut])
            guard cut < bytes.count else {
                #expect(first == .status(200))
                continue
            }
            #expect(first == .needMore, "cut at \(cut)")
            #expect(reply.feed(bytes[cut...]) == .status(200), "cut at \(cut)")
        }
    }

    @Test("a head byte by byte, with empty pieces in between, is read alike")
    func drip() {
        var reply = RTSPReply()
        var last = RTSPReply.Progress.needMore
        for byte in Self.good.utf8 {
            #expect(last == .needMore)
            _ = reply.feed(EmptyCollection<UInt8>())
            last = reply.feed(CollectionOfOne(byte))
        }
        #expect(last == .status(200))
    }

    @Test(
        "something else than RTSP is named, however its bytes come",
        arguments: [
            ("HTTP/1.1 200 OK\r\n\r\n", "a web server"), ("SSH-2.0-dropbear\r\n", "an SSH server"),
            ("RTSP/2.0 200 OK\r\n\r\n", "RTSP of another version"), ("220 vsFTPd\r\n", "a file or mail server"),
            ("\u{15}\u{3}\u{3}\u{0}\u{2}", "a TLS server"), ("R\u{0}", "something else"), ("\r\n", "something else"),
            ("rtsp/1.0 200", "something else"), ("HTML", "something else"),
        ]
    )
    func other(_ row: (text: String, begin: String)) {
        guard case .notRTSP(let what) = read(row.text) else {
            Issue.record("\(row.text) passes")
            return
        }
        #expect(what.hasPrefix(row.begin))
        var reply = RTSPReply()
        let last = row.text.utf8.lazy.map { reply.feed(CollectionOfOne($0)) }.first { $0 != .needMore }
        #expect(last == .notRTSP(what))
    }

    @Test("an interim answer is passed over, in one piece or cut at every byte")
    func interim() {
        let text = "RTSP/1.0 100 Continue\r\nCSeq: 1\r\n\r\nRTSP/1.0 404 Not Found\r\n\r\n"
        #expect(read(text) == .status(404))
        #expect(read("RTSP/1.0 100 Continue\r\n\r\n") == .needMore)
        for cut in 1..<text.utf8.count {
            var reply = RTSPReply()
            #expect(reply.feed(text.utf8.prefix(cut)) == .needMore, "cut at \(cut)")
            #expect(reply.feed(text.utf8.dropFirst(cut)) == .status(404), "cut at \(cut)")
        }
    }

    @Test(
        "a status line without a status is no answer",
        arguments: [
            "RTSP/1.0 \r\n\r\n", "RTSP/1.0 OK 200\r\n\r\n", "RTSP/1.0 99 x\r\n\r\n", "RTSP/1.0 600 x\r\n\r\n",
            "RTSP/1.0 -200\r\n\r\n",
        ]
    )
    func noStatus(_ text: String) { #expect(read(text) == .notRTSP("status line without a status")) }

    @Test("a head without end is given up at the limit")
    func endless() {
        var reply = RTSPReply()
        var progress = reply.feed(Array("RTSP/1.0 200 OK\r\n".utf8))
        var fed = 0
        while progress == .needMore, fed < 100_000 {
            progress = reply.feed(Array("X-Padding: yes\r\n".utf8))
            fed += 16
        }
        #expect(progress == .notRTSP("answer without end"))
        #expect(fed <= Limits.cameraAnswerBytesMax + 32)
    }

    @Test("noise never crashes: seeded")
    func noise() {
        var state: UInt64 = 42
        print("RTSP noise: seed \(state)")
        for _ in 0..<2_000 {
            var bytes = Array(Self.good.utf8)
            for _ in 0..<3 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                bytes[Int(state >> 33) % bytes.count] = UInt8(truncatingIfNeeded: state >> 24)
            }
            var reply = RTSPReply()
            _ = reply.feed(bytes)
        }
    }
}

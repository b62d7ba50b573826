import LockerDomain

/// Reads the head of an RTSP answer (RFC 2326 section 7) from bytes as they come. Pure.
public struct RTSPReply: Sendable {
    private var bytes: [UInt8] = []

    public init() {}

    /// What the bytes so far mean.
    public enum Progress: Sendable, Equatable {
        case needMore
        /// Status code of a complete head that answers our request.
        case status(Int)
        /// Something else than RTSP answers here: what it is.
        case notRTSP(String)
    }

    /// Takes bytes in; after anything but `needMore` the reply is done.
    public mutating func feed(_ more: some Sequence<UInt8>) -> Progress {
        bytes.append(contentsOf: more)
        guard bytes.count <= Limits.cameraAnswerBytesMax else { return .notRTSP("answer without end") }
        while true {
            guard Self.starts(bytes, with: Array("RTSP/1.0 ".utf8)) else { return Self.banner(bytes) }
            guard let end = Self.endOfHead(bytes) else { return .needMore }
            let words = bytes[..<end].prefix { $0 != 0x0A && $0 != 0x0D }.split(separator: 0x20)
            guard words.count >= 2, let status = Int(String(decoding: words[1], as: UTF8.self)),
                (100...599).contains(status)
            else { return .notRTSP("status line without a status") }
            guard status < 200 else { return .status(status) }
            // 100 Continue: the answer itself follows (section 7.1.1).
            bytes.removeFirst(end + 1)
        }
    }

    /// Servers that camera addresses often lead to by mistake, by their first bytes.
    private static let banners: [(begin: [UInt8], what: String)] = [
        (Array("HTTP/".utf8), "a web server answers (HTTP): write the camera's RTSP port, often 554"),
        (Array("RTSP/".utf8), "RTSP of another version answers, 1.0 is needed"),
        (Array("SSH-".utf8), "an SSH server answers: correct host and port"),
        (Array("220".utf8), "a file or mail server answers (FTP, SMTP): correct host and port"),
        ([0x15, 0x03], "a TLS server answers: write the port for RTSP without TLS, often 554"),
    ]

    private static func banner(_ bytes: [UInt8]) -> Progress {
        for (begin, what) in banners where starts(bytes, with: begin) {
            return bytes.count < begin.count ? .needMore : .notRTSP(what)
        }
        return .notRTSP("something else than RTSP answers: correct host and port")
    }

    /// True as far as both go.
    private static func starts(_ bytes: [UInt8], with begin: [UInt8]) -> Bool { zip(begin, bytes).allSatisfy(==) }

    private static func endOfHead(_ bytes: [UInt8]) -> Int? {
        var previous: UInt8 = 0
        for (index, byte) in bytes.enumerated() where byte != 0x0D {
            if byte == 0x0A, previous == 0x0A { return index }
            previous = byte
        }
        return nil
    }
}

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
        /// Something else than RTSP answers here.
        case notRTSP(String)
    }

    /// Takes bytes in; after anything but `needMore` the reply is done.
    public mutating func feed(_ more: some Sequence<UInt8>) -> Progress {
        bytes.append(contentsOf: more)
        guard bytes.count <= Limits.cameraAnswerBytesMax else { return .notRTSP("answer without end") }
        let magic = Array("RTSP/1.0 ".utf8)
        guard zip(magic, bytes).allSatisfy(==) else { return .notRTSP("no RTSP answer") }
        guard let end = Self.endOfHead(bytes) else { return .needMore }
        let lines = bytes[..<end].split(separator: 0x0A).map { line in
            String(decoding: line.filter { $0 != 0x0D }, as: UTF8.self)
        }
        let words = lines.first?.split(separator: " ") ?? []
        guard words.count >= 2, let status = Int(words[1]), (100...599).contains(status) else {
            return .notRTSP("status line without a status")
        }
        return .status(status)
    }

    private static func endOfHead(_ bytes: [UInt8]) -> Int? {
        var previous: UInt8 = 0
        for (index, byte) in bytes.enumerated() where byte != 0x0D {
            if byte == 0x0A, previous == 0x0A { return index }
            previous = byte
        }
        return nil
    }
}

import Crypto
import RawStructuredFieldValues

/// `Content-Digest` (RFC 9530) over the bytes as they are sent.
public enum ContentDigest {
    /// `sha-256=:…:`
    public static func text(of body: [UInt8]) -> String {
        "sha-256=\(StructuredText.bytes(SHA256.hash(data: body)))"
    }

    /// Whether the header's sha-256 is that of the body.
    public static func matches(_ header: String, body: [UInt8]) -> Bool {
        var parser = StructuredFieldValueParser(Array(header.utf8))
        guard let map = try? parser.parseDictionaryFieldValue(), let digest = StructuredText.bytes(of: map["sha-256"])
        else { return false }
        return digest == Array(SHA256.hash(data: body))
    }
}

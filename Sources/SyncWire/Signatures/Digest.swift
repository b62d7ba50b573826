import Crypto
import LockerDomain

/// SHA-256.
public enum Digest {
    /// 64 lower-case hex digits.
    public static func sha256(_ bytes: [UInt8]) -> String { Hex.encode(SHA256.hash(data: bytes)) }

    /// 32 bytes.
    public static func sha256Bytes(_ bytes: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: bytes)) }
}

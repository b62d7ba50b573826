import Crypto
import LockerDomain

/// SHA-256, plain and keyed.
public enum Digest {
    /// 64 lower-case hex digits.
    public static func sha256(_ bytes: [UInt8]) -> String { Hex.encode(SHA256.hash(data: bytes)) }

    /// 32 bytes.
    public static func sha256Bytes(_ bytes: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: bytes)) }

    /// HMAC-SHA-256, 32 bytes.
    public static func authentication(of bytes: [UInt8], key: [UInt8]) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: bytes, using: SymmetricKey(data: key)))
    }

    /// Compares in constant time.
    public static func isAuthentic(_ code: [UInt8], of bytes: [UInt8], key: [UInt8]) -> Bool {
        HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: bytes, using: SymmetricKey(data: key))
    }
}

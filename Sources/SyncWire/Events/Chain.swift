import Crypto

/// The hash chain that makes the journal tamper-evident (DESIGN 4.2).
public enum Chain {
    /// hash(0): 32 zero bytes.
    public static let start = [UInt8](repeating: 0, count: 32)

    /// hash(n) = SHA-256(hash(n−1) ‖ bytes(n)).
    public static func next(after hash: [UInt8], bytes: [UInt8]) -> [UInt8] {
        var sha = SHA256()
        sha.update(data: hash)
        sha.update(data: bytes)
        return Array(sha.finalize())
    }
}

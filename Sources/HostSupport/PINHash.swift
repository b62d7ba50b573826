import Crypto
import CryptoExtras
import FoundationEssentials
public import LockerDomain

/// Checks PINs against memory-hard verifiers (scrypt, RFC 7914).
public enum PINHash {
    /// Whether the PIN is the verifier's; constant time in the compare. About 50 ms and 16 MiB at N = 16,384.
    public static func check(_ pin: String, _ verifier: PINVerifier) -> Bool {
        // Bounds first: a verifier from outside must not ask for gigabytes (128 · cost · blockSize: at most 64 MiB).
        guard (2...1 << 16).contains(verifier.cost), (1...16).contains(verifier.blockSize),
            verifier.cost * verifier.blockSize <= 1 << 19, (1...4).contains(verifier.parallelism),
            let salt = Hex.decode(verifier.salt), let wanted = Hex.decode(verifier.hash), wanted.count == 32,
            let key = try? KDF.Scrypt.deriveKey(
                from: Array(pin.utf8),
                salt: salt,
                outputByteCount: 32,
                rounds: verifier.cost,
                blockSize: verifier.blockSize,
                parallelism: verifier.parallelism
            )
        else { return false }
        return key.withUnsafeBytes { derived in
            zip(derived, wanted).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
        }
    }
}

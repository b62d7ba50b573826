import Crypto

/// The station's code key K with its id (DESIGN 4.3, 4.4). Never printed, journalled or sent.
public struct CodeKey: Sendable, Equatable {
    /// First 16 hex digits of SHA-256 of the key.
    public let id: String
    /// First four bytes of it, by which a token names the key.
    public let tokenKeyID: [UInt8]
    let key: SymmetricKey
    /// The HMAC with the key taken in already, which is half of its work for a text as short as a waybill.
    let keyed: HMAC<SHA256>

    /// A key of 32 bytes; `nil` for any other length.
    public init?(bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        key = SymmetricKey(data: bytes)
        keyed = HMAC(key: key)
        let hash = SHA256.hash(data: bytes)
        id = Hex.encode(hash.prefix(8))
        tokenKeyID = Array(hash.prefix(4))
    }

    public static func == (left: CodeKey, right: CodeKey) -> Bool { left.key == right.key }
}

/// The eight-digit code a recipient types (取件码), computed alike by station and county (DESIGN 4.4).
public struct PickupCode: Sendable, Hashable, CustomStringConvertible {
    /// 0 … 99,999,999.
    public let number: UInt32

    /// Reads a typed code; `nil` unless it is exactly eight ASCII digits.
    public init?(typed: String) {
        guard typed.utf8.count == Limits.codeDigits, typed.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let number = UInt32(typed)
        else { return nil }
        self.number = number
    }

    /// HMAC-SHA-256(K, waybill ‖ 0x00 ‖ n big-endian), dynamic truncation of RFC 4226 section 5.3 with the offset in
    /// the low four bits of the last byte, 31 bits modulo 10⁸.
    public init(_ waybill: Waybill, n: UInt32, key: CodeKey) {
        var hmac = key.keyed
        let tail = [0, UInt8(n >> 24), UInt8(n >> 16 & 255), UInt8(n >> 8 & 255), UInt8(n & 255)]
        hmac.update(data: Array(waybill.rawValue.utf8) + tail)
        let word = hmac.finalize().withUnsafeBytes { digest in
            let offset = Int(digest[31] & 15)
            return digest[offset..<offset + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        }
        number = (word & 0x7fff_ffff) % 100_000_000
    }

    /// Eight digits with leading zeros.
    public var description: String {
        let digits = String(number)
        return String(repeating: "0", count: Limits.codeDigits - digits.count) + digits
    }
}

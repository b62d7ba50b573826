import Crypto

/// A code dictated by phone (客服开箱码) that opens one door for one requester, once (DESIGN 4.4).
public enum SupportCode {
    /// Ten digits of HMAC-SHA-256(K, "support" ‖ counter big-endian ‖ 0x00 ‖ door ‖ 0x00 ‖ purpose ‖ 0x00 ‖ requester),
    /// truncated as RFC 4226 section 5.3 does, to 40 bits, modulo 10¹⁰. The requester is the number on the badge of
    /// who is signed in there, as 16 hex digits; empty for nobody.
    ///
    /// - Parameter requester: `nil` when nobody is signed in.
    public static func text(counter: UInt32, door: DoorName, requester: PersonNumber?, key: CodeKey) -> String {
        var message: [UInt8] = Array("support".utf8)
        for shift in [24, 16, 8, 0] as [UInt32] { message.append(UInt8(truncatingIfNeeded: counter >> shift)) }
        for part in [door.rawValue, "open", requester?.wire ?? ""] {
            message.append(0)
            message.append(contentsOf: part.utf8)
        }
        let digest = Array(HMAC<SHA256>.authenticationCode(for: message, using: key.key))
        let offset = Int(digest[31] & 15)
        var word: UInt64 = 0
        for byte in digest[offset..<offset + 5] { word = word << 8 | UInt64(byte) }
        let digits = String(word % 10_000_000_000)
        return String(repeating: "0", count: Limits.supportCodeDigits - digits.count) + digits
    }

    /// The door and counter that a typed code fits, among the next counters.
    public static func match(
        _ typed: String,
        from counter: UInt32,
        doors: [DoorName],
        requester: PersonNumber?,
        key: CodeKey
    ) -> (door: DoorName, counter: UInt32)? {
        guard typed.utf8.count == Limits.supportCodeDigits else { return nil }
        for ahead in 0..<Limits.supportCodesAheadMax {
            for door in doors where text(counter: counter &+ ahead, door: door, requester: requester, key: key) == typed
            {
                return (door, counter &+ ahead)
            }
        }
        return nil
    }
}

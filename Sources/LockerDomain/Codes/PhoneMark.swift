import Crypto

/// By what the station knows a phone number again that was typed here and is kept sealed: HMAC-SHA-256 under its code key K
/// over a word of its own and the number. It lies beside the sealed number, outside the chain, is erased with it and goes
/// nowhere. Without K it tells nothing; K lies among the keys, never beside the journal (DESIGN 4.4, rule 10).
public enum PhoneMark {
    private static let bytes = 16
    // No waybill holds a blank, so that no mark is a pickup code.
    private static let word = Array("typed phone".utf8)

    /// The mark of a number as it was typed.
    public static func of(_ phone: String, key: CodeKey) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: word + [0] + Array(phone.utf8), using: key.key).prefix(bytes))
    }
}

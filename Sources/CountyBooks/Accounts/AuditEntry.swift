/// One line of the audit log (操作日志). No phone number and no one-time password is in it, whatever it was made of: its
/// texts go through `AuditText`. Other secrets must not be given to it.
public struct AuditEntry: Sendable, Hashable, Codable {
    /// Given by the store, rising from 1; `nil` before.
    public var number: Int64?
    /// Milliseconds since 1970.
    public let time: Int64
    public let by: AuditAuthor
    /// Address of the client; `nil` at the command line.
    public let address: String?
    public let action: AuditAction
    /// What it was done to: a log-in name, a row of a register, a waybill, a period.
    public let object: String
    /// What was before and what is now, `role clerk → dispatcher`; empty where the action says all.
    public let detail: String
    /// Why, where a reason is asked for.
    public let reason: String?

    /// An entry that no store has numbered yet.
    public init(
        _ stamp: AuditStamp,
        _ action: AuditAction,
        object: String,
        detail: String = "",
        reason: String? = nil
    ) {
        (time, by, self.action) = (stamp.time, stamp.by, action)
        address = stamp.address.map(Self.plain)
        self.object = AuditText.clean(object)
        self.detail = AuditText.clean(detail)
        self.reason = reason.map(AuditText.clean)
    }

    /// `before → after`; `–` for nothing.
    public static func change(_ before: String?, _ after: String?) -> String {
        let shown = { (text: String?) in text.flatMap { $0.isEmpty ? nil : $0 } ?? "–" }
        return "\(shown(before)) → \(shown(after))"
    }

    /// An address has digits and points like a phone number and must not be masked; what is none is not kept.
    private static func plain(_ address: String) -> String {
        let isAddress = address.unicodeScalars.allSatisfy {
            switch $0 {
            case "0"..."9", "a"..."z", "A"..."Z", ".", ":", "%", "-", "_": true
            default: false
            }
        }
        // An address has a point or a colon where a phone number has none.
        let isShort = address.utf8.count <= CountyBooksLimits.auditAddressCharactersMax
        return isAddress && isShort && !address.utf8.allSatisfy({ (0x30...0x39).contains($0) }) ? address : "?"
    }
}

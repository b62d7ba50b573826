/// How the recipient agreed to a locker (用户同意, 令2019-16).
public enum Consent: String, Sendable, Codable, CaseIterable {
    case userConsent = "user_consent"
    case senderNamedLocker = "sender_named_locker"
    /// The recipient did not agree.
    case none
    /// Nobody said: taken and flagged.
    case unknown

    /// A word of a manifest that this version does not know says nothing.
    public init(from decoder: any Decoder) throws {
        self = Consent(rawValue: try decoder.singleValueContainer().decode(String.self)) ?? .unknown
    }
}

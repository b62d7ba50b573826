public import LockerDomain

/// Body of `POST /v1/scan`.
public struct ScanRequest: Sendable, Hashable, Codable {
    /// The text as a device would have read it, without its line end.
    public var text: String
    /// Which kind of device is played.
    public var role: ScannerRole

    /// A scan or a typed line.
    public init(text: String, role: ScannerRole) {
        self.text = text
        self.role = role
    }
}

/// Reply to `POST /v1/scan`.
public struct ScanReply: Sendable, Hashable, Codable {
    /// What the person was told, in order.
    public var answers: [Answer]

    /// A reply with the station's answers.
    public init(answers: [Answer]) {
        self.answers = answers
    }
}

/// Body of `POST /v1/enrol`, and reply to `POST /v1/enrol/scan`.
public struct EnrolRequest: Sendable, Hashable, Codable {
    /// One-time token of the county. Never logged, never in an event.
    public var token: String

    /// A request to enrol with a token.
    public init(token: String) {
        self.token = token
    }
}

/// Reply to `POST /v1/enrol`.
public struct EnrolReply: Sendable, Hashable, Codable {
    /// Always `true`: what failed is a fault.
    public var enrolled: Bool

    /// A reply after the keys were stored.
    public init(enrolled: Bool) {
        self.enrolled = enrolled
    }
}

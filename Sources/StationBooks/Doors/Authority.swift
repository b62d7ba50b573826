public import LockerDomain

/// By what right a door opens, as `door.unlockRequested` writes it.
public enum Authority: Sendable, Hashable {
    case code, token
    /// A delegation token (代取码), by its id.
    case delegation(String?)
    /// A relative with a delegation on record, by the keyed hash of their phone.
    case relative(String?)
    /// Who drops a shipment off.
    case sender
    case support
    case badge(String)

    /// As `door.unlockRequested` has it.
    package init(_ text: String, _ delegate: Delegate?) {
        switch (text, delegate) {
        case ("delegation", .token(let id)): self = .delegation(id)
        case ("relative", .relative(let key)): self = .relative(key)
        default: self.init(text)
        }
    }

    private init(_ text: String) {
        switch text {
        case "code": self = .code
        case "token": self = .token
        case "delegation": self = .delegation(nil)
        case "relative": self = .relative(nil)
        case "sender": self = .sender
        case "support": self = .support
        default: self = .badge(String(text.drop { $0 != " " }.dropFirst()))
        }
    }

    public var text: String {
        switch self {
        case .code: "code"
        case .token: "token"
        case .delegation: "delegation"
        case .relative: "relative"
        case .sender: "sender"
        case .support: "support"
        case .badge(let person): "badge \(person)"
        }
    }

    public var means: Means {
        switch self {
        case .code, .relative, .sender, .support: .code
        case .token, .delegation: .token
        case .badge: .badge
        }
    }

    public var collector: ParcelCollected.Collector {
        switch self {
        case .delegation, .relative: .delegate
        case .badge: .keeper
        case .code, .token, .sender, .support: .recipient
        }
    }

    /// Who takes it for the recipient, as far as it is known.
    public var delegate: Delegate? {
        switch self {
        case .delegation(let id): id.map { .token($0) }
        case .relative(let key): key.map { .relative($0) }
        case .code, .token, .sender, .support, .badge: nil
        }
    }

    public var isRelative: Bool { if case .relative = self { true } else { false } }

    /// Number of the person on the badge.
    public var person: String? { if case .badge(let person) = self { person } else { nil } }
}

extension Authority: Codable {
    private enum Key: String, CodingKey { case text, delegate }

    public init(from decoder: any Decoder) throws {
        let box = try decoder.container(keyedBy: Key.self)
        self.init(
            try box.decode(String.self, forKey: .text),
            try box.decodeIfPresent(Delegate.self, forKey: .delegate)
        )
    }

    public func encode(to encoder: any Encoder) throws {
        var box = encoder.container(keyedBy: Key.self)
        try box.encode(text, forKey: .text)
        try box.encodeIfPresent(delegate, forKey: .delegate)
    }
}

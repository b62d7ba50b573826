/// Somebody who may take parcels for a villager.
public enum Delegate: Sendable, Hashable, Codable {
    /// A village agent: number of the person on the badge.
    case agent(String)
    /// A relative: the county's keyed hash of their own phone.
    case relative(String)
    /// Whoever shows a delegation token: its id. Never on record in advance.
    case token(String)

    private enum Key: String, CodingKey { case agent, relative, token }

    public init(from decoder: any Decoder) throws {
        let box = try decoder.container(keyedBy: Key.self)
        if let agent = try box.decodeIfPresent(String.self, forKey: .agent) {
            self = .agent(agent)
        } else if let token = try box.decodeIfPresent(String.self, forKey: .token) {
            self = .token(token)
        } else {
            self = .relative(try box.decode(String.self, forKey: .relative))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var box = encoder.container(keyedBy: Key.self)
        switch self {
        case .agent(let person): try box.encode(person, forKey: .agent)
        case .relative(let key): try box.encode(key, forKey: .relative)
        case .token(let id): try box.encode(id, forKey: .token)
        }
    }
}

/// A delegation (代取委托) on record.
public struct Delegation: Sendable, Hashable, Codable {
    public var delegate: Delegate
    /// Wall time of its end.
    public var until: Int64

    package init(delegate: Delegate, until: Int64) {
        (self.delegate, self.until) = (delegate, until)
    }
}

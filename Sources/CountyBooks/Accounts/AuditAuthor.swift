/// Who did it.
public enum AuditAuthor: Sendable, Hashable, CustomStringConvertible {
    /// An account, by its log-in name.
    case account(String)
    /// A user of the server's own command line.
    case commandLine(String)
    /// Nobody who is known: a log-in that failed.
    case nobody

    private static let command = Words("命令行 ", "command line ")

    /// Reads what `description` and `words` give: no log-in name holds a blank or is `-`.
    public init(text: String) {
        if text == "-" {
            self = .nobody
        } else if let command = [Self.command.english, Self.command.chinese].first(where: { text.hasPrefix($0) }) {
            self = .commandLine(String(text.dropFirst(command.count)))
        } else {
            self = .account(text)
        }
    }

    /// `wang`, `command line root`, `-`.
    public var description: String {
        switch self {
        case .account(let name): name
        case .commandLine(let user): Self.command.english + AuditText.clean(user)
        case .nobody: "-"
        }
    }

    /// The same for a page: `命令行 root`.
    public var words: Words {
        guard case .commandLine(let user) = self else { return Words(same: description) }
        return Words(Self.command.chinese + AuditText.clean(user), description)
    }
}

extension AuditAuthor: Codable {
    public init(from decoder: any Decoder) throws {
        self.init(text: try decoder.singleValueContainer().decode(String.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var box = encoder.singleValueContainer()
        try box.encode(description)
    }
}

/// Who does something, from where, and when.
public struct AuditStamp: Sendable, Hashable {
    public var by: AuditAuthor
    /// Address of the client; `nil` at the command line.
    public var address: String?
    /// Milliseconds since 1970.
    public var time: Int64

    public init(by: AuditAuthor, address: String? = nil, time: Int64) {
        (self.by, self.address, self.time) = (by, address, time)
    }
}

/// Why a door is out of service.
public enum OutOfService: Sendable, Hashable {
    /// Marked by a person: nothing but a support code opens it (异常格口).
    case abnormal
    /// Opened by a support code: nobody knows what is behind it.
    case supportCode
    /// It did not open, in the words of `door.outOfService`.
    case failed(String)

    /// As `door.outOfService` has it.
    public init(_ reason: String) {
        switch reason {
        case Self.abnormal.reason: self = .abnormal
        case Self.supportCode.reason: self = .supportCode
        default: self = .failed(reason)
        }
    }

    /// In English, for the wire and for staff.
    public var reason: String {
        switch self {
        case .abnormal: "abnormal"
        case .supportCode: "opened by support code"
        case .failed(let reason): reason
        }
    }
}

extension OutOfService: Codable {
    public init(from decoder: any Decoder) throws {
        self.init(try decoder.singleValueContainer().decode(String.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var box = encoder.singleValueContainer()
        try box.encode(reason)
    }
}

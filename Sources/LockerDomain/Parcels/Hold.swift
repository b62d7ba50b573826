/// The hold period (保管期) of one parcel: it begins when the recipient was told, not before.
public struct Hold: Sendable, Hashable, Codable {
    /// Confirmed wall time at which the recipient was told; `nil` while nobody told them or no clock could say when.
    public var began: Int64?
    /// Whether they were told, by whatever clock.
    public var noticed = false
    public var noticeFailed = false
    /// Number of the keeper who told them in person.
    public var toldBy: String?
    /// Hours added by the county or the keeper.
    public var extraHours = 0
    /// Reminders that were due so far.
    public var reminders = 0
    /// Those of them that the recipient has been told of since; `nil` when none.
    public var remindersTold: Int?
    /// Wall time of the last notice or reminder.
    public var lastNotice: Int64 = 0
    public var isOverdue = false
    public var isRecalled = false
    /// Chilled, and nobody was told within its set time: to be taken back, though never overdue.
    public var isSpoiling: Bool?

    public init() {}

    /// Whether the parcel is to be taken back.
    public var isOver: Bool { isOverdue || isRecalled || isSpoiling == true }

    /// Hours until the parcel is overdue, by the policy.
    public func hours(chilled: Bool, _ policy: Policy) -> Int {
        (chilled ? policy.chilledHoldHours : policy.holdHours) + extraHours
    }

    /// Wall time at which the parcel becomes overdue; `nil` before the recipient was told.
    public func end(chilled: Bool, _ policy: Policy) -> Int64? {
        began.map { $0 + Int64(hours(chilled: chilled, policy)) * 3_600_000 }
    }

    /// Whether a reminder fell due of which nobody has said that the recipient heard it.
    public var isToBeReminded: Bool { noticed && !isOverdue && reminders > (remindersTold ?? 0) }

    /// Number of the reminder that is due now; `nil` when none is.
    public func dueReminder(at now: Moment, _ policy: Policy) -> Int? {
        guard let began, !isOverdue, reminders < policy.reminderHours.count, !now.isNight else { return nil }
        let due = began + Int64(policy.reminderHours[reminders]) * 3_600_000
        guard now.wall >= due, now.wall - lastNotice >= Limits.reminderGapMilliseconds else { return nil }
        return reminders + 1
    }
}

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
}

/// What a badge lets its bearer do.
public enum Role: String, Sendable, Codable, CaseIterable {
    /// Brings and fetches parcels (快递员).
    case courier
    /// Runs the village point (站点负责人).
    case keeper
    /// Maintains the cabinet.
    case technician
    /// Sees the log, opens nothing (执法检查).
    case inspector
    /// Carries parcels for others (代取人).
    case agent

    /// Whether its bearer opens doors to look into them or to test them, and says what lies there.
    package var looksIntoDoors: Bool { self == .keeper || self == .technician }

    /// Bit of this role in the grants of a badge.
    public var grant: UInt16 {
        switch self {
        case .courier: 1
        case .keeper: 2
        case .technician: 4
        case .inspector: 8
        case .agent: 16
        }
    }

    /// The first role that the grants hold, the mightiest first.
    public static func granted(by grants: UInt16) -> Role? {
        [.keeper, .technician, .courier, .inspector, .agent].first { grants & $0.grant != 0 }
    }
}

/// A salted memory-hard verifier of a badge's PIN (RFC 7914 scrypt), sent by the county, kept beside the keys.
public struct PINVerifier: Sendable, Hashable, Codable {
    /// Id of the badge, 16 hex digits.
    public var badge: String
    /// Hex.
    public var salt: String
    /// Cost parameter N, a power of two.
    public var cost: Int
    public var blockSize: Int
    public var parallelism: Int
    /// Hex, 32 bytes.
    public var hash: String
    /// Seconds since 1970 until which the training of the person counts (安全教育培训); `nil`: not kept.
    public var trainedUntil: UInt32?

    public init(
        badge: String,
        salt: String,
        cost: Int,
        blockSize: Int,
        parallelism: Int,
        hash: String,
        trainedUntil: UInt32? = nil
    ) {
        self.badge = badge
        self.salt = salt
        self.cost = cost
        self.blockSize = blockSize
        self.parallelism = parallelism
        self.hash = hash
        self.trainedUntil = trainedUntil
    }
}

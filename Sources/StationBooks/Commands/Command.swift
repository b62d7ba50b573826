public import LockerDomain

/// A command of the county, its signature already checked (DESIGN 4.3).
public struct Command: Sendable, Hashable {
    public var id: String
    /// Never given to two commands of one station; one that was settled by another command is refused.
    public var number: Int
    public var kind: Kind

    /// What is to be done.
    public enum Kind: Sendable, Hashable {
        /// The lines that could be read, and what is wrong with the others.
        case manifest(id: String, entries: [ManifestEntry], unread: [ManifestFault] = [])
        case pins([PINVerifier])
        /// Recipients were told, or could not be told.
        case notices([Notice])
        case extendHold(Waybill, hours: Int)
        case recall([Waybill])
        case reissue(Waybill, n: UInt32)
        case revokeBadge(String)
        /// A type that this version does not know, or data that it cannot read.
        case unsupported(type: String, reason: String)

        /// The type on the wire.
        public var wireName: String {
            switch self {
            case .manifest: "manifest"
            case .pins: "pins"
            case .notices: "notices"
            case .extendHold: "extendHold"
            case .recall: "recall"
            case .reissue: "reissue"
            case .revokeBadge: "revokeBadge"
            case .unsupported(let type, _): type
            }
        }
    }

    public init(id: String, number: Int, kind: Kind) {
        self.id = id
        self.number = number
        self.kind = kind
    }
}

/// What became of telling one recipient.
public struct Notice: Sendable, Hashable, Codable {
    public var waybill: Waybill
    /// Why the recipient could not be told; `nil` when they were.
    public var failure: String?

    public init(waybill: Waybill, failure: String? = nil) {
        self.waybill = waybill
        self.failure = failure
    }

    /// Whether a failure says why, in words that an event may carry.
    public var isNamed: Bool {
        failure.map { $0.isOneLine && (1...Limits.noticeReasonBytesMax).contains($0.utf8.count) } ?? true
    }
}

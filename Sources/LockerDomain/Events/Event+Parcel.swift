/// A manifest announced a parcel (预报).
public struct ParcelExpected: EventPayload {
    public var entry: ManifestEntry
    public var parties: Parties
    public var direction: Direction
    /// Id of the manifest.
    public var manifest: String
    public var subject: String? { entry.waybill.rawValue }
}

/// A parcel was scanned in (收到).
public struct ParcelReceived: EventPayload {
    public var waybill: Waybill
    public var parties: Parties
    public var direction: Direction
    /// Whether a manifest had announced it.
    public var announced: Bool
    public var size: Size
    public var n: UInt32
    /// Who brought it: number of the person on the badge.
    public var person: String
    public var subject: String? { waybill.rawValue }
}

/// A parcel lies at its place (投递入柜); the code works from here on.
public struct ParcelStored: EventPayload {
    public var waybill: Waybill
    public var parties: Parties
    public var direction: Direction
    public var place: Place
    public var n: UInt32
    /// Id of the K under which the code is made.
    public var keyID: String
    public var evidence: Evidence
    /// When the door was seen open, milliseconds since 1970, for the camera recording.
    public var doorOpenedAt: Int64?
    public var subject: String? { waybill.rawValue }
}

/// A parcel is with its recipient (收取).
public struct ParcelCollected: EventPayload {
    public var waybill: Waybill
    public var parties: Parties
    public var direction: Direction
    public var place: Place
    public var by: Collector
    public var means: Means
    public var evidence: Evidence
    public var doorOpenedAt: Int64?
    public var subject: String? { waybill.rawValue }

    /// Who took it.
    public enum Collector: String, Sendable, Codable {
        case recipient, delegate, keeper
    }
}

/// A scan without effect; nothing is ever dropped silently (DESIGN rule 12).
public struct ScanRejected: EventPayload {
    public var reason: Reason
    /// Port of the device, or `control`.
    public var device: String
    /// Characters that arrived.
    public var length: Int
    /// The folded text when it may be kept: never a token, never a typed code.
    public var text: String?
    public var subject: String? { text }

    /// Why a scan had no effect.
    public enum Reason: String, Sendable, Codable {
        case unreadable, unknown, outOfContext, doubled, badToken, goods, alreadyStored, full, storage, notEnrolled
        case locked, expired, needsPIN, wrongPIN, usedToken
    }
}

/// A code or token was right and the place was shown; for shelves, where no door stands for it.
public struct PickupAuthorised: EventPayload {
    public var waybill: Waybill
    public var place: Place
    public var means: Means
    public var subject: String? { waybill.rawValue }
}

/// A code or token was wrong.
public struct PickupFailed: EventPayload {
    public var means: Means
    public var reason: Reason
    public var device: String

    /// Why it opened nothing.
    public enum Reason: String, Sendable, Codable {
        /// Fits no parcel.
        case noMatch
        /// Fits more than one: opens nothing (DESIGN 4.4).
        case ambiguous
        /// Typing is locked.
        case locked
        /// The parcel is not here yet.
        case notStored
        /// The door cannot be opened now.
        case doorBusy
        /// Forty wrong codes today: typing is closed until tomorrow, tokens and the keeper go on.
        case dayLimit
        /// The books may be older than the door: the keeper looks first.
        case contentsUnknown
    }
}

/// Typing was locked after too many wrong codes.
public struct PickupLockedOut: EventPayload {
    public var lockMilliseconds: Int64
}

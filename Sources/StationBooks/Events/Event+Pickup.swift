public import LockerDomain

/// A scan without effect; nothing is ever dropped silently (DESIGN rule 12).
public struct ScanRejected: EventPayload {
    public var reason: Reason
    /// Port of the device, or `control`.
    public var device: String
    /// Characters that arrived.
    public var length: Int
    /// The folded text when it may be kept: never a token, never a typed code.
    public var text: String?
    /// With `doubled`: how often the text was read again without effect since the last event of it; absent for one event of
    /// one scan.
    public var count: Int?

    package init(reason: Reason, device: String, length: Int, text: String? = nil, count: Int? = nil) {
        (self.reason, self.device, self.length, self.text, self.count) = (reason, device, length, text, count)
    }

    /// Scans that it stands for; at most what ten minutes can hold, whatever a line says.
    public var scans: Int { min(max(1, count ?? 1), Limits.scansCountedMax) }
    public var subject: String? { text }

    /// Why a scan had no effect.
    public enum Reason: String, Sendable, Codable {
        case unreadable, unknown, outOfContext, doubled, badToken, goods, alreadyStored, full, storage, notEnrolled
        case locked, expired, needsPIN, wrongPIN
        /// A card was understood; what counts is the next scan.
        case awaitsScan
        /// Announced for another station.
        case wrongStation
        /// The checklist was not confirmed in this session (令2019-16).
        case notChecked
        /// The recipient did not agree to a locker.
        case noConsent
        /// May not lie in a locker and there is no shelf.
        case notForLocker
        /// The step under way must be ended first: is the parcel inside?
        case asksInside
        /// No camera that covers the place works (令2019-16).
        case camera
        /// Outside the area that the operator has filed (超地域收件).
        case outOfArea
        /// One of the three systems is missing (实名收寄, 收寄验视, 过机安检).
        case incomplete
        /// The number of a real-name record without issuer, or too short (`RealNameForm`).
        case realNameForm
    }
}

/// A code or token was right and the place was shown; for shelves, where no door stands for it.
public struct PickupAuthorised: EventPayload {
    public var waybill: Waybill
    public var place: Place
    public var means: Means
    /// `delegate` when not the recipient asked.
    public var by: ParcelCollected.Collector?
    /// Who asked for the recipient.
    public var delegate: Delegate?

    package init(
        waybill: Waybill,
        place: Place,
        means: Means,
        by: ParcelCollected.Collector? = nil,
        delegate: Delegate? = nil
    ) {
        (self.waybill, self.place, self.means, self.by, self.delegate) = (waybill, place, means, by, delegate)
    }

    public var subject: String? { waybill.rawValue }
}

/// A code or token was wrong.
public struct PickupFailed: EventPayload {
    public var means: Means
    public var reason: Reason
    public var device: String

    package init(means: Means, reason: Reason, device: String) {
        (self.means, self.reason, self.device) = (means, reason, device)
    }

    /// Why it opened nothing.
    public enum Reason: String, Sendable, Codable {
        /// Fits no parcel.
        case noMatch
        /// Fits more than one: opens nothing (DESIGN 4.4).
        case ambiguous
        /// Typing is locked.
        case locked
        /// The parcel is not here yet, or not to be fetched any more.
        case notStored
        /// The door cannot be opened now.
        case doorBusy
        /// The last four digits of the phone are asked: by policy, after 40 wrong codes in a day, or for a code that
        /// fits more than one parcel.
        case asksLastFour
        /// The books may be older than the door: the keeper looks first.
        case contentsUnknown
    }
}

/// Typing was locked after too many wrong codes or PINs.
public struct PickupLockedOut: EventPayload {
    public var lockMilliseconds: Int64
    /// `badge` when wrong PINs locked PINs; absent when wrong codes locked codes. Neither locks the other (DESIGN 4.4).
    public var means: Means?

    package init(lockMilliseconds: Int64, means: Means? = nil) {
        (self.lockMilliseconds, self.means) = (lockMilliseconds, means)
    }
}

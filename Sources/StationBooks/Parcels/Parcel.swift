public import LockerDomain

/// One parcel on its way to a recipient (下行), as far as the journal knows it.
public struct Parcel: Sendable, Hashable, Codable {
    public var waybill: Waybill
    /// The number whose code opens it, when that is another than its own: its parent's, or one that it had before
    /// (DESIGN 4.4).
    public var codeOf: Waybill?
    /// Its other numbers (转单号), the oldest first; `nil` when it has none.
    public var formerly: [Waybill]?
    public var parties: Parties
    public var size: Size
    public var chilled = false
    public var reach: Reach?
    /// Counter of the pickup code (DESIGN 4.4).
    public var n: UInt32
    /// Id of the K under which the code was announced; `nil` until stored.
    public var keyID: String?
    public var status: Status
    /// Whether a manifest announced it.
    public var announced: Bool
    /// The county's keyed hash of the recipient's phone, or the random key of a phone that was typed here.
    public var recipientKey: String?
    /// Whether that is a random one.
    public var isKeyTyped = false
    /// Masked phone: the last four digits stay readable.
    public var phoneMasked: String?
    /// Where it lies, or lay last.
    public var place: Place?
    /// Wall time of the last change of status.
    public var changed: Int64
    /// Until when the code works again although the parcel counts as collected (DESIGN rule 8); 0 when it does not.
    public var reusableUntil: Int64 = 0
    /// Wall time until which scanning the parcel out of its shelf place collects it; 0 when nobody asked for it.
    public var releasedUntil: Int64 = 0
    /// Whether the books may be older than the door: until it is stored anew or audited, only the keeper hands it out.
    public var isDoubtful = false
    /// How the recipient asked for it.
    public var releasedBy: Means?
    /// Whether a delegate asked for it.
    public var isForDelegate = false
    /// The delegate who asked for it.
    public var releasedTo: Delegate?
    public var consent = Consent.unknown
    /// Whether the sender agreed that fresh or valuable goods go into a locker.
    public var senderAgreement = false
    /// The run that brought it, or is to bring it.
    public var run: String?
    /// The run that its manifest named, whichever brought it.
    public var announcedRun: String?
    public var bag: String?
    /// Part of the village (自然村, 组).
    public var hamlet: String?
    /// The station it was announced for, when that is another one.
    public var station: String?
    /// What the courier declared before it.
    public var exception: ParcelException?
    public var hold = Hold()
    /// Wall time at which it was stored.
    public var storedAt: Int64 = 0
    /// The agent or courier who has it.
    public var holder: String?
    /// Wall time until which the same code opens the door again after the pickup; 0 when it does not.
    public var reopenUntil: Int64 = 0
    /// Times the door was opened again after the pickup.
    public var reopens = 0
    /// Wall time at which its door was seen open last, for the camera recording, once it is out.
    public var takenOutAt: Int64?
    /// Where it was taken out to be put elsewhere.
    public var movedFrom: Place?
    /// Whether it is held as chilled goods though no manifest said so: declared fresh, as agreed with the sender.
    public var isKeptCold = false

    /// Where the parcel is in its life.
    public enum Status: String, Sendable, Codable, CaseIterable {
        /// On a manifest (预报), not seen here yet.
        case expected
        /// Scanned in, not at its place yet.
        case received
        /// At its place, waiting for the recipient.
        case stored
        /// With an agent who takes it to the recipient (代取).
        case withAgent
        /// With the recipient.
        case collected
        /// Looked at and put back by the recipient: inside, waits for a courier.
        case refused
        /// With a courier or keeper again, on its way back.
        case retrieved
        /// Left with a run.
        case returned
        /// Given up (丢失).
        case lost
        /// Recorded here, but not found by an audit.
        case missing
        /// Announced as one, and all here as parcels with numbers of their own (子母件).
        case inParts
    }

    /// Whether it spoils: a chilled door, and the hold period of chilled goods.
    public var isCold: Bool { chilled || isKeptCold }

    /// Whether it lies at its place.
    public var isInside: Bool { status == .stored || status == .refused }

    /// Whether it is in the care of the station or of its agent.
    public var isHere: Bool {
        switch status {
        case .received, .stored, .withAgent, .refused, .retrieved: true
        case .expected, .inParts, .collected, .returned, .lost, .missing: false
        }
    }

    /// Whether it is out of the care of the station: the same number comes as another parcel then.
    package var isOver: Bool {
        switch status {
        case .collected, .returned, .lost: true
        case .expected, .inParts, .received, .stored, .withAgent, .refused, .retrieved, .missing: false
        }
    }

    /// The number that its code is made of.
    public var codeName: Waybill { codeOf ?? waybill }

    /// Whether a courier has to take it back.
    public var needsRetrieval: Bool { status == .refused || status == .stored && hold.isOver }

    /// Why it goes back.
    public var retrievalReason: ParcelRetrieved.Reason {
        if status == .refused { return .refused }
        if hold.isRecalled || hold.isSpoiling == true { return .recalled }
        return hold.isOverdue ? .overdue : .asked
    }

    /// Whether the county knows the recipient's phone.
    public var hasCountysKey: Bool { recipientKey != nil && !isKeyTyped }

    /// Last four digits of the recipient's phone, when known.
    public var lastFour: String? { Masking.lastFour(of: phoneMasked) }
}

extension Parcel {
    /// A parcel of which only this is known.
    package init(
        waybill: Waybill,
        parties: Parties,
        size: Size,
        n: UInt32,
        status: Status,
        announced: Bool,
        changed: Int64
    ) {
        self.init(
            waybill: waybill,
            codeOf: nil,
            parties: parties,
            size: size,
            n: n,
            status: status,
            announced: announced,
            changed: changed
        )
    }
}

public import LockerDomain

/// A manifest announced a parcel (预报).
public struct ParcelExpected: EventPayload {
    public var entry: ManifestEntry
    public var parties: Parties
    public var direction: Direction
    /// Id of the manifest.
    public var manifest: String
    /// Whether the parcel was here before its manifest: what nobody knew of it is filled in, nothing else changes.
    public var late: Bool?

    package init(entry: ManifestEntry, parties: Parties, direction: Direction, manifest: String, late: Bool? = nil) {
        (self.entry, self.parties, self.direction, self.manifest, self.late) = (
            entry, parties, direction, manifest, late
        )
    }

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
    /// The number that its code is made of, when that is another than its own: its parent's.
    public var codeOf: Waybill?
    /// Who brought it: number of the person on the badge.
    public var person: String
    /// The run (班次) that brought it.
    public var run: String?
    public var bag: String?
    public var how: How
    public var consent: Consent
    /// What the courier declared before the parcel.
    public var exception: ParcelException?

    package init(
        waybill: Waybill,
        parties: Parties,
        direction: Direction,
        announced: Bool,
        size: Size,
        n: UInt32,
        codeOf: Waybill? = nil,
        person: String,
        run: String? = nil,
        bag: String? = nil,
        how: How,
        consent: Consent,
        exception: ParcelException? = nil
    ) {
        (
            self.waybill, self.parties, self.direction, self.announced, self.size, self.n, self.codeOf, self.person,
            self.run, self.bag, self.how, self.consent, self.exception
        ) = (waybill, parties, direction, announced, size, n, codeOf, person, run, bag, how, consent, exception)
    }

    public var subject: String? { waybill.rawValue }

    /// How it was checked in.
    public enum How: String, Sendable, Codable {
        /// Scanned by itself.
        case scan
        /// With its whole bag.
        case bag
        /// With the whole run, by the driver's hand-over card.
        case handOver
        /// Found by an audit.
        case audit
        /// Taken out of its place to be put elsewhere.
        case move
    }
}

/// The phone of the recipient was typed at the station; the number itself stays out of the chain (DESIGN rule 10).
public struct ParcelContactGiven: EventPayload {
    public var waybill: Waybill
    public var parties: Parties?
    public var direction: Direction?
    /// Six digits of eleven are hidden.
    public var phoneMasked: String
    /// Random, and the same for the same phone as long as the station keeps that; absent where the county's key is known.
    public var recipientKey: String?
    public var person: String

    package init(
        waybill: Waybill,
        parties: Parties? = nil,
        direction: Direction? = nil,
        phoneMasked: String,
        recipientKey: String? = nil,
        person: String
    ) {
        self.waybill = waybill
        self.parties = parties
        self.direction = direction
        self.phoneMasked = phoneMasked
        self.recipientKey = recipientKey
        self.person = person
    }

    public var subject: String? { waybill.rawValue }
}

/// A parcel lies at its place (投递入柜); the code works from here on.
public struct ParcelStored: EventPayload {
    public var waybill: Waybill
    public var parties: Parties
    public var direction: Direction
    public var place: Place
    public var n: UInt32
    /// The number that its code is made of, when that is another than its own: its parent's.
    public var codeOf: Waybill?
    /// Id of the K under which the code is made.
    public var keyID: String
    public var evidence: Evidence
    /// When the door was seen open, milliseconds since 1970, for the camera recording.
    public var doorOpenedAt: Int64?
    /// Who said that it is inside, when nobody saw it go in.
    public var person: String?
    /// Whether it is held as chilled goods though no manifest said so: declared fresh, as agreed with the sender.
    public var chilled: Bool?

    package init(
        waybill: Waybill,
        parties: Parties,
        direction: Direction,
        place: Place,
        n: UInt32,
        codeOf: Waybill? = nil,
        keyID: String,
        evidence: Evidence,
        doorOpenedAt: Int64? = nil,
        person: String? = nil,
        chilled: Bool? = nil
    ) {
        (
            self.waybill, self.parties, self.direction, self.place, self.n, self.codeOf, self.keyID, self.evidence,
            self.doorOpenedAt, self.person, self.chilled
        ) = (waybill, parties, direction, place, n, codeOf, keyID, evidence, doorOpenedAt, person, chilled)
    }

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
    /// The keeper or the agent who gave it, when not the recipient took it by code.
    public var person: String?
    /// What was due under a published line of the tariff.
    public var fee: Fee?
    /// Who took it for the recipient, as far as it is known.
    public var delegate: Delegate?

    package init(
        waybill: Waybill,
        parties: Parties,
        direction: Direction,
        place: Place,
        by: Collector,
        means: Means,
        evidence: Evidence,
        doorOpenedAt: Int64? = nil,
        person: String? = nil,
        fee: Fee? = nil,
        delegate: Delegate? = nil
    ) {
        (
            self.waybill, self.parties, self.direction, self.place, self.by, self.means, self.evidence,
            self.doorOpenedAt, self.person, self.fee, self.delegate
        ) = (waybill, parties, direction, place, by, means, evidence, doorOpenedAt, person, fee, delegate)
    }

    public var subject: String? { waybill.rawValue }

    /// Who took it.
    public enum Collector: String, Sendable, Codable {
        case recipient, delegate, keeper
    }
}

extension ParcelCollected {
    /// A parcel that lay here and nobody was asked to pay for; what more is known is set afterwards.
    package init(_ parcel: Parcel, from place: Place, by: Collector, means: Means, evidence: Evidence) {
        self.init(
            waybill: parcel.waybill,
            parties: parcel.parties,
            direction: .inbound,
            place: place,
            by: by,
            means: means,
            evidence: evidence
        )
    }
}

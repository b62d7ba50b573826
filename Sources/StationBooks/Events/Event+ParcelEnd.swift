public import LockerDomain

/// An agent took it for the recipient (代取): custody is theirs until it is delivered.
public struct ParcelHandedToAgent: EventPayload {
    public var waybill: Waybill
    public var parties: Parties
    public var direction: Direction
    public var place: Place
    /// The agent: number of the person on the badge.
    public var person: String
    public var evidence: Evidence
    public var doorOpenedAt: Int64?

    package init(
        waybill: Waybill,
        parties: Parties,
        direction: Direction,
        place: Place,
        person: String,
        evidence: Evidence,
        doorOpenedAt: Int64? = nil
    ) {
        self.waybill = waybill
        self.parties = parties
        self.direction = direction
        self.place = place
        self.person = person
        self.evidence = evidence
        self.doorOpenedAt = doorOpenedAt
    }

    public var subject: String? { waybill.rawValue }
}

/// The recipient looked inside and put it back (拒收): a retrieval task.
public struct ParcelRefused: EventPayload {
    public var waybill: Waybill
    public var parties: Parties
    public var direction: Direction
    public var place: Place
    public var evidence: Evidence
    public var doorOpenedAt: Int64?

    package init(
        waybill: Waybill,
        parties: Parties,
        direction: Direction,
        place: Place,
        evidence: Evidence,
        doorOpenedAt: Int64? = nil
    ) {
        (self.waybill, self.parties, self.direction, self.place, self.evidence, self.doorOpenedAt) = (
            waybill, parties, direction, place, evidence, doorOpenedAt
        )
    }

    public var subject: String? { waybill.rawValue }
}

/// The parcel is damaged (损毁).
public struct ParcelDamaged: EventPayload {
    public var waybill: Waybill
    public var parties: Parties
    public var direction: Direction
    public var report: Report

    package init(waybill: Waybill, parties: Parties, direction: Direction, report: Report) {
        self.waybill = waybill
        self.parties = parties
        self.direction = direction
        self.report = report
    }

    public var subject: String? { waybill.rawValue }
}

/// Something of the parcel is missing (短少).
public struct ParcelShort: EventPayload {
    public var waybill: Waybill
    public var parties: Parties
    public var direction: Direction
    public var report: Report

    package init(waybill: Waybill, parties: Parties, direction: Direction, report: Report) {
        self.waybill = waybill
        self.parties = parties
        self.direction = direction
        self.report = report
    }

    public var subject: String? { waybill.rawValue }
}

/// The parcel cannot be found (丢失).
public struct ParcelLost: EventPayload {
    public var waybill: Waybill
    public var parties: Parties
    public var direction: Direction
    public var report: Report

    package init(waybill: Waybill, parties: Parties, direction: Direction, report: Report) {
        self.waybill = waybill
        self.parties = parties
        self.direction = direction
        self.report = report
    }

    public var subject: String? { waybill.rawValue }
}

/// Where and when something was found wrong, so that the camera recording is found.
public struct Report: Sendable, Hashable, Codable {
    public var by: Reporter
    /// Number of the person on the badge; absent for the recipient.
    public var person: String?
    public var place: Place?
    public var doorOpenedAt: Int64?

    package init(by: Reporter, person: String? = nil, place: Place? = nil, doorOpenedAt: Int64? = nil) {
        self.by = by
        self.person = person
        self.place = place
        self.doorOpenedAt = doorOpenedAt
    }

    /// Who found it.
    public enum Reporter: String, Sendable, Codable {
        case recipient, courier, keeper, technician, inspector, agent
    }
}

/// A courier or keeper took the parcel out again (取回).
public struct ParcelRetrieved: EventPayload {
    public var waybill: Waybill
    public var parties: Parties
    public var direction: Direction
    public var place: Place
    public var reason: Reason
    public var person: String
    public var evidence: Evidence
    public var doorOpenedAt: Int64?

    package init(
        waybill: Waybill,
        parties: Parties,
        direction: Direction,
        place: Place,
        reason: Reason,
        person: String,
        evidence: Evidence,
        doorOpenedAt: Int64? = nil
    ) {
        self.waybill = waybill
        self.parties = parties
        self.direction = direction
        self.place = place
        self.reason = reason
        self.person = person
        self.evidence = evidence
        self.doorOpenedAt = doorOpenedAt
    }

    public var subject: String? { waybill.rawValue }

    /// Why it goes back.
    public enum Reason: String, Sendable, Codable {
        case overdue, refused, recalled, asked
    }
}

/// A retrieved parcel left with a run (退回).
public struct ParcelReturned: EventPayload {
    public var waybill: Waybill
    public var parties: Parties
    public var direction: Direction
    public var run: String
    public var person: String

    package init(waybill: Waybill, parties: Parties, direction: Direction, run: String, person: String) {
        self.waybill = waybill
        self.parties = parties
        self.direction = direction
        self.run = run
        self.person = person
    }

    public var subject: String? { waybill.rawValue }
}

/// Two numbers are one parcel (转单号): the books have it under the number on its label from here on. The code that was
/// announced stays; that of the other number opens no more.
public struct ParcelJoined: EventPayload {
    /// The number on its label.
    public var waybill: Waybill
    /// Its other number.
    public var formerly: Waybill
    public var parties: Parties
    public var direction: Direction
    public var n: UInt32
    /// The number that its code is made of, when that is another than the one on its label.
    public var codeOf: Waybill?
    /// The keeper who scanned both; absent when a manifest said so.
    public var person: String?
    /// Id of the manifest.
    public var manifest: String?

    package init(
        waybill: Waybill,
        formerly: Waybill,
        parties: Parties,
        direction: Direction,
        n: UInt32,
        codeOf: Waybill? = nil,
        person: String? = nil,
        manifest: String? = nil
    ) {
        self.waybill = waybill
        self.formerly = formerly
        self.parties = parties
        self.direction = direction
        self.n = n
        self.codeOf = codeOf
        self.person = person
        self.manifest = manifest
    }

    public var subject: String? { waybill.rawValue }
}

/// A villager lets somebody take their parcels (代取委托), for twelve months, until they withdraw it.
public struct DelegateRecorded: EventPayload {
    /// The villager: the county's keyed hash of the phone.
    public var recipientKey: String
    public var delegate: Delegate
    /// Wall time of its end, milliseconds since 1970.
    public var until: Int64
    /// The keeper who heard the villager say so.
    public var person: String

    package init(recipientKey: String, delegate: Delegate, until: Int64, person: String) {
        self.recipientKey = recipientKey
        self.delegate = delegate
        self.until = until
        self.person = person
    }
}

/// A villager takes the delegation back.
public struct DelegateWithdrawn: EventPayload {
    public var recipientKey: String
    public var person: String
    /// `true` when another delegate takes this one's place: the county's tokens stay good.
    public var replaced: Bool?

    package init(recipientKey: String, person: String, replaced: Bool? = nil) {
        (self.recipientKey, self.person, self.replaced) = (recipientKey, person, replaced)
    }
}

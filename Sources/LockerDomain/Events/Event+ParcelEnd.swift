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
    public var subject: String? { waybill.rawValue }
}

/// Something of the parcel is missing (短少).
public struct ParcelShort: EventPayload {
    public var waybill: Waybill
    public var parties: Parties
    public var direction: Direction
    public var report: Report
    public var subject: String? { waybill.rawValue }
}

/// The parcel cannot be found (丢失).
public struct ParcelLost: EventPayload {
    public var waybill: Waybill
    public var parties: Parties
    public var direction: Direction
    public var report: Report
    public var subject: String? { waybill.rawValue }
}

/// Where and when something was found wrong, so that the camera recording is found.
public struct Report: Sendable, Hashable, Codable {
    public var by: Reporter
    /// Number of the person on the badge; absent for the recipient.
    public var person: String?
    public var place: Place?
    public var doorOpenedAt: Int64?

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
}

/// A villager takes the delegation back.
public struct DelegateWithdrawn: EventPayload {
    public var recipientKey: String
    public var person: String
    /// `true` when another delegate takes this one's place: the county's tokens stay good.
    public var replaced: Bool?
}

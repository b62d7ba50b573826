public import LockerDomain

/// A villager put a shipment into a door (自助寄件): not accepted yet.
public struct ShipmentDroppedOff: EventPayload {
    public var waybill: Waybill
    public var parties: Parties
    public var direction: Direction
    public var place: Place
    public var n: UInt32
    public var evidence: Evidence
    public var doorOpenedAt: Int64?
    /// The size of the door that the sender asked for.
    public var size: Size?

    package init(
        waybill: Waybill,
        parties: Parties,
        direction: Direction,
        place: Place,
        n: UInt32,
        evidence: Evidence,
        doorOpenedAt: Int64? = nil,
        size: Size? = nil
    ) {
        self.waybill = waybill
        self.parties = parties
        self.direction = direction
        self.place = place
        self.n = n
        self.evidence = evidence
        self.doorOpenedAt = doorOpenedAt
        self.size = size
    }

    public var subject: String? { waybill.rawValue }
}

/// A shipment is accepted (收寄): all three systems are met.
public struct ShipmentAccepted: EventPayload {
    public var waybill: Waybill
    public var parties: Parties
    public var direction: Direction
    /// Reference of the carrier's real-name record (实名收寄); never the identity itself.
    public var realName: String
    /// Who looked inside (收寄验视): number of the person on the badge.
    public var inspectedBy: String
    /// Went through the machine (过机安检).
    public var screened: Bool
    public var kind: ShipmentKind
    public var weightGrams: Int?
    /// Category of the produce (农产品品类).
    public var category: String?
    /// Platform it was sold on (电商平台).
    public var platform: String?
    public var order: String?
    /// Whether it leaves the county: counts for the subsidy.
    public var outsideCounty: Bool
    /// Whether used packaging is used again.
    public var reusedPackaging: Bool
    /// Reference of a photo.
    public var photo: String?
    /// The door it was dropped off in; absent when it came over the counter.
    public var place: Place?
    public var doorOpenedAt: Int64?
    public var person: String

    package init(
        waybill: Waybill,
        parties: Parties,
        direction: Direction,
        realName: String,
        inspectedBy: String,
        screened: Bool,
        kind: ShipmentKind,
        weightGrams: Int? = nil,
        category: String? = nil,
        platform: String? = nil,
        order: String? = nil,
        outsideCounty: Bool,
        reusedPackaging: Bool,
        photo: String? = nil,
        place: Place? = nil,
        doorOpenedAt: Int64? = nil,
        person: String
    ) {
        self.waybill = waybill
        self.parties = parties
        self.direction = direction
        self.realName = realName
        self.inspectedBy = inspectedBy
        self.screened = screened
        self.kind = kind
        self.weightGrams = weightGrams
        self.category = category
        self.platform = platform
        self.order = order
        self.outsideCounty = outsideCounty
        self.reusedPackaging = reusedPackaging
        self.photo = photo
        self.place = place
        self.doorOpenedAt = doorOpenedAt
        self.person = person
    }

    public var subject: String? { waybill.rawValue }
}

/// A shipment lies at its place: accepted and waiting for a run, or rejected and waiting for its sender.
public struct ShipmentStored: EventPayload {
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
        self.waybill = waybill
        self.parties = parties
        self.direction = direction
        self.place = place
        self.evidence = evidence
        self.doorOpenedAt = doorOpenedAt
    }

    public var subject: String? { waybill.rawValue }
}

/// A shipment left with a run.
public struct ShipmentHandedOver: EventPayload {
    public var waybill: Waybill
    public var parties: Parties
    public var direction: Direction
    public var run: String
    public var bag: String?
    public var seal: String?
    public var person: String

    package init(
        waybill: Waybill,
        parties: Parties,
        direction: Direction,
        run: String,
        bag: String? = nil,
        seal: String? = nil,
        person: String
    ) {
        self.waybill = waybill
        self.parties = parties
        self.direction = direction
        self.run = run
        self.bag = bag
        self.seal = seal
        self.person = person
    }

    public var subject: String? { waybill.rawValue }
}

/// A shipment is not taken; it waits for its sender.
public struct ShipmentRejected: EventPayload {
    public var waybill: Waybill
    public var parties: Parties
    public var direction: Direction
    public var reason: ShipmentRefusal
    public var person: String
    /// `true` when it had been accepted: it does not count as accepted any more.
    public var wasAccepted: Bool?

    package init(
        waybill: Waybill,
        parties: Parties,
        direction: Direction,
        reason: ShipmentRefusal,
        person: String,
        wasAccepted: Bool? = nil
    ) {
        self.waybill = waybill
        self.parties = parties
        self.direction = direction
        self.reason = reason
        self.person = person
        self.wasAccepted = wasAccepted
    }

    public var subject: String? { waybill.rawValue }
}

/// The keeper or courier took a dropped-off shipment out of its door to look at it.
public struct ShipmentTakenOut: EventPayload {
    public var waybill: Waybill
    public var parties: Parties
    public var direction: Direction
    public var place: Place
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

/// The sender has it back.
public struct ShipmentReturned: EventPayload {
    public var waybill: Waybill
    public var parties: Parties
    public var direction: Direction
    public var place: Place?
    /// The keeper who handed it over the counter.
    public var person: String?
    public var evidence: Evidence
    public var doorOpenedAt: Int64?

    package init(
        waybill: Waybill,
        parties: Parties,
        direction: Direction,
        place: Place? = nil,
        person: String? = nil,
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

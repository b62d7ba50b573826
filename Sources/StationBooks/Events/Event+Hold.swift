public import LockerDomain

/// The parcel moved within the station; hold period and code stay.
public struct ParcelRelocated: EventPayload {
    public var waybill: Waybill
    public var parties: Parties
    public var direction: Direction
    public var from: Place
    public var place: Place
    public var person: String
    public var evidence: Evidence
    public var doorOpenedAt: Int64?
    /// `true` when it is held as chilled goods from here on: fresh, as agreed with the sender after it was stored.
    public var chilled: Bool?
    public var subject: String? { waybill.rawValue }
}

extension ParcelRelocated {
    package init(
        _ parcel: Parcel,
        from: Place,
        to place: Place,
        by session: Session,
        evidence: Evidence,
        doorOpenedAt: Int64? = nil,
        chilled: Bool? = nil
    ) {
        self.init(
            waybill: parcel.waybill,
            parties: parcel.parties,
            direction: .inbound,
            from: from,
            place: place,
            person: session.person,
            evidence: evidence,
            doorOpenedAt: doorOpenedAt,
            chilled: chilled
        )
    }
}

/// The recipient is to be told: at once when it is stored, then again (≥ 8 h apart, not between 21 and 8 o'clock).
public struct ParcelNoticeDue: EventPayload {
    public var waybill: Waybill
    public var parties: Parties?
    public var direction: Direction?
    /// 1 for the first reminder.
    public var number: Int

    package init(waybill: Waybill, parties: Parties? = nil, direction: Direction? = nil, number: Int) {
        (self.waybill, self.parties, self.direction, self.number) = (waybill, parties, direction, number)
    }

    public var subject: String? { waybill.rawValue }
}

/// The recipient was told; the hold period (保管期) begins.
public struct ParcelNoticed: EventPayload {
    public var waybill: Waybill
    public var parties: Parties?
    public var direction: Direction?
    public var by: Teller
    /// The keeper who told them in person.
    public var person: String?

    package init(
        waybill: Waybill,
        parties: Parties? = nil,
        direction: Direction? = nil,
        by: Teller,
        person: String? = nil
    ) {
        self.waybill = waybill
        self.parties = parties
        self.direction = direction
        self.by = by
        self.person = person
    }

    public var subject: String? { waybill.rawValue }

    /// Who told them.
    public enum Teller: String, Sendable, Codable {
        case county, keeper
    }
}

/// The county could not tell the recipient: the keeper does it in person.
public struct ParcelNoticeFailed: EventPayload {
    public var waybill: Waybill
    public var parties: Parties?
    public var direction: Direction?
    public var reason: String

    package init(waybill: Waybill, parties: Parties? = nil, direction: Direction? = nil, reason: String) {
        self.waybill = waybill
        self.parties = parties
        self.direction = direction
        self.reason = reason
    }

    public var subject: String? { waybill.rawValue }
}

/// The code was made anew: the old one works no longer.
public struct ParcelCodeReissued: EventPayload {
    public var waybill: Waybill
    public var parties: Parties?
    public var direction: Direction?
    public var n: UInt32
    /// The number that the code is made of from here on, when that is another than the parcel's.
    public var codeOf: Waybill?
    public var keyID: String
    /// `county`, or the number of a person.
    public var by: String

    package init(
        waybill: Waybill,
        parties: Parties? = nil,
        direction: Direction? = nil,
        n: UInt32,
        codeOf: Waybill? = nil,
        keyID: String,
        by: String
    ) {
        (self.waybill, self.parties, self.direction, self.n, self.codeOf, self.keyID, self.by) = (
            waybill, parties, direction, n, codeOf, keyID, by
        )
    }

    public var subject: String? { waybill.rawValue }
}

/// The hold period grew.
public struct ParcelHoldExtended: EventPayload {
    public var waybill: Waybill
    public var parties: Parties?
    public var direction: Direction?
    public var hours: Int
    /// Hours begun since the hold period was over: they are added too, so that `hours` count from now on.
    public var lateHours: Int?
    /// `county`, or the number of a person.
    public var by: String

    package init(
        waybill: Waybill,
        parties: Parties? = nil,
        direction: Direction? = nil,
        hours: Int,
        lateHours: Int? = nil,
        by: String
    ) {
        self.waybill = waybill
        self.parties = parties
        self.direction = direction
        self.hours = hours
        self.lateHours = lateHours
        self.by = by
    }

    public var subject: String? { waybill.rawValue }
}

/// The hold period is over: a retrieval task (滞留件).
public struct ParcelOverdue: EventPayload {
    public var waybill: Waybill
    public var parties: Parties?
    public var direction: Direction?
    public var place: Place
    /// Hours of the hold period that ran out.
    public var hours: Int

    package init(waybill: Waybill, parties: Parties? = nil, direction: Direction? = nil, place: Place, hours: Int) {
        (self.waybill, self.parties, self.direction, self.place, self.hours) = (
            waybill, parties, direction, place, hours
        )
    }

    public var subject: String? { waybill.rawValue }
}

/// The county wants it back, or it is chilled and nobody was told in its set time: a retrieval task.
public struct ParcelRecalled: EventPayload {
    public var waybill: Waybill
    public var parties: Parties?
    public var direction: Direction?
    /// Absent when the county asks.
    public var reason: Reason?

    package init(waybill: Waybill, parties: Parties? = nil, direction: Direction? = nil, reason: Reason? = nil) {
        self.waybill = waybill
        self.parties = parties
        self.direction = direction
        self.reason = reason
    }

    public var subject: String? { waybill.rawValue }

    /// Why the station itself wants it back.
    public enum Reason: String, Sendable, Codable {
        /// Chilled goods of which nobody was told.
        case chilled
    }
}

extension Event {
    /// The parcel whose hold period this is about; `nil` for all other events.
    public var heldWaybill: Waybill? {
        switch self {
        case .parcelNoticeDue(let fact): fact.waybill
        case .parcelNoticed(let fact): fact.waybill
        case .parcelNoticeFailed(let fact): fact.waybill
        case .parcelHoldExtended(let fact): fact.waybill
        case .parcelOverdue(let fact): fact.waybill
        case .parcelRecalled(let fact): fact.waybill
        default: nil
        }
    }
}

public import LockerDomain

/// Authorises one pulse; durable before the coil is energised (DESIGN rules 1, 8).
public struct DoorUnlockRequested: EventPayload {
    public var door: DoorName
    public var cycle: Int
    public var purpose: Purpose
    public var waybills: [Waybill]
    public var attempt: Int
    public var pulseMilliseconds: Int64
    /// By what right: `code`, `token`, `delegation`, `relative`, `sender`, `support`, or `badge ` and the number of the
    /// person.
    public var authority: String
    /// Who takes it for the recipient, for `delegation` and `relative`.
    public var delegate: Delegate?
    /// The size that the sender of a shipment asked for: another door must have it too.
    public var size: Size?

    package init(
        door: DoorName,
        cycle: Int,
        purpose: Purpose,
        waybills: [Waybill],
        attempt: Int,
        pulseMilliseconds: Int64,
        authority: String,
        delegate: Delegate? = nil,
        size: Size? = nil
    ) {
        (
            self.door, self.cycle, self.purpose, self.waybills, self.attempt, self.pulseMilliseconds, self.authority,
            self.delegate, self.size
        ) = (door, cycle, purpose, waybills, attempt, pulseMilliseconds, authority, delegate, size)
    }

    public var subject: String? { door.rawValue }
}

/// The sensor saw the door open after it was unlocked.
public struct DoorOpened: EventPayload {
    public var door: DoorName
    public var cycle: Int

    package init(door: DoorName, cycle: Int) {
        (self.door, self.cycle) = (door, cycle)
    }

    public var subject: String? { door.rawValue }
}

/// The sensor saw the door shut.
public struct DoorClosed: EventPayload {
    public var door: DoorName
    public var cycle: Int?
    public var openMilliseconds: Int64?
    public var subject: String? { door.rawValue }

    public init(door: DoorName, cycle: Int?, openMilliseconds: Int64?) {
        self.door = door
        self.cycle = cycle
        self.openMilliseconds = openMilliseconds
    }
}

/// The door was not seen open after the last attempt.
public struct DoorOpenFailed: EventPayload {
    public var door: DoorName
    public var cycle: Int
    public var attempts: Int
    public var reason: String

    package init(door: DoorName, cycle: Int, attempts: Int, reason: String) {
        (self.door, self.cycle, self.attempts, self.reason) = (door, cycle, attempts, reason)
    }

    public var subject: String? { door.rawValue }
}

/// The door has stood open for long.
public struct DoorLeftOpen: EventPayload {
    public var door: DoorName
    public var cycle: Int?
    public var openMilliseconds: Int64

    package init(door: DoorName, cycle: Int? = nil, openMilliseconds: Int64) {
        (self.door, self.cycle, self.openMilliseconds) = (door, cycle, openMilliseconds)
    }

    public var subject: String? { door.rawValue }
}

/// The door opened without being asked: tampering, the mechanical key, or a lock that gave late.
public struct DoorOpenedUnexpectedly: EventPayload {
    public var door: DoorName

    package init(door: DoorName) {
        self.door = door
    }

    public var subject: String? { door.rawValue }
}

/// The sensor does not answer: the level is unknown, not closed (DESIGN rule 5).
public struct DoorSensorFault: EventPayload {
    public var door: DoorName
    public var reason: String

    package init(door: DoorName, reason: String) {
        (self.door, self.reason) = (door, reason)
    }

    public var subject: String? { door.rawValue }
}

/// No deposit into this door until a keeper has settled it; who has a parcel behind it may still try.
public struct DoorOutOfService: EventPayload {
    public var door: DoorName
    public var reason: String
    /// Who said so, when the station did not find it itself.
    public var person: String?

    package init(door: DoorName, reason: String, person: String? = nil) {
        (self.door, self.reason, self.person) = (door, reason, person)
    }

    public var subject: String? { door.rawValue }
}

/// The door works again.
public struct DoorBackInService: EventPayload {
    public var door: DoorName
    public var reason: String

    package init(door: DoorName, reason: String) {
        (self.door, self.reason) = (door, reason)
    }

    public var subject: String? { door.rawValue }
}

/// A keeper began to settle what is behind the doors.
public struct AuditStarted: EventPayload {
    public var person: String

    package init(person: String) {
        self.person = person
    }
}

/// What is behind a door or on a shelf place differs from the books, or cannot be known.
public struct AuditDifference: EventPayload {
    public var door: DoorName?
    /// The shelf place, when it is no door.
    public var shelf: ShelfPlace?
    public var waybill: Waybill?
    public var finding: Finding
    /// Who found it.
    public var person: String?

    package init(
        door: DoorName? = nil,
        shelf: ShelfPlace? = nil,
        waybill: Waybill? = nil,
        finding: Finding,
        person: String? = nil
    ) {
        (self.door, self.shelf, self.waybill, self.finding, self.person) = (door, shelf, waybill, finding, person)
    }

    public var subject: String? { door?.rawValue ?? shelf?.rawValue }

    /// What was found.
    public enum Finding: String, Sendable, Codable {
        /// The step was interrupted by a stop or a power cut: contents unknown.
        case interrupted
        /// The level changed while the station was off: contents unknown. With a waybill: not seen where books have it that
        /// lack what was written since, and missing only if the county does not tell where it went.
        case changedWhileOff
        /// The books say inside, the keeper found the place empty.
        case missing
        /// The keeper found a parcel that the books have elsewhere.
        case found
    }
}

/// A keeper confirmed what is behind a door.
public struct AuditFinished: EventPayload {
    public var door: DoorName
    public var contents: Contents
    public var person: String
    /// The parcel of a deposit cut short that the answer was about; the others are still asked about.
    public var waybill: Waybill?

    package init(door: DoorName, contents: Contents, person: String, waybill: Waybill? = nil) {
        (self.door, self.contents, self.person, self.waybill) = (door, contents, person, waybill)
    }

    public var subject: String? { door.rawValue }
}

/// A badge opened a session.
public struct SessionOpened: EventPayload {
    public var session: Int
    public var role: Role
    public var person: String
    public var badge: String

    package init(session: Int, role: Role, person: String, badge: String) {
        (self.session, self.role, self.person, self.badge) = (session, role, person, badge)
    }

    public var subject: String? { person }
    public var shownSubject: String? { PersonNumber.shown(person) }
}

/// The badge's PIN was right: occupied doors may be opened.
public struct SessionProven: EventPayload {
    public var session: Int

    package init(session: Int) {
        self.session = session
    }
}

/// A session ended.
public struct SessionClosed: EventPayload {
    public var session: Int
    public var person: String
    public var reason: Reason

    package init(session: Int, person: String, reason: Reason) {
        (self.session, self.person, self.reason) = (session, person, reason)
    }

    public var subject: String? { person }
    public var shownSubject: String? { PersonNumber.shown(person) }

    /// Why it ended.
    public enum Reason: String, Sendable, Codable {
        case ended, idle, otherBadge, restarted, wrongPIN
        /// The county withdrew the badge meanwhile.
        case revoked
    }
}

/// A badge opened no session.
public struct SessionRefused: EventPayload {
    public var reason: Reason
    public var badge: String?

    package init(reason: Reason, badge: String? = nil) {
        (self.reason, self.badge) = (reason, badge)
    }

    public var subject: String? { badge }

    /// Why the badge was refused.
    public enum Reason: String, Sendable, Codable {
        case badToken, expired, noGrant, notEnrolled
        /// Its expiry lies further ahead than that of any badge: the clock of whoever made it was wrong.
        case livesTooLong
        /// The county withdrew the badge.
        case revoked
        /// The training of the person has run out (安全教育培训).
        case untrained
    }
}

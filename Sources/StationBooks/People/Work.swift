public import LockerDomain

/// What the person of a session is at (DESIGN 4.6): a command card changes it.
public enum Work: String, Sendable, Codable, CaseIterable {
    case receive, outbound, retrieve, handOut, told, take, delivered, move, extend, join, audit
    case delegateAgent, delegateRelative, withdraw
    case reportDamaged, reportShort, reportLost

    /// Whether it ends with the first parcel.
    package var isForOne: Bool {
        self == .reportDamaged || self == .reportShort || self == .reportLost || self == .join
    }
}

/// A person at work at the station, from the scanned badge to the end of the session.
public struct Session: Sendable, Hashable, Codable {
    /// Rising within one incarnation of the journal.
    public var id: Int
    public var role: Role
    /// Number of the person on the badge: no name travels.
    public var person: String
    /// Id of the badge.
    public var badge: String
    /// Whether the PIN of the badge was typed: occupied doors open only then (DESIGN 4.4).
    public var proven = false
    /// Wrong PINs in a row.
    public var wrongPINs = 0
    /// The door whose contents a keeper is settling.
    public var auditing: DoorName?
    public var work = Work.receive
    /// What a report, or the joining of two numbers, interrupts.
    public var workBefore: Work?
    /// Doors that are opened in turn, the next first.
    public var queue: [DoorName] = []
    /// Whether the checklist of deposits was confirmed (令2019-16).
    public var checked = false
    /// What the next parcel is.
    public var exception: ParcelException?
    /// Why occupied doors are opened.
    public var reason: Int?
    /// The parcel that names the villager of a delegation.
    public var villager: Waybill?
    public var draft: ShipmentDraft?
    /// What the next scan is.
    public var awaits: SessionNoted.Note?
    public var bag: String?
    public var seal: String?
    /// The door that this session opened last.
    public var lastDoor: DoorName?

    /// The shipment on the counter is settled: a number that was awaited for it is awaited no more, the next scan is the next
    /// label.
    mutating func leaveCounter() {
        draft = nil
        switch awaits {
        case .order, .photo, .realName: awaits = nil
        default: break
        }
    }
}

/// A run (班次) at the station.
public struct Run: Sendable, Hashable, Codable {
    public var id: String
    public var person: String
    public var bags: [String] = []
    public var seals: [String] = []
    public var parcelsIn = 0
    public var shipmentsOut = 0
    /// How its number is known; a run that came back keeps what it was known by.
    public var how: RunArrived.How?
    /// Of the person who brought it.
    public var role: Role?
    /// The session that brought it.
    public var session: Int?
    /// Wall time at which that person did something for it last.
    public var seen: Int64?
    /// The route (线路) and the vehicle (车辆), when its card names them; a number plate as people read it, `晋E12345`.
    public var route: String?
    public var vehicle: String?
}

extension Session {
    /// A session that has just begun.
    package init(id: Int, role: Role, person: String, badge: String) {
        self.init(id: id, role: role, person: person, badge: badge, proven: false)
    }
}

extension Run {
    /// A run with what came and went so far.
    package init(id: String, person: String, bags: [String], seals: [String], parcelsIn: Int, shipmentsOut: Int) {
        self.init(
            id: id,
            person: person,
            bags: bags,
            seals: seals,
            parcelsIn: parcelsIn,
            shipmentsOut: shipmentsOut,
            how: nil
        )
    }
}

public import LockerDomain

/// A run (班次) came: the daily service that the county audits.
public struct RunArrived: EventPayload {
    public var run: String
    public var person: String
    public var how: How
    /// `true` when the run was here a moment ago: it is counted already.
    public var again: Bool?
    /// The route (线路) and the vehicle (车辆), when its card names them; a number plate as people read it, `晋E12345`.
    public var route: String?
    public var vehicle: String?

    package init(
        run: String,
        person: String,
        how: How,
        again: Bool? = nil,
        route: String? = nil,
        vehicle: String? = nil
    ) {
        self.run = run
        self.person = person
        self.how = how
        self.again = again
        self.route = route
        self.vehicle = vehicle
    }

    public var subject: String? { run }

    /// How the station knows.
    public enum How: String, Sendable, Codable {
        /// Its card was scanned.
        case card
        /// A courier scanned parcels without one.
        case implied
    }
}

/// A run left, with what it took.
public struct RunDeparted: EventPayload {
    public var run: String
    public var person: String
    public var bags: [String]
    public var seals: [String]
    /// Parcels checked in, shipments handed over, parcels going back.
    public var parcelsIn: Int
    public var shipmentsOut: Int
    public var parcelsBack: Int
    /// As its card named them.
    public var route: String?
    public var vehicle: String?

    package init(
        run: String,
        person: String,
        bags: [String],
        seals: [String],
        parcelsIn: Int,
        shipmentsOut: Int,
        parcelsBack: Int,
        route: String? = nil,
        vehicle: String? = nil
    ) {
        self.run = run
        self.person = person
        self.bags = bags
        self.seals = seals
        self.parcelsIn = parcelsIn
        self.shipmentsOut = shipmentsOut
        self.parcelsBack = parcelsBack
        self.route = route
        self.vehicle = vehicle
    }

    public var subject: String? { run }
}

/// What the person of the session does now: a command card, or a queue of doors that are opened in turn.
public struct SessionWorkChanged: EventPayload {
    public var session: Int
    public var work: Work
    /// Doors that follow, in this order.
    public var doors: [DoorName]
    /// The door of the batch that could not be opened and is passed over; absent when a card began the work, or a report
    /// is done and the work before it goes on.
    public var detail: String?

    package init(session: Int, work: Work, doors: [DoorName], detail: String? = nil) {
        self.session = session
        self.work = work
        self.doors = doors
        self.detail = detail
    }
}

/// One thing said by card, scan or number pad for the work of the session.
public struct SessionNoted: EventPayload {
    public var session: Int
    public var note: Note
    public var value: String?
    /// The parcel of an `exception`, when it came in before it was said; else it is the next one.
    public var waybill: Waybill?

    package init(session: Int, note: Note, value: String? = nil, waybill: Waybill? = nil) {
        (self.session, self.note, self.value, self.waybill) = (session, note, value, waybill)
    }

    /// What was said.
    public enum Note: String, Sendable, Codable, CaseIterable {
        /// None of the parcels is damaged, of another weight, fresh or valuable, but those after an exception card.
        case checked
        /// The next parcel, or the one named, is: `ParcelException`.
        case exception
        /// Why occupied doors are opened: 1 … 9.
        case reason
        /// The parcel that names the villager.
        case villager
        /// The bag or seal that shipments go into.
        case bag, seal
        /// The shipment under way.
        case shipment
        /// The same, with a number that the station made.
        case label
        case kind, category, platform, order, realName, inspected, screened, outside, reuse, photo, weightGrams
        /// The next scan is the value of this: `order`, `realName`, `photo`, `bag`, `seal`.
        case awaits
    }
}

/// The county withdrew a badge.
public struct BadgeRevoked: EventPayload {
    public var badge: String

    package init(badge: String) {
        self.badge = badge
    }

    public var subject: String? { badge }
}

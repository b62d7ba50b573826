public import LockerDomain
public import StationBooks

/// Reply to `GET /v1/doors`.
public struct DoorsReply: Sendable, Hashable, Codable {
    /// In the order of the configuration.
    public var doors: [DoorEntry]

    /// One door (格口).
    public struct DoorEntry: Sendable, Hashable, Codable {
        /// As printed on the door.
        public var name: String
        /// Size of the compartment.
        public var size: Size
        /// Height of the door.
        public var reach: Reach
        /// Whether it is kept cold.
        public var chilled: Bool
        /// Whether a sensor is wired.
        public var sensor: Bool
        /// What the sensor says.
        public var level: DoorLevel
        /// What the journal can prove.
        public var contents: Contents
        /// Whether a deposit may go in now.
        public var free: Bool
        /// Why it is out of service; absent when it is in service.
        public var outOfService: String?
        /// When it was last seen open.
        public var openedAt: TimeStamp?
        /// The opening under way.
        public var opening: Opening?
        /// Waybills of the parcels and shipments that may lie there.
        public var parcels: [String]
    }

    /// An opening under way.
    public struct Opening: Sendable, Hashable, Codable {
        /// What it is opened for.
        public var purpose: Purpose
        /// How far it has come.
        public var phase: DoorCycle.Phase
        /// 1 for the first pulse.
        public var attempt: Int
        /// `code`, `token`, or `badge ` and the decimal number on it.
        public var authority: String
    }

    /// The doors of a station.
    public init(state: StationState, settings: StationSettings) {
        let shipments = Dictionary(grouping: state.shipments.values.filter(\.isInside)) { $0.place }
        doors = settings.doors.map { door in
            let now = state.door(door.name)
            return DoorEntry(
                name: door.name.rawValue,
                size: door.size,
                reach: door.reach,
                chilled: door.chilled,
                sensor: door.hasSensor,
                level: now.level,
                contents: now.contents,
                free: DoorChoice.isFree(now, door),
                outOfService: now.outOfService?.reason,
                openedAt: now.openedAt.map { TimeStamp($0) },
                opening: now.cycle.map {
                    Opening(
                        purpose: $0.purpose,
                        phase: $0.phase,
                        attempt: $0.attempt,
                        authority: PersonNumber.shown($0.authority.text, field: "authority")
                    )
                },
                parcels: state.parcels(at: .door(door.name)).map(\.waybill.rawValue)
                    + (shipments[.door(door.name)] ?? []).map(\.waybill.rawValue).sorted()
            )
        }
    }
}

public import LockerDomain

/// Reply to `GET /v1/status`: the station as a whole.
public struct StatusReply: Sendable, Hashable, Codable {
    /// Id of the station.
    public var station: String
    /// Version of the daemon.
    public var version: String
    /// Whether doors and scanners are only played.
    public var simulated: Bool
    /// Whether the station holds the county's keys.
    public var enrolled: Bool
    /// The link to the county; absent where no link runs.
    public var link: LinkReply?
    /// What the journal can take.
    public var storage: Storage
    /// Wall time of the reading, as good as `clock` says.
    public var time: TimeStamp
    /// How `time` is known.
    public var clock: ClockTrust
    /// What is wrong with the clock, and the mend; absent while all is well.
    public var clockTrouble: String?
    /// Since this boot.
    public var uptimeMilliseconds: Int64
    /// The last confirmed time; absent before the first.
    public var trustedTime: TimeStamp?
    /// The journal that is written now.
    public var incarnation: String
    /// Number of its last event.
    public var lastSequence: Int
    /// Doors by condition.
    public var doors: DoorCounts
    /// Shelf places.
    public var shelf: ShelfCounts
    /// Parcels by status.
    public var parcels: ParcelCounts
    /// Shipments by status.
    public var shipments: ShipmentCounts
    /// Whether a run (班次) came today; absent when the clock cannot know what day it is.
    public var runToday: Bool?
    /// The run that is here now.
    public var run: String?
    /// Who works at the station now.
    public var session: SessionEntry?
    /// Where support codes count on from, to be told to the county by phone when the journal was lost and the link is down;
    /// absent as long as it is the first.
    public var supportCounter: UInt32?
    /// Milliseconds until codes can be typed again; 0 when they can.
    public var typingLockedMilliseconds: Int64
    /// Scanners and keypads.
    public var scanners: [ScannerEntry]
    /// Cameras of the configuration.
    public var cameras: [CameraEntry]
    /// Faults of the hardware found at start, one line each.
    public var faults: [String]
    /// Hotline for complaints.
    public var hotline: String

    /// How many doors are in which condition; one door can count in several.
    public struct DoorCounts: Sendable, Hashable, Codable {
        /// All of them.
        public var total: Int
        /// A deposit may go in now; chilled doors not counted.
        public var free: Int
        /// Chilled goods may go in now.
        public var freeChilled: Int
        /// A parcel is inside.
        public var occupied: Int
        /// Nobody knows what is inside.
        public var contentsUnknown: Int
        /// Neither opened nor filled until mended.
        public var outOfService: Int
        /// Seen open now.
        public var open: Int
    }

    /// Places of the shelves.
    public struct ShelfCounts: Sendable, Hashable, Codable {
        /// All of them.
        public var total: Int
        /// Without a parcel.
        public var free: Int
    }

    /// How many parcels are at which point of their life.
    public struct ParcelCounts: Sendable, Hashable, Codable {
        /// Announced, not seen here yet.
        public var expected: Int
        /// Scanned in, not at its place yet.
        public var received: Int
        /// Waiting for the recipient.
        public var stored: Int
        /// Of these, beyond their hold period (滞留).
        public var overdue: Int
        /// For a courier to take back: overdue, refused or recalled (取回任务).
        public var toRetrieve: Int
        /// Taken back, not left yet.
        public var retrieved: Int
        /// With agents on their way to recipients (代取).
        public var withAgents: Int
        /// Recorded here, not found.
        public var missing: Int
    }

    /// How many shipments of villagers (上行) are at which point of their life.
    public struct ShipmentCounts: Sendable, Hashable, Codable {
        /// In doors, nobody looked at them yet.
        public var droppedOff: Int
        /// On the counter.
        public var onCounter: Int
        /// Accepted, waiting for a run.
        public var waiting: Int
        /// Not taken, waiting for their senders.
        public var rejected: Int
    }

    /// A person at work.
    public struct SessionEntry: Sendable, Hashable, Codable {
        /// What it is for.
        public var role: Role
        /// Number on the badge, decimal.
        public var person: String
        /// Whether the PIN was typed.
        public var proven: Bool
    }

    /// One scanner or keypad.
    public struct ScannerEntry: Sendable, Hashable, Codable {
        /// Its USB port.
        public var name: String
        /// What it is for.
        public var role: ScannerRole?
        /// USB vendor and product.
        public var usb: String?
        /// Whether it is plugged in.
        public var attached: Bool
        /// Why it does not work.
        public var fault: String?
    }

    /// One camera.
    public struct CameraEntry: Sendable, Hashable, Codable {
        /// Its name.
        public var name: String
        /// Absent until the first verdict.
        public var online: Bool?
        /// Why it is offline.
        public var reason: String?
        /// Since when; absent until the first verdict.
        public var since: TimeStamp?
    }
}

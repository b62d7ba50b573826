public import LockerDomain
public import StationBooks

/// `200` to a batch: the highest contiguous sequence stored, with its hash (DESIGN 4.3).
public struct Acknowledgement: Sendable, Hashable, Codable {
    public var incarnation: String
    public var acknowledged: Int
    /// Hex of the chain's hash behind it.
    public var hash: String
    /// Empty when the batch moves nothing.
    public var commands: [CommandMessage]
    /// The county's time, RFC 3339; absent while its clock is in doubt, and when the batch moves nothing: it had no counter,
    /// an old one, or an old key.
    public var time: String?

    public init(incarnation: String, acknowledged: Int, hash: String, commands: [CommandMessage], time: String?) {
        self.incarnation = incarnation
        self.acknowledged = acknowledged
        self.hash = hash
        self.commands = commands
        self.time = time
    }
}

/// Answer to `GET …/commands`.
public struct CommandList: Sendable, Hashable, Codable {
    public var commands: [CommandMessage]
    /// How far the county has the newest journal of the station; absent when it has none.
    public var books: ChainPosition?
    /// The county's time, RFC 3339; absent while its clock is in doubt.
    public var time: String?

    public init(commands: [CommandMessage], books: ChainPosition? = nil, time: String?) {
        self.commands = commands
        self.books = books
        self.time = time
    }
}

/// An error of the county (RFC 9457, `application/problem+json`).
public struct Problem: Sendable, Hashable, Codable, Error, CustomStringConvertible {
    /// `https://villagelocker.dev/problems/…`; stable, for programs.
    public var type: String
    public var title: String
    public var status: Int
    public var detail: String
    /// With `gap`: the sequence that the county expects next.
    public var expected: Int?
    /// With `replayed`: the highest counter that came under this key, `<start>.<n>`.
    public var highest: String?

    /// What went wrong; the last part of `type`.
    public enum Kind: String, Sendable {
        case gap, chainForked = "chain-forked", malformed, unsigned, unknownStation = "unknown-station"
        case tooLarge = "too-large", replayed, tokenRefused = "token-refused", notFound = "not-found"
    }

    public init(
        _ kind: Kind,
        status: Int,
        title: String,
        detail: String,
        expected: Int? = nil,
        highest: LockerCounter? = nil
    ) {
        type = "https://villagelocker.dev/problems/\(kind.rawValue)"
        self.title = title
        self.status = status
        self.detail = detail
        self.expected = expected
        self.highest = highest?.description
    }

    /// What went wrong, when this version knows it.
    public var kind: Kind? { type.split(separator: "/").last.flatMap { Kind(rawValue: String($0)) } }
    public var description: String { "\(title): \(detail)" }
}

/// `PUT /v1/stations/{id}/status`: the latest state, replaced each time.
public struct StatusReport: Sendable, Hashable, Codable {
    /// A door as it stands.
    public struct Door: Sendable, Hashable, Codable {
        public var name: DoorName
        public var level: DoorLevel
        public var contents: Contents
        public var outOfService: String?
    }

    /// A scanner or keypad.
    public struct Scanner: Sendable, Hashable, Codable {
        public var name: ScannerName
        public var role: ScannerRole?
        public var attached: Bool
        public var fault: String?
    }

    /// A camera; `online` is absent while unknown.
    public struct Camera: Sendable, Hashable, Codable {
        public var name: CameraName
        public var online: Bool?
        public var reason: String?
    }

    public var time: String
    public var clock: ClockTrust
    /// What NTP shows at the station, whether the station believes it or not; absent while there is none.
    public var ntp: String?
    public var version: String
    public var doors: [Door]
    public var scanners: [Scanner]
    public var cameras: [Camera]
    public var storage: Storage
    public var parcelsWaiting: Int
    public var eventsWaiting: Int
    /// Seconds since the oldest unsent event was made; absent when none waits.
    public var oldestUnsentSeconds: Int?
    /// Where its present journal ends; absent from a station that does not say.
    public var journal: JournalReport?

    /// The report of a state.
    public init(
        _ state: StationState,
        settings: StationSettings,
        storage: Storage,
        now: Moment,
        version: String,
        eventsWaiting: Int,
        oldestUnsentSeconds: Int?,
        ntp: Int64? = nil,
        journal: JournalReport? = nil
    ) {
        time = WireTime.text(now.wall)
        clock = now.clock
        self.ntp = ntp.map { WireTime.text($0) }
        self.version = version
        doors = settings.doors.map { door in
            let known = state.door(door.name)
            return Door(
                name: door.name,
                level: known.level,
                contents: known.contents,
                outOfService: known.outOfService?.reason
            )
        }
        scanners = state.scanners.sorted { $0.key < $1.key }.map {
            Scanner(name: $0.key, role: $0.value.role, attached: $0.value.attached, fault: $0.value.fault)
        }
        cameras = settings.cameras.map {
            Camera(name: $0, online: state.cameras[$0]?.online, reason: state.cameras[$0]?.reason)
        }
        self.storage = storage
        parcelsWaiting = state.waiting.count
        self.eventsWaiting = eventsWaiting
        self.oldestUnsentSeconds = oldestUnsentSeconds
        self.journal = journal
    }
}

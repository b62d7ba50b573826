public import LockerDomain

/// A run (班次) at one station.
public struct RunVisit: Sendable, Hashable {
    /// Number of the event that began it.
    public var number: Int64
    public var run: String
    public var route: String?
    public var vehicle: String?
    /// 16 hex digits of the person who came with it.
    public var person: String
    /// The day of its arrival; `nil` while no clock can tell.
    public var day: Int64?
    /// Milliseconds since 1970.
    public var arrivedAt: Int64
    public var departedAt: Int64?
    /// Number of the event that ended it.
    public var endedBy: Int64?
    public var parcelsIn = 0
    public var shipmentsOut = 0
    public var parcelsBack = 0
    public var bags: [String] = []
    public var seals: [String] = []

    public init(number: Int64, run: String, person: String, arrivedAt: Int64) {
        (self.number, self.run, self.person, self.arrivedAt) = (number, run, person, arrivedAt)
    }
}

/// A door as events have it, and its last trouble.
public struct DoorStanding: Sendable, Hashable {
    public var door: DoorName
    /// Why it takes no deposit; `nil` in service.
    public var outOfService: String?
    /// Why its contents are unknown; `nil` when they are known.
    public var unknownContents: String?
    /// Since when, milliseconds since 1970; `nil` when all is well.
    public var since: Int64?

    public init(door: DoorName) { self.door = door }
}

/// Something that went wrong with a door or a camera, from when to when.
public struct Trouble: Sendable, Hashable {
    /// What a trouble is about.
    public enum Kind: String, Sendable, Codable, CaseIterable {
        case openFailed, openedUnexpectedly, leftOpen, sensorFault, outOfService, cameraOffline, scannerFault

        /// As lists write it.
        public var chinese: String {
            switch self {
            case .openFailed: "开门失败"
            case .openedUnexpectedly: "异常开门"
            case .leftOpen: "未关门"
            case .sensorFault: "门磁故障"
            case .outOfService: "停用"
            case .cameraOffline: "摄像头离线"
            case .scannerFault: "扫码器故障"
            }
        }

        /// Whether it lasts until something ends it.
        public var lasts: Bool {
            switch self {
            case .outOfService, .cameraOffline, .scannerFault, .leftOpen: true
            case .openFailed, .openedUnexpectedly, .sensorFault: false
            }
        }
    }

    /// Number of the event that began it.
    public var number: Int64
    public var kind: Kind
    /// The door, camera or scanner.
    public var thing: String
    public var reason: String?
    /// Milliseconds since 1970.
    public var from: Int64
    /// `nil` while it lasts, or where it was but a moment.
    public var until: Int64?

    public init(number: Int64, kind: Kind, thing: String, reason: String? = nil, from: Int64) {
        (self.number, self.kind, self.thing, self.reason, self.from) = (number, kind, thing, reason, from)
    }
}

/// What a villager said: a complaint (投诉) or answers to the survey (满意度调查).
public struct Voice: Sendable, Hashable {
    public var number: Int64
    public var at: Int64
    public var waybill: Waybill?
    /// Category of a complaint, 1 … 9; `nil` for a survey.
    public var category: Int?
    /// Scores of a survey in the printed order; empty for a complaint.
    public var scores: [Int]

    public init(number: Int64, at: Int64, waybill: Waybill?, category: Int? = nil, scores: [Int] = []) {
        (self.number, self.at, self.waybill, self.category, self.scores) = (number, at, waybill, category, scores)
    }
}

/// How one day went at a station, as far as its events can tell (到村班次).
public struct StationDay: Sendable, Hashable {
    public var day: Int64
    public var runs = 0
    /// Milliseconds of the day in which the station is known to have run.
    public var watchedMilliseconds: Int64 = 0
    /// Whether a run came that may belong to this day or another, or may have come among events that are missing.
    public var mayHaveRun = false
    /// Whether events of this day may be missing: a run or a piece may have come among them.
    public var isLossy = false

    public init(day: Int64) { self.day = day }
}

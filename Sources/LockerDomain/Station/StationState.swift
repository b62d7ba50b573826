/// All that the journal proves about a station: `state == replay(all events)`, tested. No clock, no device, no key.
public struct StationState: Sendable, Hashable, Codable {
    /// Version of this layout; a snapshot of another one is ignored and the journal is replayed.
    public static let format = 1

    public internal(set) var doors: [DoorName: DoorState] = [:]
    public internal(set) var parcels: [Waybill: Parcel] = [:]
    /// Parcels that left the books of open work, so that `n` never falls for a repeated waybill.
    public internal(set) var closed: [Waybill: ClosedParcel] = [:]
    public internal(set) var session: Session?
    public internal(set) var codeLock = CodeLock()
    public internal(set) var scanners: [ScannerName: ScannerState] = [:]
    public internal(set) var cameras: [CameraName: CameraState] = [:]
    /// Number of the last command carried out or refused.
    public internal(set) var lastCommand = 0
    public internal(set) var cycles = 0
    public internal(set) var sessions = 0
    /// Highest wall time that a trusted clock showed; expiry is judged by it (DESIGN 4.4).
    public internal(set) var trustedTime: Int64 = 0
    public internal(set) var enrolled = false
    /// After a journal was lost nobody knows what lies behind any door.
    public internal(set) var contentsLost = false
    /// Asia/Shanghai day on which old parcels were forgotten last.
    public internal(set) var sweptDay: Int64 = 0

    public init() {}

    /// A parcel that is done.
    public struct ClosedParcel: Sendable, Hashable, Codable {
        public var n: UInt32
        /// Asia/Shanghai day of its end.
        public var day: Int64
    }

    /// One scanner or keypad.
    public struct ScannerState: Sendable, Hashable, Codable {
        public var role: ScannerRole?
        public var usb: String?
        public var attached: Bool
        public var fault: String?
    }

    /// One camera.
    public struct CameraState: Sendable, Hashable, Codable {
        /// `nil` until the first verdict: unknown is a value.
        public var online: Bool?
        public var reason: String?
        public var since: Int64
    }

    /// State of a door; a door without events has the contents that the journal can prove.
    public func door(_ name: DoorName) -> DoorState {
        doors[name] ?? DoorState(contents: contentsLost ? .unknown : .empty)
    }

    /// Parcels that wait at their places.
    public var waiting: [Parcel] { parcels.values.filter { $0.status == .stored }.sorted { $0.waybill < $1.waybill } }

    /// Parcels whose recorded place this is and that may lie there.
    public func parcels(at place: Place) -> [Parcel] {
        parcels.values.filter { $0.place == place && $0.status == .stored }.sorted { $0.waybill < $1.waybill }
    }
}

public import LockerDomain

/// All that the journal proves about a station: `state == replay(all events)`, tested. No clock, no device, no key.
public struct StationState: Sendable, Hashable, Codable {
    /// Version of this layout; a snapshot of another one is ignored and the journal is replayed.
    public static let format = 5

    public package(set) var doors = DoorBook()
    public package(set) var parcels = ParcelBook()
    public package(set) var shipments: [Waybill: Shipment] = [:]
    /// Who may take parcels for whom, by the villager's `recipientKey`.
    public package(set) var delegations: [String: Delegation] = [:]
    /// When a villager took back all that was given to others, by `recipientKey`: wall time, 0 while no clock could know
    /// it. Delegation tokens made before open nothing.
    public package(set) var withdrawals: [String: Int64] = [:]
    /// The run (班次) that is here now.
    public package(set) var run: Run?
    /// Runs that left within `Limits.sameRunMilliseconds`, the last at the end: they may come back.
    public package(set) var lastRuns: [Run] = []
    /// Asia/Shanghai day of the last run that arrived under a clock that knew it.
    public package(set) var lastRunDay: Int64 = 0
    /// Runs that arrived without a card so far.
    public package(set) var impliedRuns = 0
    /// Labels that the station made for senders without one.
    public package(set) var labels = 0
    public package(set) var revokedBadges: [String] = []
    /// Counter of the next support code.
    public package(set) var supportCounter: UInt32 = 0
    /// Parcels that left the books of open work.
    public package(set) var closed = ClosedParcels()
    public package(set) var session: Session?
    public package(set) var codeLock = CodeLock()
    /// The same for PINs.
    public package(set) var pinLock = CodeLock()
    public package(set) var scanners: [ScannerName: ScannerState] = [:]
    public package(set) var cameras: [CameraName: CameraState] = [:]
    /// Commands of the county that were carried out or refused.
    public package(set) var commands = SettledCommands()
    public package(set) var cycles = 0
    public package(set) var sessions = 0
    /// The last confirmed wall time; expiry is judged by it (DESIGN 4.8). It never falls, unless the county or a technician
    /// sets it back.
    public package(set) var trustedTime: Int64 = 0
    /// When the last event was made, by the clocks of its own start.
    public package(set) var lastMoment: Moment?
    /// What was dark, as far as it is not reckoned yet.
    public package(set) var darkness = DarkReckoning()
    /// After a journal was lost nobody knows what lies behind any door.
    public package(set) var contentsLost = false
    /// Where the confirmed time leapt to further than the uptime explains, while that may still be a mistake.
    public package(set) var leapt: Moment?
    /// What the county has to give back; `nil` when nothing is missing.
    public package(set) var recovery: Recovery?
    /// Whether the county was asked for what it has of this station.
    public package(set) var countyBooks = CountyBooks.notAsked
    /// Asia/Shanghai day on which old parcels were forgotten last.
    public package(set) var sweptDay: Int64 = 0

    public init() {}

    /// One scanner or keypad.
    public struct ScannerState: Sendable, Hashable, Codable {
        public var role: ScannerRole?
        public var usb: String?
        public var attached: Bool
        public var fault: String?

        package init(role: ScannerRole? = nil, usb: String? = nil, attached: Bool, fault: String? = nil) {
            (self.role, self.usb, self.attached, self.fault) = (role, usb, attached, fault)
        }
    }

    /// One camera.
    public struct CameraState: Sendable, Hashable, Codable {
        /// `nil` until the first verdict: unknown is a value.
        public var online: Bool?
        public var reason: String?
        public var since: Int64

        package init(online: Bool? = nil, reason: String? = nil, since: Int64) {
            (self.online, self.reason, self.since) = (online, reason, since)
        }
    }

    /// State of a door; a door without events has the contents that the journal can prove.
    public func door(_ name: DoorName) -> DoorState {
        doors.state(of: name, contentsLost: contentsLost)
    }

    /// Parcels that wait at their places for their recipients.
    public var waiting: [Parcel] { parcels.allInside.filter { $0.status == .stored } }

    /// Parcels that lie at a place.
    public func parcels(at place: Place) -> [Parcel] { parcels.at(place) }

    /// Parcels that a courier has to take back, by waybill.
    public var retrievals: [Parcel] { parcels.allInside.filter(\.needsRetrieval) }
}

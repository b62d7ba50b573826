public import LockerDomain

/// What an event carries. A payload is encoded once; its fields never change their meaning under the same version.
public protocol EventPayload: Sendable, Hashable, Codable {
    /// What the event is about: a waybill, a door, a device; `nil` for the station itself.
    var subject: String? { get }
    /// The subject as people read it: a person by the number on the badge (DESIGN 4.7).
    var shownSubject: String? { get }
}

extension EventPayload {
    public var subject: String? { nil }
    public var shownSubject: String? { subject }
}

/// The daemon started and has read its journal.
public struct StationStarted: EventPayload {
    /// Version of the program.
    public var version: String
    public var doors: Int
    public var shelfPlaces: Int
    /// Wall time of the last sign of life before, milliseconds since 1970; absent when there was none.
    public var darkSince: Int64?
    /// How `darkSince` was known.
    public var darkClock: ClockTrust?

    package init(version: String, doors: Int, shelfPlaces: Int, darkSince: Int64? = nil, darkClock: ClockTrust? = nil) {
        (self.version, self.doors, self.shelfPlaces, self.darkSince, self.darkClock) = (
            version, doors, shelfPlaces, darkSince, darkClock
        )
    }
}

/// The daemon stopped on purpose; every output was off before.
public struct StationStopped: EventPayload {
    public var reason: String

    package init(reason: String) {
        self.reason = reason
    }
}

/// The wall clock was set, or its trust changed.
public struct ClockChanged: EventPayload {
    public var before: ClockTrust
    public var after: ClockTrust
    /// How far the wall clock jumped against the monotonic one.
    public var jumpMilliseconds: Int64
    /// The local user who set it; absent where nobody did.
    public var by: String?

    package init(before: ClockTrust, after: ClockTrust, jumpMilliseconds: Int64, by: String? = nil) {
        (self.before, self.after, self.jumpMilliseconds, self.by) = (before, after, jumpMilliseconds, by)
    }
}

/// The disk is (nearly) full, or is well again.
public struct StorageLow: EventPayload {
    public var storage: Storage

    package init(storage: Storage) {
        self.storage = storage
    }
}

/// The incarnation before this one was closed (DESIGN 4.2). What is unknown is absent.
public struct JournalReplaced: EventPayload {
    /// Why a journal is replaced.
    public enum Reason: String, Sendable, Codable {
        case damaged, forked, restored
    }

    public var previous: String?
    /// Decimal, as in the envelope.
    public var lastSequence: String?
    /// Hex.
    public var lastHash: String?
    public var lostFirst: String?
    public var lostLast: String?
    /// Counter from which support codes count now. Random: the next one is not known any more, and a code that was used
    /// must not open again.
    public var supportCounter: UInt32?
    /// `true`: only lines are missing, and the state of the station is whole. Absent: what was lost is not known there
    /// either.
    public var stateKept: Bool?
    /// Id of the event behind which the county may have events that the state does not contain; absent when it contains
    /// none of the journal before.
    public var recoverAfter: String?
    public var reason: Reason

    public init(
        previous: String?,
        lastSequence: String?,
        lastHash: String?,
        lostFirst: String? = nil,
        lostLast: String? = nil,
        supportCounter: UInt32? = nil,
        stateKept: Bool? = nil,
        recoverAfter: String? = nil,
        reason: Reason
    ) {
        self.previous = previous
        self.lastSequence = lastSequence
        self.lastHash = lastHash
        self.lostFirst = lostFirst
        self.lostLast = lostLast
        self.supportCounter = supportCounter
        self.stateKept = stateKept
        self.recoverAfter = recoverAfter
        self.reason = reason
    }
}

/// Old events that the county has were removed from the front of the journal (DESIGN 4.2): nothing is closed, and the
/// chain goes on from `hash`.
public struct JournalPruned: EventPayload {
    /// Incarnation whose front was removed; absent for the one that this event belongs to.
    public var incarnation: String?
    /// Sequence of the last event that was removed, decimal as in the envelope.
    public var through: String
    /// Hash behind it, hex: the chain of what is kept begins there.
    public var hash: String

    package init(incarnation: String? = nil, through: String, hash: String) {
        (self.incarnation, self.through, self.hash) = (incarnation, through, hash)
    }
}

/// Settings or keys changed.
public struct ConfigChanged: EventPayload {
    /// What changed: `enrolment`, `pins`.
    public var item: String
    /// User name of the local caller, or `county`.
    public var by: String

    package init(item: String, by: String) {
        (self.item, self.by) = (item, by)
    }
}

/// A command of the county arrived, was carried out, or was not.
public struct CommandReceived: EventPayload {
    public var id: String
    public var number: Int
    public var type: String

    package init(id: String, number: Int, type: String) {
        (self.id, self.number, self.type) = (id, number, type)
    }

    public var subject: String? { id }
}

/// A command was carried out.
public struct CommandCompleted: EventPayload {
    public var id: String
    public var number: Int

    package init(id: String, number: Int) {
        (self.id, self.number) = (id, number)
    }

    public var subject: String? { id }
}

/// A command could not be carried out.
public struct CommandFailed: EventPayload {
    public var id: String
    public var number: Int
    /// For people, but for `numberPassed`.
    public var reason: String
    public var subject: String? { id }

    /// The reason of a genuine command whose number was settled before by another: the county gives it a new number and a
    /// new id.
    public static let numberPassed = "numberPassed"

    package init(id: String, number: Int, reason: String) {
        (self.id, self.number, self.reason) = (id, number, reason)
    }
}

/// A camera answers again, or for the first time.
public struct CameraOnline: EventPayload {
    public var camera: CameraName

    package init(camera: CameraName) {
        self.camera = camera
    }

    public var subject: String? { camera.rawValue }
}

/// A camera missed `Limits.cameraMissesMax` probes.
public struct CameraOffline: EventPayload {
    public var camera: CameraName
    public var reason: String

    package init(camera: CameraName, reason: String) {
        (self.camera, self.reason) = (camera, reason)
    }

    public var subject: String? { camera.rawValue }
}

/// A scanner or keypad is opened and read.
public struct ScannerAttached: EventPayload {
    public var scanner: ScannerName
    public var role: ScannerRole
    /// Vendor and product, `05f9:2214`.
    public var usb: String
    public var serial: String?

    package init(scanner: ScannerName, role: ScannerRole, usb: String, serial: String? = nil) {
        self.scanner = scanner
        self.role = role
        self.usb = usb
        self.serial = serial
    }

    public var subject: String? { scanner.rawValue }
}

/// A scanner or keypad is gone.
public struct ScannerDetached: EventPayload {
    public var scanner: ScannerName

    package init(scanner: ScannerName) {
        self.scanner = scanner
    }

    public var subject: String? { scanner.rawValue }
}

/// A scanner or keypad is there but cannot be used.
public struct ScannerFaulted: EventPayload {
    public var scanner: ScannerName
    public var reason: String

    package init(scanner: ScannerName, reason: String) {
        (self.scanner, self.reason) = (scanner, reason)
    }

    public var subject: String? { scanner.rawValue }
}

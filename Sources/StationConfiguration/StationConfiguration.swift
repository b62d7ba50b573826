public import LockerDomain
public import StationBooks
public import StationPorts

/// A station as its configuration files describe it (DESIGN 4.1), checked as a whole.
public struct StationConfiguration: Sendable {
    /// How doors are driven.
    public enum Driver: String, Sendable, CaseIterable {
        case gpiod, simulated
    }

    /// What stands at the site.
    public enum Kind: String, Sendable, CaseIterable {
        case locker, terminal, both
    }

    public var settings: StationSettings
    public var kind: Kind
    /// URL of the county without a trailing slash.
    public var county: String
    /// Path of a PEM file with the authorities that vouch for the county behind https; `nil` for those of the system.
    public var countyAuthorities: String?
    public var driver: Driver
    public var doors: [Door]
    public var scanners: [Scanner]
    public var signals: Signals
    public var cameras: [CameraSettings]
    public var simulation: Simulation
    public var backup: BackupSettings
    /// What is allowed but unwise, one line each.
    public var warnings: [String]
    /// What is wrong with the county's own file, which is left out then; `nil` while all is well.
    public var policyFault: ConfigurationFault?

    /// A GPIO line by chip and number, or by its own name.
    public struct Line: Sendable, Hashable {
        /// Label or device path of the chip.
        public var chip: String?
        public var line: Int?
        public var name: String?
        public var activeLow: Bool

        /// How people call it.
        public var text: String { name.map { "\"\($0)\"" } ?? "\(chip ?? "?") line \(line ?? -1)" }
    }

    /// One door with its wires.
    public struct Door: Sendable, Hashable {
        public var settings: DoorSettings
        public var lock: Line?
        public var sensor: Sensor?
    }

    /// The sensor of a door.
    public struct Sensor: Sendable, Hashable {
        public var line: Line
        /// Whether the line reads high while the door is closed.
        public var closedIsHigh: Bool
        public var bias: Bias

        /// Bias of the input.
        public enum Bias: String, Sendable, CaseIterable {
            case pullUp = "pull-up"
            case pullDown = "pull-down"
            case off
        }
    }

    /// A scanner or keypad; exactly one way of matching is set.
    public struct Scanner: Sendable, Hashable {
        public var usb: String?
        public var port: String?
        public var serial: String?
        public var role: ScannerRole
        /// What its set-up codes make it send in front of each barcode, and behind it.
        public var prefix: String?
        public var suffix: String?
    }

    /// Lights and buzzer; any may be missing.
    public struct Signals: Sendable, Hashable {
        public var green: Line?
        public var red: Line?
        public var buzzer: Line?
    }

    /// How a simulated station runs.
    public struct Simulation: Sendable, Hashable {
        /// Wall time at which it starts, milliseconds since 1970; `nil` for the real time.
        public var start: Int64?
        /// Simulated seconds a second, 1 … 10,000.
        public var speed: Int
        /// What the machine says of its time.
        public var clock: ClockTrust = .manual
        /// File with timed scans.
        public var script: String?
        /// Seconds until a simulated person shuts a door.
        public var shutSeconds: Int
    }
}

public import LockerDomain

/// An output that something hangs on: a coil, a lamp, a buzzer.
public struct OutputWiring: Sendable, Hashable {
    /// Its line.
    public var address: LineAddress
    /// Whether a low level energises it.
    public var activeLow: Bool

    /// An output; active high unless it is said.
    public init(address: LineAddress, activeLow: Bool = false) {
        self.address = address
        self.activeLow = activeLow
    }
}

/// The contact that tells whether a door is shut.
public struct SensorWiring: Sendable, Hashable {
    /// Level of a line.
    public enum Level: String, Sendable, Hashable, Codable {
        case high, low
    }

    /// Internal resistor of the input.
    public enum Bias: String, Sendable, Hashable, Codable {
        case pullUp = "pull-up"
        case pullDown = "pull-down"
        case off
    }

    /// Its line.
    public var address: LineAddress
    /// Level while the door is shut.
    public var closed: Level
    /// `nil` leaves the resistor as the kernel has it.
    public var bias: Bias?

    /// A sensor.
    public init(address: LineAddress, closed: Level, bias: Bias? = nil) {
        self.address = address
        self.closed = closed
        self.bias = bias
    }
}

/// One door of the cabinet.
public struct DoorWiring: Sendable, Hashable {
    /// As it is printed on it.
    public var door: DoorName
    /// Its coil.
    public var lock: OutputWiring
    /// `nil` when no sensor is wired: the door's level is unknown for ever.
    public var sensor: SensorWiring?

    /// A door.
    public init(door: DoorName, lock: OutputWiring, sensor: SensorWiring? = nil) {
        self.door = door
        self.lock = lock
        self.sensor = sensor
    }
}

/// Lights and buzzer, as far as they are there.
public struct SignalWiring: Sendable, Hashable {
    /// Lit when something went well.
    public var green: OutputWiring?
    /// Lit when something did not.
    public var red: OutputWiring?
    /// Sounds for both.
    public var buzzer: OutputWiring?

    /// What is not given is not wired.
    public init(green: OutputWiring? = nil, red: OutputWiring? = nil, buzzer: OutputWiring? = nil) {
        self.green = green
        self.red = red
        self.buzzer = buzzer
    }

    /// What is wired, each with its name for messages.
    var outputs: [(thing: String, output: OutputWiring)] {
        [("green light", green), ("red light", red), ("buzzer", buzzer)].compactMap { thing, output in
            output.map { (thing, $0) }
        }
    }
}

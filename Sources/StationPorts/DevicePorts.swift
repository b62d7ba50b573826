public import LockerDomain

/// The doors of a cabinet: pulses out, sensor levels in. Implementations own their thread.
public protocol DoorPort: Sendable {
    /// Switches every output off, begins to watch the sensors and returns their present levels. Called once.
    /// `report` is called on the port's own thread, in the order in which things happened; it must not block.
    func start(report: @escaping @Sendable (DoorReport) -> Void) throws -> [DoorName: DoorLevel]
    /// Orders one pulse. Returns at once; the pulse waits its turn (one door at a time, rest, duty) and ends in one
    /// `DoorReport.pulseEnded`. `false` when more than `Limits.pulseOrdersMax` wait: nothing will happen.
    func pulse(_ order: PulseOrder) -> Bool
    /// Ends a running pulse, drops the waiting ones, switches every output off and releases the lines. Blocks until
    /// done (at most 1 s); the port is of no use afterwards.
    func stop()
}

/// What happened at the doors.
public enum DoorReport: Sendable, Hashable {
    /// A sensor settled on another level.
    case level(DoorName, DoorLevel)
    /// A pulse is over; `fault` says why when the coil was not driven as ordered.
    case pulseEnded(DoorName, cycle: Int, fault: String?)
}

/// Scanners and keypads: devices come and go, text comes in. Implementations own their thread.
public protocol ScannerPort: Sendable {
    /// Begins to look for devices. `report` is called on the port's own thread, in order; it must not block.
    func start(report: @escaping @Sendable (ScannerFeed) -> Void) throws
    /// Closes every device and ends the thread. Blocks until done (at most 1 s).
    func stop()
}

/// What comes from scanners.
public enum ScannerFeed: Sendable, Hashable {
    case device(ScannerReport)
    /// One scan or typed line, without its terminator.
    case text(String, from: TextSource)
}

/// Lights and buzzer.
public protocol SignalPort: Sendable {
    /// Shows an answer: the light for 3 s, the beep once. Returns at once.
    func show(_ light: Light, _ beep: Beep)
    /// Everything off, lines released.
    func stop()
}

/// Asks a camera whether it lives; no video is touched.
public protocol CameraPort: Sendable {
    /// One probe, at most `Limits.cameraProbeTimeoutMilliseconds` long.
    func probe(_ camera: CameraSettings) async -> CameraReading
}

/// One camera as the configuration describes it.
public struct CameraSettings: Sendable, Hashable {
    public var name: CameraName
    /// Where it answers, without its login.
    public var url: NetworkURL

    public init(name: CameraName, url: NetworkURL) {
        self.name = name
        self.url = url
    }
}

import CameraProbes
import GPIODoors
import Glibc
import HostSupport
import LockerDomain
import NIOPosix
import SimulatedDevices
import StationBooks
import StationConfiguration
import StationPorts
import Synchronization
import USBScanner

/// The concrete ports of one station: the only place that chooses between real parts and simulated ones.
struct Adapters {
    var doors: any DoorPort
    var signals: any SignalPort
    var scanners: any ScannerPort
    var cameras: any CameraPort
    var clock: any ClockPort
    /// What is wrong with the hardware now, one line each.
    var faults: @Sendable () -> [String]
    /// Makes the lights work; before it they stay dark. May be called again.
    var lights: @Sendable () -> Void = {}
    /// Called once the doors hold their lines.
    var doorsStarted: @Sendable () -> Void = {}
    var simulated: Bool
    /// Makes the scanner that reads an enrolment sheet where the others are simulated: a board that is not set up yet.
    var sheetScanner: @Sendable () throws(ControlFault) -> (any ScannerPort)? = { nil }

    /// `last` are those of the life before in the same process: simulated time goes on.
    static func make(
        _ configuration: StationConfiguration,
        places: ConfigurationLoader.Places,
        group: MultiThreadedEventLoopGroup,
        after last: Adapters? = nil
    ) throws -> Adapters {
        switch configuration.driver {
        case .gpiod: real(configuration, places: places, group: group)
        case .simulated: try simulated(configuration, after: last)
        }
    }

    private static func real(
        _ configuration: StationConfiguration,
        places: ConfigurationLoader.Places,
        group: MultiThreadedEventLoopGroup
    ) -> Adapters {
        let wiring = wiring(of: configuration)
        let doors = GPIODoors(wiring: wiring.doors, signals: wiring.signals, outputsFile: places.outputs)
        let signals = GPIOSignals(wiring: wiring.signals)
        let scanners = USBScanner(matches: matches(of: configuration))
        let lights = Lights(signals)
        return Adapters(
            doors: doors,
            signals: signals,
            scanners: scanners,
            cameras: RTSPProbe(group: group),
            clock: SystemClock(),
            faults: { doors.faults + signals.faults + [scanners.fault].compactMap { $0 } },
            lights: { lights.start() },
            simulated: false
        )
    }

    private static func simulated(_ configuration: StationConfiguration, after last: Adapters?) throws -> Adapters {
        let simulation = configuration.simulation
        let system = SystemClock()
        let clock =
            last?.clock as? ScaledClock
            ?? ScaledClock(
                start: simulation.start ?? system.now().wall,
                speed: simulation.speed,
                clock: simulation.clock,
                // Its uptime begins with the program: each start is a boot of its own.
                bootID: "\(system.bootID)-\(getpid())"
            )
        let doors = SimulatedDoors(
            doors: configuration.doors.map(\.settings.name),
            clock: clock,
            shutMilliseconds: Int64(simulation.shutSeconds) * 1_000
        )
        let scanners = SimulatedScanners()
        let cameras = SimulatedCameras()
        var adapters = Adapters(
            doors: doors,
            signals: SimulatedSignals(),
            scanners: scanners,
            cameras: cameras,
            clock: clock,
            faults: { [] },
            simulated: true
        )
        let matches = matches(of: configuration)
        let isExample = configuration.settings.id == StationID.example
        adapters.sheetScanner = { () throws(ControlFault) in
            if matches.contains(where: { $0.role == .scanner }) { return USBScanner(matches: matches) }
            // Any other simulated station is tried out: `lockerctl scan` plays the sheet, too.
            guard isExample else { return nil }
            throw ControlFault(
                .unavailable,
                "this board is not set up and knows no scanner (本机尚未配置扫描枪): write it as [[scanner]] in station.toml, then "
                    + "systemctl restart lockerd; or type the token that stands on the sheet (请写入 station.toml，或输入入网单上的令牌)"
            )
        }
        if let path = simulation.script, last == nil {
            let script = try DayScript(ScriptFile.text(at: path))
            adapters.doorsStarted = {
                script.play(on: clock, scanners: scanners, cameras: cameras, doors: doors)
            }
        }
        return adapters
    }

    private static func matches(of configuration: StationConfiguration) -> [ScannerMatch] {
        configuration.scanners.map {
            ScannerMatch(
                usb: $0.usb,
                port: $0.port,
                serial: $0.serial,
                role: $0.role,
                prefix: $0.prefix ?? "",
                suffix: $0.suffix ?? ""
            )
        }
    }

    /// The lights are taken behind the doors, or before them where the doors have to wait.
    private final class Lights: Sendable {
        private let signals: GPIOSignals
        private let isOn = Mutex(false)

        init(_ signals: GPIOSignals) { self.signals = signals }

        func start() {
            isOn.withLock { isOn in
                if !isOn { signals.start() }
                isOn = true
            }
        }
    }

    /// The wires of a station with real doors.
    static func wiring(of configuration: StationConfiguration) -> (doors: [DoorWiring], signals: SignalWiring) {
        let doors = configuration.doors.compactMap { door -> DoorWiring? in
            guard let lock = door.lock else { return nil }
            return DoorWiring(
                door: door.settings.name,
                lock: output(lock),
                sensor: door.sensor.map { sensor in
                    SensorWiring(
                        address: address(sensor.line),
                        closed: sensor.closedIsHigh ? .high : .low,
                        bias: SensorWiring.Bias(rawValue: sensor.bias.rawValue)
                    )
                }
            )
        }
        let signals = configuration.signals
        return (
            doors,
            SignalWiring(
                green: signals.green.map(output),
                red: signals.red.map(output),
                buzzer: signals.buzzer.map(output)
            )
        )
    }

    private static func output(_ line: StationConfiguration.Line) -> OutputWiring {
        OutputWiring(address: address(line), activeLow: line.activeLow)
    }

    private static func address(_ line: StationConfiguration.Line) -> LineAddress {
        if let name = line.name { return LineAddress(name: name) }
        return LineAddress(chip: line.chip ?? "", line: line.line ?? 0)
    }
}

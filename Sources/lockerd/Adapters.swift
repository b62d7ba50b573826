import CameraProbes
import GPIODoors
import Glibc
import HostSupport
import LockerDomain
import NIOPosix
import SimulatedDevices
import StationConfiguration
import StationPorts
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
    /// Called once the doors hold their lines.
    var doorsStarted: @Sendable () -> Void = {}
    var simulated: Bool

    static func make(
        _ configuration: StationConfiguration,
        places: ConfigurationLoader.Places,
        group: MultiThreadedEventLoopGroup
    ) throws -> Adapters {
        switch configuration.driver {
        case .gpiod: real(configuration, places: places, group: group)
        case .simulated: try simulated(configuration)
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
        let scanners = USBScanner(
            matches: configuration.scanners.map {
                ScannerMatch(
                    usb: $0.usb,
                    port: $0.port,
                    serial: $0.serial,
                    role: $0.role,
                    prefix: $0.prefix ?? "",
                    suffix: $0.suffix ?? ""
                )
            }
        )
        return Adapters(
            doors: doors,
            signals: signals,
            scanners: scanners,
            cameras: RTSPProbe(group: group),
            clock: SystemClock(),
            faults: { doors.faults + signals.faults + [scanners.fault].compactMap { $0 } },
            doorsStarted: { signals.start() },
            simulated: false
        )
    }

    private static func simulated(_ configuration: StationConfiguration) throws -> Adapters {
        let simulation = configuration.simulation
        let system = SystemClock()
        let clock = ScaledClock(
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
        if let path = simulation.script {
            let script = try DayScript(ScriptFile.text(at: path))
            adapters.doorsStarted = {
                script.play(on: clock, scanners: scanners, cameras: cameras, doors: doors)
            }
        }
        return adapters
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

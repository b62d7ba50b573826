public import LockerDomain
public import StationPorts
import Synchronization

/// A scanner and a keypad in memory.
public final class SimulatedScanners: ScannerPort {
    private let report = Mutex<(@Sendable (ScannerFeed) -> Void)?>(nil)

    public init() {}

    public func start(report: @escaping @Sendable (ScannerFeed) -> Void) throws {
        self.report.withLock { $0 = report }
        report(.device(.attached("sim-1", role: .scanner, usb: "0000:0001", serial: nil)))
        report(.device(.attached("sim-2", role: .keypad, usb: "0000:0002", serial: nil)))
    }

    /// Types a text at one of the two.
    public func type(_ text: String, role: ScannerRole) {
        let device = role == .scanner ? "sim-1" : "sim-2"
        report.withLock { $0 }?(.text(text, from: TextSource(device: device, role: role)))
    }

    public func stop() { report.withLock { $0 = nil } }
}

/// Lights and buzzer that only remember.
public final class SimulatedSignals: SignalPort {
    private let shown = Mutex<[String]>([])

    public init() {}

    public func show(_ light: Light, _ beep: Beep) {
        shown.withLock { shown in
            if shown.count >= 1_000 { shown.removeFirst(500) }
            shown.append("\(light.rawValue) \(beep.rawValue)")
        }
    }

    /// What was shown so far, the newest last.
    public var history: [String] { shown.withLock { $0 } }

    public func stop() {}
}

/// Cameras that answer until they are told not to.
public final class SimulatedCameras: CameraPort {
    private let dead = Mutex<Set<CameraName>>([])

    public init() {}

    /// Makes a camera answer, or not.
    public func set(_ camera: CameraName, alive: Bool) {
        dead.withLock { dead in
            if alive { dead.remove(camera) } else { dead.insert(camera) }
        }
    }

    public func probe(_ camera: CameraSettings) async -> CameraReading {
        dead.withLock { $0.contains(camera.name) } ? .missed(reason: "no answer (simulated)") : .good
    }
}

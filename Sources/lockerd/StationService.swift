import HostSupport
import LockerDomain
import Logging
import ServiceLifecycle
import StationEngine
import StationPorts

/// The station as a service of the group: waits until it can be opened, runs it, and begins anew when its policy was
/// mended.
final class StationService: Service {
    private let first: StationLife
    private let desk: ControlDesk
    private let retries: Retries
    /// Called when the station is open, or cannot be opened at once.
    private let tried: @Sendable () -> Void
    private let lock = FolderLock()
    private let manager = ServiceManager()
    private let watchdog: Watchdog

    init(first: StationLife, desk: ControlDesk, retries: Retries, tried: @escaping @Sendable () -> Void) {
        self.tried = tried
        self.first = first
        self.desk = desk
        self.retries = retries
        watchdog = Watchdog(manager)
    }

    func run() async throws {
        var next: StationLife? = first
        while let life = next {
            next = try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await life.lamp.watch() }
                group.addTask { await self.watchdog.run() }
                defer { group.cancelAll() }
                return try await live(life)
            }
        }
        tried()
    }

    /// One life; returns the next one, or `nil` when the daemon is asked to stop.
    private func live(_ life: StationLife) async throws -> StationLife? {
        desk.connect(life.waiting)
        let bell = LateBell()
        // The bell holds the uplink, which holds the engine, which holds the bell.
        defer { bell.connect {} }
        let opening = StationOpening(
            configuration: life.configuration,
            places: life.places,
            adapters: life.adapters,
            lock: lock,
            board: life.board,
            watchdog: watchdog,
            logger: life.logger
        )
        manager.status(ServiceStatus.opening)
        let opened = try await retries.until(
            StationOpening.part,
            isFatal: { ($0 as? InstanceLock.Fault)?.isHeld == true },
            failed: { self.wait(life) },
            { try await opening.open(committed: bell.notify) }
        )
        guard let opened else {
            manager.stopping()
            life.adapters.scanners.stop()
            life.adapters.signals.stop()
            return nil
        }
        let running = life.running(opened, bell: bell)
        // It holds the engine.
        defer { watchdog.begin(.waiting) }
        desk.connect(running.control)
        tried()
        return try await running.run(manager, watchdog, retries)
    }

    /// Red light, answers to scans, and systemd's patience, while the station cannot be opened.
    private func wait(_ life: StationLife) {
        life.adapters.lights()
        life.lamp.look()
        do { try life.scanners.start(life.adapters.scanners) } catch {
            if life.board.set(.scanners, "scanners: \(error)") { life.logger.error("scanners: \(error)") }
        }
        watchdog.begin(.waiting)
        watchdog.ready()
        manager.status(ServiceStatus.waiting(for: life.board.standing.first ?? ""))
        tried()
    }
}

import HostSupport
import LockerDomain
import Logging
import ServiceLifecycle
import StationConfiguration
import StationEngine
import StationPorts
import Synchronization

/// The station while it runs: devices feed the engine, the uplink sends, cameras are asked, the watchdog is fed.
final class RunningStation: Service {
    private let engine: StationEngine
    private let runner: UplinkRunner
    private let adapters: Adapters
    private let configuration: StationConfiguration
    private let replaced: JournalReplaced?
    private let outbox: any OutboxPort
    private let board: FaultBoard
    private let logger: Logger

    init(
        opened: JournalOpening.Opened,
        runner: UplinkRunner,
        adapters: Adapters,
        configuration: StationConfiguration,
        board: FaultBoard,
        logger: Logger
    ) {
        engine = opened.engine
        replaced = opened.replaced
        outbox = opened.ports.outbox
        self.runner = runner
        self.adapters = adapters
        self.configuration = configuration
        self.board = board
        self.logger = logger
    }

    func run() async throws {
        try await engine.start(replaced: replaced)
        adapters.doorsStarted()
        for fault in adapters.faults() { logger.error("\(fault)") }
        try adapters.scanners.start { [engine, signals = adapters.signals] feed in
            switch feed {
            case .device(let report): engine.post(.scanner(report))
            case .text(let text, let source):
                // Nobody scans into the void: a full mailbox is seen and heard, and the scan can be made again.
                if !engine.post(.text(text, from: source)) {
                    let busy = Answer(.busy)
                    signals.show(busy.light, busy.beep)
                }
            }
        }
        let links = LinkWatch()
        if !links.start({ [runner] in Task { await runner.linkCameUp() } }) {
            logger.notice("no netlink: a link that comes up is noticed by the next try only")
        }
        let manager = ServiceManager()
        manager.ready()
        logger.notice("station \(configuration.settings.id) is ready")
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.runner.run() }
            group.addTask { await self.watchCameras() }
            group.addTask { await self.auditChain() }
            if let interval = manager.watchdogMilliseconds {
                group.addTask { await self.feedWatchdog(manager, every: interval) }
            }
            try? await gracefulShutdown()
            manager.stopping()
            // Outputs off first; whatever else takes its time at the end, no coil does.
            await engine.stop(reason: "asked to stop")
            adapters.scanners.stop()
            links.stop()
            group.cancelAll()
        }
        logger.notice("stopped: every output is off")
    }

    private func watchCameras() async {
        let cameras = configuration.cameras
        while !Task.isCancelled, !cameras.isEmpty {
            for camera in cameras {
                let reading = await adapters.cameras.probe(camera)
                engine.post(.camera(camera.name, reading))
            }
            await adapters.clock.sleep(milliseconds: Limits.cameraProbeMilliseconds)
        }
    }

    /// The full check of the journal runs behind the work of the day.
    private func auditChain() async {
        do {
            switch try await ChainAudit.run(outbox) {
            case .intact(let events): logger.info("journal checked: \(events) events, chain intact")
            case .broken(let position):
                let fault =
                    "journal: event \(position.sequence) of generation \(position.generation) was changed on disk: "
                    + "keep the file and tell the county"
                board.add(fault)
                logger.critical("\(fault)")
            }
        } catch {
            logger.error("journal check: \(error)")
        }
    }

    private func feedWatchdog(_ manager: ServiceManager, every milliseconds: Int64) async {
        while !Task.isCancelled {
            // Through the engine's own thread: a station whose turn hangs must not look alive.
            await engine.beat()
            manager.alive()
            try? await Task.sleep(for: .milliseconds(milliseconds))
        }
    }
}

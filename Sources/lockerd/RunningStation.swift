import HTTPUplink
import HostSupport
import LockerDomain
import Logging
import ServiceLifecycle
import StationBooks
import StationConfiguration
import StationEngine
import StationPorts
import StationRules

/// The station while it runs: devices feed the engine, the uplink sends, cameras are asked, and what is missing is tried
/// again.
struct RunningStation {
    let life: StationLife
    let opened: JournalOpening.Opened
    let runner: UplinkRunner
    let uplink: HTTPUplink
    /// `nil` when the configuration switches backups off.
    let backups: BackupDesk?

    private enum Ending {
        case askedToStop
        /// The county's file can be used now.
        case renewed(StationLife)
    }

    /// What the control socket asks.
    var control: StationControl {
        let (board, adapters) = (life.board, life.adapters)
        return StationControl(
            engine: opened.engine,
            runner: runner,
            outbox: opened.ports.outbox,
            simulated: adapters.simulated,
            backups: backups ?? NoBackups() as any BackupControlPort,
            faults: { board.all + adapters.faults() },
            alarm: { board.alarming.first },
            sheetScanner: adapters.sheetScanner
        )
    }

    /// Runs until the daemon is asked to stop, or until the next life, which it returns.
    func run(_ manager: ServiceManager, _ watchdog: Watchdog, _ retries: Retries) async throws -> StationLife? {
        let (engine, logger) = (opened.engine, life.logger)
        life.adapters.lights()
        life.adapters.doorsStarted()
        for fault in life.adapters.faults() { logger.error("\(fault)") }
        life.scanners.connect(engine)
        let links = LinkWatch()
        if !links.start({ [runner] in Task { await runner.linkCameUp() } }) {
            logger.notice("no netlink: a link that comes up is noticed by the next try only")
        }
        watchdog.ready()
        let settings = life.configuration.settings
        let incarnation = await engine.journalEnd().incarnation
        logger.notice(
            "station \(settings.id) is ready",
            metadata: [
                "version": "\(Version.text)", "doors": "\(settings.doors.count)",
                "simulated": "\(life.adapters.simulated)", "incarnation": "\(incarnation)",
            ]
        )
        let next = await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.runner.run() }
            group.addTask { await self.watchCameras() }
            group.addTask { await self.auditChain() }
            group.addTask { await self.startScanners(retries) }
            group.addTask { await self.readKeys() }
            group.addTask { await self.showStatus(manager) }
            if let backups { group.addTask { await backups.watch() } }
            let ending = await ending()
            // Outputs off first; whatever else takes its time at the end, no coil does.
            var next: StationLife?
            switch ending {
            case .askedToStop:
                manager.stopping()
                await engine.stop(reason: "asked to stop")
            case .renewed(let life):
                next = life
                logger.notice("the county's policy can be read now: the station begins anew")
                await engine.stop(reason: "policy read again")
            }
            backups?.stop()
            life.adapters.scanners.stop()
            links.stop()
            group.cancelAll()
            return next
        }
        logger.notice("stopped: every output is off")
        try await uplink.shutdown()
        return next
    }

    // MARK: The end

    private func ending() async -> Ending {
        await withTaskGroup(of: Ending.self) { race in
            race.addTask {
                try? await gracefulShutdown()
                return .askedToStop
            }
            if life.board[.policy] != nil {
                race.addTask {
                    var seconds = Limits.retrySeconds
                    while await Retries.pause(seconds) {
                        if let next = life.renewed() { return .renewed(next) }
                        seconds = min(seconds * 2, Limits.retrySecondsMax)
                    }
                    return .askedToStop
                }
            }
            defer { race.cancelAll() }
            return await race.next() ?? .askedToStop
        }
    }

    // MARK: What is tried again

    private func startScanners(_ retries: Retries) async {
        _ = try? await retries.until({ _ in .scanners }) {
            try life.scanners.start(life.adapters.scanners)
            life.board.set(.scanners, nil)
        }
    }

    /// Keys that could not be read at the start: somebody mends them, and nobody restarts the station.
    private func readKeys() async {
        guard life.board[.keys] != nil else { return }
        var seconds = Limits.retrySeconds
        while await Retries.pause(seconds) {
            seconds = min(seconds * 2, Limits.retrySecondsMax)
            let keys = StationKeys(keys: FileKeys(existing: life.places.keys), board: life.board)
            do {
                let credentials = try keys.credentials()
                life.board.set(.keys, nil)
                // Without any the damaged ones were taken away: the station waits for its enrolment.
                guard let credentials else { return }
                life.logger.notice("the keys can be read again")
                opened.engine.post(.keysRead(credentials))
                return await runner.linkCameUp()
            } catch {
                life.board.set(.keys, "\(error)")
            }
        }
    }

    // MARK: Behind the work of the day

    /// What `systemctl status` shows.
    private func showStatus(_ manager: ServiceManager) async {
        var shown = ""
        while !Task.isCancelled, manager.isThere {
            let view = await opened.engine.serviceView()
            let text = ServiceStatus.running(
                parcels: view.parcels,
                isEnrolled: view.isEnrolled,
                isSimulated: life.adapters.simulated,
                faults: life.board.all + life.adapters.faults()
            )
            if text != shown { manager.status(text) }
            shown = text
            try? await Task.sleep(for: .milliseconds(ServiceLimits.statusMilliseconds))
        }
    }

    private func watchCameras() async {
        let cameras = life.configuration.cameras
        while !Task.isCancelled, !cameras.isEmpty {
            for camera in cameras {
                let reading = await life.adapters.cameras.probe(camera)
                opened.engine.post(.camera(camera.name, reading))
            }
            await life.adapters.clock.sleep(milliseconds: Limits.cameraProbeMilliseconds)
        }
    }

    /// The full check of the journal runs behind the work of the day. What it finds is asked of the county; once that has
    /// answered, in weeks perhaps, the check is made again until nothing more is mended, so that a fault which is over does
    /// not stand in the status.
    private func auditChain() async {
        var shown: [String] = []
        while !Task.isCancelled {
            guard await runner.hasSettled else {
                await life.adapters.clock.sleep(milliseconds: Limits.auditMilliseconds)
                continue
            }
            do {
                let finding = try await ChainAudit.run(opened.ports.outbox)
                let faults = finding.broken.map {
                    "journal: events \($0) were changed on disk or are missing: the county is asked for them; "
                        + "keep the file and look after the card"
                }
                life.board.replace(shown, with: faults)
                for fault in faults where !shown.contains(fault) { life.logger.critical("\(fault)") }
                if finding.isIntact {
                    return life.logger.info("journal checked: \(finding.events) events, chain intact")
                }
                if !faults.isEmpty, faults == shown { return }
                shown = faults
                await runner.found(finding)
            } catch {
                life.logger.error("journal check: \(error)")
            }
            await life.adapters.clock.sleep(milliseconds: Limits.auditMilliseconds)
        }
    }
}

import ControlServer
import Glibc
import HTTPUplink
import HostSupport
import LockerDomain
import Logging
import NIOPosix
import SQLiteJournal
import ServiceLifecycle
import StationConfiguration
import StationEngine
import StationPorts
import UnixSignals

/// Puts the parts together and runs them until SIGTERM.
struct Daemon {
    let configuration: StationConfiguration
    let places: ConfigurationLoader.Places
    let logger: Logger

    func run() async throws {
        for folder in [places.data, places.run] { try Folders.make(folder) }
        let lock = try InstanceLock(folder: places.data)
        defer { withExtendedLifetime(lock) {} }
        let board = FaultBoard()
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let adapters = try Adapters.make(configuration, places: places, group: group)
        let bell = LateBell()
        let opened = try openStation(adapters, board, committed: bell.ring)
        if let fault = opened.fault { board.add(fault) }
        let uplink = HTTPUplink(url: configuration.county, group: group)
        let runner = UplinkRunner(
            engine: opened.engine,
            station: configuration.settings.id,
            county: configuration.county,
            pathPrefix: Self.path(of: configuration.county),
            ports: opened.ports,
            port: uplink,
            pace: SystemClock(),
            logger: logger
        )
        bell.connect(runner.ring)
        let station = RunningStation(
            opened: opened,
            runner: runner,
            adapters: adapters,
            configuration: configuration,
            board: board,
            logger: logger
        )
        let control = StationControl(
            engine: opened.engine,
            runner: runner,
            outbox: opened.ports.outbox,
            simulated: adapters.simulated,
            faults: { board.all + adapters.faults() }
        )
        let listener = ControlListener(
            service: ControlService(port: control, path: places.socket, logger: logger, group: group)
        )
        let services = ServiceGroup(
            services: [listener, station],
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: logger
        )
        try await services.run()
        // The event loop goes with the process: late callbacks of closed connections still find it.
        try await uplink.shutdown()
    }

    private func openStation(
        _ adapters: Adapters,
        _ board: FaultBoard,
        committed: @escaping @Sendable () -> Void
    ) throws -> JournalOpening.Opened {
        let keys = try FileKeys(folder: places.keys)
        let credentials = try credentials(keys, board)
        let lifeMarks = LifeMarkFile(path: places.lifeMark)
        let wasInUse = credentials != nil || lifeMarks.last() != nil
        return try JournalOpening.open(path: places.journal, wasInUse: wasInUse, logger: logger) { journal, outbox in
            let ports = EnginePorts(
                journal: journal,
                outbox: outbox,
                doors: adapters.doors,
                signals: adapters.signals,
                clock: adapters.clock,
                entropy: SystemEntropy(),
                keys: keys,
                contacts: outbox,
                lifeMarks: lifeMarks
            )
            let engine = try StationEngine(
                settings: configuration.settings,
                version: Version.text,
                ports: ports,
                credentials: credentials,
                checkPIN: PINHash.check,
                logger: logger,
                committed: committed
            )
            return (engine, ports)
        }
    }

    private func credentials(_ keys: FileKeys, _ board: FaultBoard) throws -> Credentials? {
        guard let county = try keys.keyring()?.county, let countyKey = CountyKey(bytes: county.signingKey),
            let codeKey = CodeKey(bytes: county.codeKey)
        else { return nil }
        // Codes need no PINs: a damaged list stops the keeper's audit, not the pickups (DESIGN rule 6).
        var pins: [PINVerifier] = []
        do { pins = try keys.pins() } catch { board.add("PINs: \(error)") }
        return Credentials(countyKey: countyKey, codeKey: codeKey, pins: pins)
    }

    /// `/locker` of `https://county.example.cn/locker`: part of what requests sign.
    static func path(of url: String) -> String {
        let parts = url.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        return parts.count == 4 ? "/\(parts[3])" : ""
    }
}

/// The control socket as a service of the group.
private struct ControlListener: Service {
    let service: ControlService

    func run() async throws { try await service.run() }
}

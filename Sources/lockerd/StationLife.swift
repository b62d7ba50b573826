import HTTPUplink
import HostSupport
import LockerDomain
import Logging
import NIOPosix
import StationBooks
import StationConfiguration
import StationEngine
import StationPorts

/// The parts of one life of the station: from its configuration to the end of its engine. A policy file that was mended
/// begins the next life in the same process.
struct StationLife {
    let configuration: StationConfiguration
    let places: ConfigurationLoader.Places
    let adapters: Adapters
    let lamp: FaultLamp
    let scanners: ScannerDesk
    /// The control port until the station is open.
    let waiting: WaitingControl
    let board: FaultBoard
    let logger: Logger
    private let group: MultiThreadedEventLoopGroup

    init(
        _ configuration: StationConfiguration,
        _ places: ConfigurationLoader.Places,
        _ board: FaultBoard,
        _ logger: Logger,
        group: MultiThreadedEventLoopGroup,
        after last: Adapters? = nil
    ) throws {
        self.configuration = configuration
        self.places = places
        self.board = board
        self.logger = logger
        self.group = group
        var adapters = try Adapters.make(configuration, places: places, group: group, after: last)
        let lamp = FaultLamp(adapters.signals, board)
        adapters.signals = lamp
        self.adapters = adapters
        self.lamp = lamp
        let waiting = WaitingControl(
            configuration: configuration,
            time: adapters.clock,
            signals: lamp,
            board: board,
            simulated: adapters.simulated
        )
        self.waiting = waiting
        scanners = ScannerDesk(lamp) { waiting.answer }
        if board.set(.policy, configuration.policyFault.map { "policy of the county left out (县里的政策没有采用): \($0)" }),
            let fault = configuration.policyFault
        {
            logger.critical("policy of the county left out: \(fault); read again by itself")
        }
    }

    /// The next life, when the county's file can be used now; else `nil`.
    func renewed() -> StationLife? {
        guard let configuration = try? ConfigurationLoader.load(places), configuration.policyFault == nil else {
            return nil
        }
        return try? StationLife(configuration, places, board, logger, group: group, after: adapters)
    }

    /// The running station around an engine that was opened.
    func running(_ opened: JournalOpening.Opened, bell: LateBell) -> RunningStation {
        let engine = opened.engine
        let uplink = HTTPUplink(
            url: configuration.county,
            group: group,
            authority: configuration.countyAuthorities,
            clock: { CertificateClock(engine.now()) }
        )
        let runner = UplinkRunner(
            engine: engine,
            station: configuration.settings.id,
            county: configuration.county,
            pathPrefix: Self.path(of: configuration.county),
            ports: opened.ports,
            port: uplink,
            pace: SystemClock(),
            logger: logger
        )
        bell.connect(runner.notify)
        return RunningStation(
            life: self,
            opened: opened,
            runner: runner,
            uplink: uplink,
            backups: BackupDesk.make(self) { engine.now() }
        )
    }

    /// `/locker` of `https://county.example.cn/locker`: part of what requests sign.
    private static func path(of url: String) -> String {
        let parts = url.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        return parts.count == 4 ? "/\(parts[3])" : ""
    }
}

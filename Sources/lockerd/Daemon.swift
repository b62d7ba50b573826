import ControlServer
import HostSupport
import LockerDomain
import Logging
import NIOPosix
import ServiceLifecycle
import StationConfiguration
import StationPorts
import UnixSignals

/// Puts the parts together and runs them until SIGTERM.
///
/// Only what a technician wrote wrong, and a second `lockerd` on the same folder, end it at once. Whatever else is missing
/// is shown, said and tried again (DESIGN 4.9): a station that runs can say why it does nothing.
struct Daemon {
    let configuration: StationConfiguration
    let places: ConfigurationLoader.Places
    let logger: Logger

    /// What the example station says of itself.
    private static let example =
        "example station with simulated doors, nothing real moves (示例站点，模拟柜门): "
        + "lockerctl enrol TOKEN --county URL --board PROFILE makes it a station"

    func run() async throws {
        let board = FaultBoard()
        if places.isExample {
            board.add(Self.example)
            logger.notice("\(Self.example)")
        }
        let retries = Retries(board: board, logger: logger)
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let first = try StationLife(configuration, places, board, logger, group: group)
        let desk = ControlDesk(first.waiting)
        let (begins, begin) = AsyncStream.makeStream(of: Void.self)
        let listener = ControlListener(
            service: ControlService(port: desk, path: places.socket, logger: logger, group: group),
            folder: places.run,
            board: board,
            retries: retries,
            begins: begins
        )
        let station = StationService(first: first, desk: desk, retries: retries) { begin.finish() }
        var lifecycle = ServiceGroupConfiguration(
            services: [listener, station],
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: logger
        )
        // A call to the county, or half a request at the socket, must not hold up a stop.
        lifecycle.maximumGracefulShutdownDuration = .seconds(Limits.stopSeconds)
        // The event loop goes with the process: late callbacks of closed connections still find it.
        try await ServiceGroup(configuration: lifecycle).run()
    }
}

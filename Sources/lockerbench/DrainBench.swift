import Foundation
import HTTPUplink
import LockerDomain
import Logging
import NIOPosix
import PortFakes
import SQLiteJournal
import SimulatedDevices
import StationBooks
import StationEngine
import StationPorts

/// How fast a backlog reaches a real `county-server` on loopback: signed, compressed, stored durably, acknowledged.
struct DrainBench {
    let folder: ScratchFolder
    let programs: String

    init(_ places: BenchPlaces) throws {
        folder = try ScratchFolder(places.scratch, "drain")
        programs = places.programs
    }

    func run(events: Int) async throws {
        defer { folder.remove() }
        let port = 18_480 + Int(getpid() % 1_000)
        try Tool.write(
            "port = \(port)\nname = \"bench\"\npublic_url = \"http://127.0.0.1:\(port)\"\n",
            to: folder.path("etc/county-server/county.toml")
        )
        let county = try Tool.start("\(programs)/county-server", ["serve", "--root", folder.root])
        defer { Tool.stop(county) }
        try await Task.sleep(for: .seconds(2))
        let token = Tool.run("\(programs)/county-server", ["enrol-token", "bench", "--root", folder.root]).output
            .trimmingCharacters(in: .whitespacesAndNewlines)
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let uplink = HTTPUplink(url: "http://127.0.0.1:\(port)", group: group)
        let (runner, outbox) = try await station(events: events, port: port, uplink: uplink)
        let start = ContinuousClock().now
        let work = Task { await runner.run() }
        try await runner.enrol(token: token, by: "bench")
        while try outbox.waiting() > 0 {
            guard start.duration(to: .now) < .seconds(300) else { throw BenchFault("the backlog does not drain") }
            try await Task.sleep(for: .milliseconds(20))
        }
        let seconds =
            Double(start.duration(to: .now).components.seconds)
            + Double(start.duration(to: .now).components.attoseconds) / 1e18
        work.cancel()
        await work.value
        try await uplink.shutdown()
        print(
            "drain: \(events) events in \(text(seconds, 2)) s, \(text(Double(events) / seconds, 0)) events/s (aim: 20000)"
        )
    }

    private func station(events: Int, port: Int, uplink: HTTPUplink) async throws -> (UplinkRunner, SQLiteOutbox) {
        let path = folder.path("journal.sqlite")
        let journal = try SQLiteJournal(path: path)
        var filler = JournalFiller(station: "bench", incarnation: try journal.beginIncarnation(id: JournalFiller.id))
        for _ in 0..<(events / 5_000) { try journal.append(filler.next(5_000)) }
        _ = journal.maintain(keeping: nil)
        let outbox = try SQLiteOutbox(path: path)
        let clock = VirtualClock()
        let ports = EnginePorts.bench(
            journal: journal,
            outbox: outbox,
            doors: SimulatedDoors(doors: ["A01"], clock: clock, shutMilliseconds: 1),
            clock: clock
        )
        let logger = Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }
        let engine = try StationEngine(
            settings: StationSettings(id: "bench", doors: [DoorSettings(name: "A01", size: .large)]),
            version: "bench",
            ports: ports,
            credentials: nil,
            checkPIN: { _, _ in false },
            logger: logger
        )
        let runner = UplinkRunner(
            engine: engine,
            station: "bench",
            county: "http://127.0.0.1:\(port)",
            pathPrefix: "",
            ports: ports,
            port: uplink,
            pace: ScaledClock(start: 0, speed: 1, bootID: "pace"),
            logger: logger
        )
        return (runner, outbox)
    }
}

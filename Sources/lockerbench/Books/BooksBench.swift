import FoundationEssentials
import LockerDomain
import NIOCore
import NIOPosix
import Synchronization

/// What the books of a whole county cost: making them anew, pages over them while events come in, and a start.
struct BooksBench {
    /// Folder of a county that a fleet left; `nil`: one is made. It is copied, and stays as it is.
    let given: String?
    let stations: Int
    let days: Int
    private let folder: ScratchFolder
    private let programs: String
    private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    private let clock = ContinuousClock()

    /// Requests of each page.
    private static let requests = 100
    /// Pause of a reader between two pages: each second brings events, and with them some pages that no cache has.
    private static let pauseMilliseconds = 100
    private static let printedPages = 5
    private static let startRounds = 5

    init(_ places: BenchPlaces, given: String?, stations: Int, days: Int) throws {
        (self.given, self.stations, self.days) = (given, stations, days)
        folder = try ScratchFolder(places.scratch, "books")
        programs = places.programs
    }

    func run() async throws {
        defer { folder.remove() }
        let county = try await county()
        let tables = CountyTables(county)
        print("county-books: \(county.root), \(try tables.events()) events")
        try CountyRebuild(county: county).show()
        try CountyRebuild(county: county).showBytes()
        let period = try month(of: county, tables)
        let server = try county.serve()
        defer { server.stop() }
        let clerk = try await BenchClerk(of: county, at: server, group)
        try await showPages(period, of: county, at: server, clerk)
        server.stop()
        try await CountyStarts(county: county, clerk: clerk, group: group).show(rounds: Self.startRounds)
        try await group.shutdownGracefully()
    }

    /// A copy of the one that is given, or one of its own whose last day is today.
    private func county() async throws -> FleetCounty {
        let root = folder.path("county")
        guard let given else {
            let county = try FleetCounty(root: root, programs: programs, stations: stations)
            let villages = try county.villageOfStation()
            var plan = FleetPlan(seed: 1, stations: villages.keys.sorted(), days: days)
            plan.lastDay = BatchMove.today()
            try plan.name(county.villages(), own: villages)
            let raw = folder.path("events.ndjson")
            try await FleetRun(plan: plan, county: county, raw: raw, connections: FleetRun.connections).run()
            try FileManager.default.removeItem(atPath: raw)
            return county
        }
        let copied = Tool.run("/bin/cp", ["-a", given, root])
        guard copied.status == 0 else { throw BenchFault("\(given) cannot be copied to \(root)") }
        return FleetCounty(at: root, programs: programs)
    }

    /// Makes the reporting month end with the last day of the fleet, so that one month holds its days.
    private func month(of county: FleetCounty, _ tables: CountyTables) throws -> String {
        let (last, today) = (try tables.lastDay(), BatchMove.today())
        let day = CivilDay(number: last)
        try county.configure(periodEnds: day.day)
        if last < today - 1 {
            print(
                "  NOTE the last day of this county is \(today - last) days ago: /today shows a county that is silent since"
            )
        }
        return String(day.description.prefix(7))
    }

    // MARK: Pages

    private func showPages(
        _ period: String,
        of county: FleetCounty,
        at server: FleetCounty.Server,
        _ clerk: BenchClerk
    ) async throws {
        let sender = try await LiveStation(of: county, at: server, group)
        let ending = Ending()
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await sender.send(until: { ending.isNear.load(ordering: .acquiring) }) }
            defer { ending.isNear.store(true, ordering: .releasing) }
            var client = try await PageClient(port: server.port, group: group)
            try await clerk.logIn(&client)
            print("  pages, \(Self.requests) requests each, events coming in   p50 ms   p99 ms   KiB")
            for (name, path) in [("/today", "/today"), ("month, first 100 rows", "/reports/\(period)")] {
                let (samples, bytes) = try await read(path, by: &client, Self.requests, Self.pauseMilliseconds)
                let p99 = samples.micros(0.99) / 1_000
                print(
                    "    \(name)   \(text(samples.micros(0.5) / 1_000))   \(text(p99)) "
                        + "\(Aim.atMost(200).verdict(p99))   \(bytes >> 10)"
                )
            }
            let (samples, bytes) = try await read("/reports/\(period)/print", by: &client, Self.printedPages, 1_000)
            let slowest = samples.micros(1) / 1_000_000
            print(
                "    the whole print page, slowest of \(Self.printedPages)   \(text(slowest, 2)) s "
                    + "\(Aim.atMost(2, decimals: 2).verdict(slowest))   \(bytes >> 10) KiB"
            )
            await client.close()
            ending.isNear.store(true, ordering: .releasing)
            try await tasks.waitForAll()
        }
        let (batches, events) = sender.sent
        print("    meanwhile \(batches) batches came, \(events) events, one batch a second")
    }

    private final class Ending: Sendable {
        let isNear = Atomic(false)
    }

    /// Reads a page again and again.
    private func read(
        _ path: String,
        by client: inout PageClient,
        _ requests: Int,
        _ pauseMilliseconds: Int
    ) async throws -> (samples: Samples, bytes: Int) {
        var (samples, bytes) = (Samples(), 0)
        for _ in 0..<requests {
            let start = clock.now
            let page = try await client.page(path)
            samples.add(start.duration(to: clock.now))
            bytes = max(bytes, page.count)
            try await clock.sleep(for: .milliseconds(pauseMilliseconds))
        }
        return (samples, bytes)
    }
}

import FoundationEssentials
import NIOCore
import NIOPosix

/// A start over the books of a very large county, and what making them anew takes at that size.
struct StartBench {
    let events: Int
    let stations: Int
    let simulated: Int
    let days: Int
    private let folder: ScratchFolder
    private let programs: String
    private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)

    private static let startRounds = 3
    /// Bytes of disk that an event may need while its books are made beside the old ones.
    private static let bytesOfEvent = 3_000

    init(_ places: BenchPlaces, events: Int, stations: Int, simulated: Int, days: Int) throws {
        (self.events, self.stations, self.simulated, self.days) = (events, stations, simulated, days)
        folder = try ScratchFolder(places.scratch, "start")
        programs = places.programs
    }

    func run() async throws {
        defer { folder.remove() }
        try needSpace()
        let county = try FleetCounty(root: folder.path("county"), programs: programs, stations: stations)
        let villages = try county.villageOfStation()
        let ids = villages.keys.sorted()
        try await simulate(county, ids.prefix(simulated), villages)
        let (clock, path) = (ContinuousClock(), county.path(of: "county.sqlite"))
        let start = clock.now
        let copies = StationCopies(
            path: path,
            originals: Array(ids.prefix(simulated)),
            free: Array(ids.dropFirst(simulated))
        )
        let count = try copies.make(events: events)
        print(
            "county-start: \(try CountyTables(county).events()) events of \(count) stations, copied from \(simulated) in "
                + "\(text(start.duration(to: clock.now).seconds)) s; registers of \(ids.count) stations"
        )
        try CountyRebuild(county: county).show()
        try CountyRebuild(county: county).showBytes()
        let server = try county.serve()
        let clerk: BenchClerk
        do {
            defer { server.stop() }
            clerk = try await BenchClerk(of: county, at: server, group)
        }
        try await CountyStarts(county: county, clerk: clerk, group: group).show(rounds: Self.startRounds)
        try await group.shutdownGracefully()
    }

    /// The days of a few stations, which end today, through the real door.
    private func simulate(_ county: FleetCounty, _ ids: ArraySlice<String>, _ villages: [String: String]) async throws {
        var plan = FleetPlan(seed: 1, stations: Array(ids), days: days)
        plan.lastDay = BatchMove.today()
        try plan.name(county.villages(), own: villages)
        let raw = folder.path("events.ndjson")
        try await FleetRun(plan: plan, county: county, raw: raw, connections: FleetRun.connections).run()
        try FileManager.default.removeItem(atPath: raw)
    }

    private func needSpace() throws {
        let free = try FileManager.default.attributesOfFileSystem(forPath: folder.root)[.systemFreeSize] as? Int64 ?? 0
        let needed = Int64(events * Self.bytesOfEvent)
        guard free >= needed else {
            throw BenchFault("\(folder.root) has \(free) bytes free, \(needed) may be needed: name another --scratch")
        }
    }
}

import LockerDomain
import NIOCore
import NIOPosix
import SyncWire

/// How fast recorded batches reach a real `county-server` on loopback, with its books on until they have caught up, and with
/// its books off. Each round has a county of its own; the same bytes are sent to all of them.
struct IngestBench {
    let stations: Int
    let days: Int
    let rounds: Int
    let connections: Int
    let seed: UInt64
    private let folder: ScratchFolder
    private let programs: String
    private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    private let clock = ContinuousClock()

    /// Overwrites of one calibration.
    private static let overwrites = 500

    init(_ places: BenchPlaces, stations: Int, days: Int, rounds: Int, connections: Int, seed: UInt64) throws {
        (self.stations, self.days, self.rounds) = (stations, days, rounds)
        (self.connections, self.seed) = (connections, seed)
        folder = try ScratchFolder(places.scratch, "ingest")
        programs = places.programs
    }

    /// What is sent, the same in each round.
    private struct Load {
        var senders: [BenchStation]
        /// By connection; the batches of one station stay in their order.
        var batches: [[PreparedBatch]]
        var bytes: Int
    }

    private struct Round {
        var keepsBooks: Bool
        /// Events that are stored.
        var events = 0
        /// Seconds to the last answer, and until the books had caught up.
        var answered = 0.0
        var seconds = 0.0
        /// Seconds of processor time until then.
        var driver = 0.0
        var server = 0.0

        var rate: Double { Double(events) / seconds }
    }

    func run() async throws {
        defer { folder.remove() }
        let load = try await load()
        let before = try calibrate()
        var done: [Round] = []
        for number in 0..<rounds {
            // Whatever the disk remembers of the round before is for neither of them alone.
            for keepsBooks in number.isMultiple(of: 2) ? [true, false] : [false, true] {
                done.append(try await round(done.count, keepsBooks: keepsBooks, load))
            }
        }
        let after = try calibrate()
        try await group.shutdownGracefully()
        show(load, done, calibration: (before, after))
    }

    private func load() async throws -> Load {
        let county = try FleetCounty(root: folder.path("registers"), programs: programs, stations: stations)
        let villages = try county.villageOfStation()
        var plan = FleetPlan(seed: seed, stations: villages.keys.sorted(), days: days)
        // As they would come: what is long over costs the desk less.
        plan.lastDay = BatchMove.today()
        try plan.name(county.villages(), own: villages)
        let batches = FleetRun.inOrder(try await plan.simulate())
        let senders = plan.stations.map { BenchStation($0.id) }
        let places = Dictionary(uniqueKeysWithValues: senders.enumerated().map { ($1.id, $0) })
        var counts = Array(repeating: 0, count: senders.count)
        var load = Load(senders: senders, batches: Array(repeating: [], count: connections), bytes: 0)
        for sending in batches {
            guard let place = places[sending.station] else { continue }
            counts[place] += 1
            let prepared = try PreparedBatch(sending.batch, from: senders[place], n: counts[place])
            load.batches[place % connections].append(prepared)
            load.bytes += prepared.request.readableBytes
        }
        return load
    }

    /// Microseconds of a durable overwrite of 4 KiB.
    private func calibrate() throws -> Double {
        let calibration = try Calibration(path: folder.path("calibration"))
        var samples = Samples()
        for round in 0..<Self.overwrites { try samples.time { try calibration.overwrite(round) } }
        return samples.micros(0.5)
    }

    private func round(_ number: Int, keepsBooks: Bool, _ load: Load) async throws -> Round {
        let county = try FleetCounty(root: folder.path("county-\(number)"), programs: programs, stations: stations)
        defer { _ = Tool.run("/bin/rm", ["-rf", county.root]) }
        let server = try county.serve(keepsBooks ? [] : ["--no-books"])
        defer { server.stop() }
        let tables = CountyTables(county)
        let connections = try await connect(load, to: server, of: county)
        var round = Round(keepsBooks: keepsBooks)
        let (driver, served) = (try ProcessorTime.secondsHere(), try server.processorSeconds())
        let start = clock.now
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            for (batches, connection) in zip(load.batches, connections) {
                tasks.addTask { for batch in batches { try await batch.send(over: connection) } }
            }
            try await tasks.waitForAll()
        }
        round.answered = start.duration(to: clock.now).seconds
        if keepsBooks { try await tables.waitForBooks(server) }
        round.seconds = start.duration(to: clock.now).seconds
        round.driver = try ProcessorTime.secondsHere() - driver
        round.server = try server.processorSeconds() - served
        for connection in connections { await connection.close() }
        server.stop()
        guard keepsBooks == tables.hasBooks else { throw BenchFault("books were kept where they are off, or not") }
        round.events = try tables.events()
        return round
    }

    /// Enrols the stations, and opens as many connections as batches are dealt out to.
    private func connect(
        _ load: Load,
        to server: FleetCounty.Server,
        of county: FleetCounty
    ) async throws -> [PlainConnection] {
        var all: [PlainConnection] = []
        for _ in load.batches { all.append(try await PlainConnection(port: server.port, group: group)) }
        for sender in load.senders { try await sender.enrol(county.token(for: sender.id), over: all[0]) }
        return all
    }

    // MARK: Figures

    private func show(_ load: Load, _ done: [Round], calibration: (before: Double, after: Double)) {
        let count = load.batches.reduce(0) { $0 + $1.count }
        print(
            "county-ingest: \(stations) stations, \(days) days, \(done[0].events) events in \(count) batches of "
                + "\(text(Double(load.bytes) / Double(count), 0)) bytes, signed and compressed before the clock starts"
        )
        print(
            "  over \(connections) connections, plain HTTP on loopback; calibration, 4 KiB overwritten durably, p50: "
                + "\(text(calibration.before)) us before, \(text(calibration.after)) us after"
        )
        print("              answered s   caught up s   events/s   driver of a core   server of a core")
        for round in done {
            print(
                "  books \(round.keepsBooks ? "on " : "off")   \(text(round.answered, 2))         "
                    + "\(round.keepsBooks ? text(round.seconds, 2) : "-   ")          \(text(round.rate, 0))      "
                    + "\(text(round.driver / round.seconds, 2))               \(text(round.server / round.seconds, 2))"
            )
        }
        let (on, off) = (rate(done.filter(\.keepsBooks)), rate(done.filter { !$0.keepsBooks }))
        print("  books on, all rounds    \(text(on, 0)) events/s \(Aim.atLeast(25_000).verdict(on))")
        print("  books off, all rounds   \(text(off, 0)) events/s")
        print("  on to off               \(text(on / off, 2)) \(Aim.atLeast(0.7, decimals: 2).verdict(on / off))")
    }

    private func rate(_ rounds: [Round]) -> Double {
        Double(rounds.reduce(0) { $0 + $1.events }) / rounds.reduce(0) { $0 + $1.seconds }
    }
}

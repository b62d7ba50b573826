import ArgumentParser

struct CountyIngest: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "county-ingest",
        abstract: "Recorded batches replayed to county-server, its books on and off.",
        discussion: """
            Simulates the stations, signs and compresses their batches, and sends them to fresh counties: with the books on \
            until these have caught up, with the books off (--no-books) to the last answer. Driver and server share the \
            machine; both name their processor time.
            """
    )

    @OptionGroup var places: BenchPlaces
    @Option(help: "Stations whose batches are sent.") var stations = 20
    @Option(help: "Days that each lives through.") var days = 31
    @Option(help: "Rounds of each kind; they alternate.") var rounds = 2
    @Option(help: "Connections over which the batches are sent: each of 20 stations has its own.") var connections = 20
    @Option(help: "The same seed gives the same events.") var seed: UInt64 = 1

    func validate() throws {
        guard (1...FleetPlan.stationsMax).contains(stations), days > 1, rounds > 0, connections > 0 else {
            throw ValidationError(
                "--stations is 1 to \(FleetPlan.stationsMax), --days at least 2, --rounds and --connections at least 1"
            )
        }
    }

    func run() async throws {
        let bench = try IngestBench(
            places,
            stations: stations,
            days: days,
            rounds: rounds,
            connections: connections,
            seed: seed
        )
        try await bench.run()
    }
}

struct CountyBooksCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "county-books",
        abstract: "Books of a whole county: made anew, read by pages while events come in, and at a start.",
        discussion: """
            --root is copied, not changed. The county that is made without it ends with today, so that pages of today have \
            figures to show; one that lockerbench fleet left ends where simulated days do.
            """
    )

    @OptionGroup var places: BenchPlaces
    @Option(help: "Folder of a county that a fleet left; without it one is made.") var root: String?
    @Option(help: "Stations of the county that is made.") var stations = 300
    @Option(help: "Days that each lives through.") var days = 31

    func validate() throws {
        guard (1...FleetPlan.stationsMax).contains(stations), days > 1 else {
            throw ValidationError("--stations is 1 to \(FleetPlan.stationsMax), --days at least 2")
        }
    }

    func run() async throws {
        try await BooksBench(places, given: root, stations: stations, days: days).run()
    }
}

struct CountyStart: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "county-start",
        abstract: "A start of the county's server over very many events.",
        discussion: """
            A few stations are simulated and send their days, which end today; their stored events are copied under the names \
            of other stations of the same registers, by SQL and with chains of their own, and the books are made by the \
            program's own rebuild. 3000 bytes an event must be free.
            """
    )

    @OptionGroup var places: BenchPlaces
    @Option(help: "Events of the county, at least.") var events = 10_000_000
    @Option(help: "Stations of the registers; as many as are needed get events.") var stations = 3_600
    @Option(help: "Stations that are simulated.") var simulated = 60
    @Option(help: "Days that each lives through.") var days = 31

    func validate() throws {
        guard events > 0, (1...FleetPlan.stationsMax).contains(stations), (1...stations).contains(simulated), days > 1
        else {
            throw ValidationError(
                "--events is at least 1, --stations 1 to \(FleetPlan.stationsMax), --simulated at most --stations, --days at "
                    + "least 2"
            )
        }
    }

    func run() async throws {
        let bench = try StartBench(places, events: events, stations: stations, simulated: simulated, days: days)
        try await bench.run()
    }
}

import ArgumentParser
import LockerDomain

/// Figures of this software on this machine, as ratios where the machine would blur them.
@main
struct Lockerbench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lockerbench",
        abstract: "Measures what the station promises; every disk figure stands beside a calibration of the same run.",
        subcommands: [
            All.self, Durable.self, Latency.self, Drain.self, Memory.self, Decide.self, Year.self, Simulate.self,
            CountyWaiters.self, CountyIngest.self, CountyBooksCommand.self, CountyStart.self,
            OracleCheck.self, Fleet.self,
        ],
        defaultSubcommand: All.self
    )
}

struct All: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Every benchmark, one after the other.")

    @OptionGroup var places: BenchPlaces

    func run() async throws {
        try DurableBench(places).run(rounds: 4_000)
        try await LatencyBench(places).run(scans: 2_000)
        try await DrainBench(places).run(events: 100_000)
        try MemoryBench(places).run(events: 1_000_000)
        DecideBench().run(milliseconds: 600)
    }
}

struct Durable: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "One durable event against an overwrite of 4 KiB.")

    @OptionGroup var places: BenchPlaces
    @Option var rounds = 4_000

    func run() throws { try DurableBench(places).run(rounds: rounds) }
}

struct Latency: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "From a typed code to the order for the pulse.")

    @OptionGroup var places: BenchPlaces
    @Option var scans = 2_000

    func run() async throws { try await LatencyBench(places).run(scans: scans) }
}

struct Drain: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Events sent to county-server a second.")

    @OptionGroup var places: BenchPlaces
    @Option var events = 100_000

    func run() async throws { try await DrainBench(places).run(events: events) }
}

struct Memory: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Memory and time to ready of lockerd, with a backlog.")

    @OptionGroup var places: BenchPlaces
    @Option var events = 1_000_000

    func run() throws { try MemoryBench(places).run(events: events) }
}

struct Year: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "How large the journal of a busy station becomes in a year."
    )

    @OptionGroup var places: BenchPlaces
    @Option(help: "Events a day; forty parcels make about 600.") var events = 3_000
    @Option var days = 365
    @Option(help: "Days that events are kept.") var keep = 180
    @Option(help: "Bound of the journal in MiB.") var mebibytes = 1_024

    func run() throws {
        let folder = try ScratchFolder(places.scratch, "year")
        let bounds = JournalBounds(days: keep, bytes: mebibytes << 20)
        try YearBench(folder: folder, eventsPerDay: events, days: days, bounds: bounds).run()
    }
}

/// Where the benchmarks work.
struct BenchPlaces: ParsableArguments {
    @Option(help: "Folder on the disk to measure; emptied afterwards.")
    var scratch = "/var/tmp/lockerbench"

    @Option(help: "Folder with lockerd and county-server.")
    var programs = ".build/release"
}

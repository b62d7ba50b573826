import ArgumentParser

struct CountyWaiters: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "county-waiters",
        abstract: "What stations cost county-server that wait for commands."
    )

    @OptionGroup var places: BenchPlaces
    @Option(help: "Stations that wait.") var stations = 2_200
    @Option(help: "Seconds for which the server is measured while they wait.") var seconds = 300
    @Option(help: "Batches a second, each of another station.") var batches = 100
    @Option(help: "Events of each batch.") var events = 5

    func validate() throws {
        guard stations > 0, seconds > 0, events > 0, (1...stations).contains(batches) else {
            throw ValidationError("each number is at least 1, and there are no more --batches than --stations")
        }
    }

    func run() async throws {
        try await WaitersBench(places, stations: stations, seconds: seconds, batches: batches, events: events).run()
    }
}

import ArgumentParser

struct Fleet: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "Sends the days of simulated stations to a real county-server, for Tests/Fleet/fleet.py to count again.",
        discussion: """
            Makes up the registers of a county (示例县), simulates its stations, enrols them, and sends what they wrote over \
            HTTP on loopback. The county and the events as they were sent are left for fleet.py.
            """
    )

    @Option(help: "Stations of the county.") var stations = 300
    @Option(help: "Days that each lives through.") var days = 31
    @Option(help: "Folder with county-server.") var programs = ".build/release"
    @Option(help: "Folder of the county; it holds none yet.") var root: String
    @Option(help: "File that every event is written to, one a line.") var raw: String
    @Option(help: "The same seed gives the same events.") var seed: UInt64 = 1
    @Option(help: "Connections over which they are sent.") var connections = FleetRun.connections

    func validate() throws {
        guard (1...FleetPlan.stationsMax).contains(stations), days > 1, connections > 0 else {
            throw ValidationError(
                "--stations is 1 to \(FleetPlan.stationsMax), --days at least 2, --connections at least 1"
            )
        }
    }

    func run() async throws {
        let county = try FleetCounty(root: root, programs: programs, stations: stations)
        let villages = try county.villageOfStation()
        var plan = FleetPlan(seed: seed, stations: villages.keys.sorted(), days: days)
        try plan.name(county.villages(), own: villages)
        try await FleetRun(plan: plan, county: county, raw: raw, connections: connections).run()
    }
}

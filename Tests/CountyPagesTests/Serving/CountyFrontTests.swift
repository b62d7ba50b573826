import CountyPages
import Hummingbird
import HummingbirdTesting
import Logging
import Testing

@Suite("One door for stations and people")
struct CountyFrontTests {
    @Test("stations' calls go to their router, everything else is a page")
    func paths() async throws {
        let stations = Router(context: BasicRequestContext.self)
        stations.get("healthz") { _, _ in "ok" }
        for base in ["", "/locker"] { stations.get("\(base)/v1/stations/:station/commands") { _, _ in "commands" } }
        let server = try PageServer(Office().desk())
        let front = CountyFront(stations: stations.buildResponder(), pages: server, stationPrefix: "/locker")
        var quiet = Logger(label: "county-pages")
        quiet.logLevel = .critical
        try await Application(responder: front, logger: quiet).test(.router) { client in
            func status(_ path: String) async throws -> (Int, String) {
                let answer = try await client.executeRequest(uri: path, method: .get, headers: [:], body: nil)
                return (answer.status.code, String(buffer: answer.body))
            }
            #expect(try await status("/healthz") == (200, "ok"))
            #expect(try await status("/v1/stations/a/commands") == (200, "commands"))
            #expect(try await status("/locker/v1/stations/a/commands") == (200, "commands"))
            let none = try await status("/v1/none")
            #expect(none.0 == 404 && !none.1.contains("<html"))
            #expect(try await status("/v1x").1.contains("<html"))
            #expect(try await status("/login").0 == 200)
        }
    }
}

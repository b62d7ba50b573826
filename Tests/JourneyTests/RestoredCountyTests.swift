import Foundation
import Testing

@Suite("A county that comes back from its backup, with the real programs", .serialized)
struct RestoredCountyTests {
    private func badge(_ person: Int, in scratch: Scratch) throws -> String {
        let json = try scratch.run(
            "county-server",
            ["badge", "--station", "test-1", "--person", "\(person)", "--role", "keeper", "--pin", "246810", "--json"]
        ).output
        let badge = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
        return try #require(badge?["id"] as? String)
    }

    private func revoke(_ badge: String, in scratch: Scratch) throws {
        #expect(try scratch.run("county-server", ["revoke-badge", badge]).status == 0)
    }

    /// Waits until the station has done it, and counts how often.
    private func revoked(_ badge: String, in scratch: Scratch) throws -> Int {
        var count = 0
        try scratch.wait("\(badge) to be revoked", seconds: 60) {
            let events = try scratch.run("lockerctl", ["events", "--json", "--limit", "500"]).output
            count = events.split(separator: "\n").count { $0.contains("badgeRevoked") && $0.contains(badge) }
            return count > 0
        }
        return count
    }

    @Test("a badge that it revokes under a number that was used stops working, and nothing is done twice")
    func restored() throws {
        let scratch = try Scratch()
        let port = 20_000 + Int.random(in: 0..<20_000)
        try scratch.configure(county: "http://127.0.0.1:\(port)")
        try scratch.write(
            "port = \(port)\npublic_url = \"http://127.0.0.1:\(port)\"\n",
            to: "etc/county-server/county.toml"
        )
        var county = try scratch.serve(port: port)
        let token = try scratch.run("county-server", ["enrol-token", "test-1"]).output
        let lockerd = try scratch.start()
        #expect(
            try scratch.run("lockerctl", ["enrol", token.trimmingCharacters(in: .whitespacesAndNewlines)]).status == 0
        )
        let badges = try (1...4).map { try badge($0, in: scratch) }
        try revoke(badges[0], in: scratch)
        #expect(try revoked(badges[0], in: scratch) == 1)

        #expect(scratch.stop(county) == 0)
        let books = "\(scratch.root)/var/lib/county-server"
        try FileManager.default.copyItem(atPath: books, toPath: books + ".kept")
        county = try scratch.serve(port: port)
        for badge in badges[1...2] {
            try revoke(badge, in: scratch)
            #expect(try revoked(badge, in: scratch) == 1)
        }
        #expect(scratch.stop(county) == 0)
        try FileManager.default.removeItem(atPath: books)
        try FileManager.default.moveItem(atPath: books + ".kept", toPath: books)

        county = try scratch.serve(port: port)
        try revoke(badges[3], in: scratch)
        // What it scans next makes the station send, and the county ask again for what it has lost.
        _ = try scratch.run("lockerctl", ["scan", "SOMETHING"])
        #expect(try revoked(badges[3], in: scratch) == 1)
        for badge in badges { #expect(try revoked(badge, in: scratch) == 1) }
        let stations = try scratch.run("county-server", ["stations"]).output
        #expect(!stations.contains("CHECK"), "\(stations)")
        #expect(scratch.stop(lockerd) == 0)
        #expect(scratch.stop(county) == 0)
    }
}

import GRDB
import Testing

@Suite("Tokens for stations, with the real program")
struct EnrolTokenTests {
    @Test("a token works a day, or as many days as are asked for, from 1 to 30")
    func days() throws {
        let scratch = try Scratch()
        try scratch.write("port = 8480\n", to: "etc/county-server/county.toml")
        for options in [[], ["--days", "1"], ["--days", "30"]] {
            let made = try scratch.run("county-server", ["enrol-token", "test-1"] + options)
            #expect(made.status == 0, "\(options): \(made.errors)")
        }
        for days in ["0", "31"] {
            let refused = try scratch.run("county-server", ["enrol-token", "test-1", "--days", days])
            #expect(refused.status == 64, "\(days)")
            #expect(
                refused.errors.contains("--days is not a number from 1 to 30 (有效天数应为 1 至 30): correct it"),
                "\(refused.errors)"
            )
        }
        let books = try DatabaseQueue(path: "\(scratch.root)/var/lib/county-server/county.sqlite")
        let lives = try books.read { db in
            try Int64.fetchAll(db, sql: "SELECT expires - created FROM enrolment ORDER BY 1")
        }
        #expect(lives == [86_400_000, 86_400_000, 2_592_000_000])
    }
}

import Foundation
import Testing

@Suite("A new board becomes a station", .serialized)
struct CommissionTests {
    private static let token =
        "VLE1.yc-beiliu-0231.\(String(repeating: "ab", count: 16)).\(String(repeating: "cd", count: 32))"

    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        try scratch.write(
            """
            [station]
            id = "example-0000"
            [county]
            url = "http://127.0.0.1:9"
            [board]
            driver = "simulated"
            profile = "simulated-12"
            """,
            to: "etc/lockerd/station.toml"
        )
        for (name, sizes) in [("simulated-12", "SML"), ("wired-1", "M")] {
            let doors = sizes.enumerated().map { number, size in
                "[[door]]\nname = \"A0\(number + 1)\"\nsize = \"\(size)\"\n"
                    + (name == "wired-1" ? "lock = { chip = \"no-such-chip\", line = 1 }\n" : "")
            }
            try scratch.write(doors.joined(), to: "usr/share/villagelocker/boards/\(name).toml")
        }
    }

    private var overlay: String { "\(scratch.root)/etc/lockerd/station.d/10-enrolment.toml" }

    private func commission(_ text: String) throws -> Scratch.Outcome {
        try scratch.write(text, to: "enrol.toml")
        return try scratch.run("lockerd", ["--commission", "\(scratch.root)/enrol.toml"])
    }

    private func status() throws -> String { try scratch.run("lockerctl", ["status", "--json"]).output }

    @Test("the example says that it is one, and leaves nothing in the books of the station that follows")
    func example() throws {
        var lockerd = try scratch.start()
        #expect(try status().contains("示例站点"))
        #expect(try scratch.run("lockerctl", ["scan", "RUBBISH"]).status == 0)
        #expect(scratch.stop(lockerd) == 0)
        let made = try commission(
            "token = \"\(Self.token)\"\ncounty = \"http://127.0.0.1:9/locker\"\nvillage = \"140522102206\"\n"
        )
        #expect(made.status == 0, "\(made.errors)")
        #expect(made.output.contains(#""station":"yc-beiliu-0231""#))
        lockerd = try scratch.start()
        #expect(try status().contains("yc-beiliu-0231"))
        #expect(try !status().contains("示例站点"))
        let events = try scratch.run("lockerctl", ["events", "--json"]).output
        #expect(events.contains("yc-beiliu-0231") && !events.contains("RUBBISH"), "\(events)")
        #expect(scratch.stop(lockerd) == 0)
    }

    @Test("a board whose wires are wrong is set up all the same, and they are named")
    func wires() throws {
        let made = try commission("token = \"\(Self.token)\"\ncounty = \"http://127.0.0.1:9\"\nboard = \"wired-1\"\n")
        #expect(made.status == 0, "\(made.errors)")
        #expect(made.output.contains("A01") && made.output.contains("no-such-chip"), "\(made.output)")
    }

    @Test("an enrolment says that the doors are simulated: somebody may have forgotten the board's profile")
    func simulated() throws {
        let made = try commission("token = \"\(Self.token)\"\ncounty = \"http://127.0.0.1:9\"\n")
        #expect(made.status == 0, "\(made.errors)")
        #expect(made.output.contains("no lock moves") && made.output.contains("柜门是模拟的"), "\(made.output)")
    }

    @Test(
        "what cannot be is named, and nothing is changed",
        arguments: [
            ("token = \"VLE1.short\"\ncounty = \"http://127.0.0.1:9\"\n", "enrol.toml:1: token is no"),
            ("county = \"http://127.0.0.1:9\"\ntoken = \"VLE1.short\"\n", "enrol.toml:2: token is no"),
            ("token = \"TOKEN\"\n", "county is missing"),
            ("token = \"TOKEN\"\ncounty = \"http://127.0.0.1:9\"\nboard = \"raspbery\"\n", "enrol.toml:3: no board"),
            ("token = \"TOKEN\"\ncounty = \"http://127.0.0.1:9\"\nboard = \"\"\n", "enrol.toml:3: board is not chosen"),
            ("token = \"TOKEN\"\ncounty = \"http//127.0.0.1:9\"\n", "enrol.toml:2: county is no"),
            ("token = “TOKEN”\ncounty = \"http://127.0.0.1:9\"\n", "enrol.toml:1: "),
            ("token = \"TOKEN\"\ncounty = \"http://127.0.0.1:9\"\nvillage = \"14\"\n", "enrol.toml:3: village is"),
            ("token = \"TOKEN\"\ncounty = \"http://127.0.0.1:9\"\nbord = \"wired-1\"\n", "enrol.toml:3"),
        ]
    )
    func refused(_ text: String, _ words: String) throws {
        let made = try commission(text.replacingOccurrences(of: "TOKEN", with: Self.token))
        #expect(made.status == 78)
        #expect(made.errors.contains(words), "\(made.errors)")
        #expect(
            made.errors.contains(/\p{Script=Han}.*;.*\p{Script=Han}/),
            "cause and fix in Chinese, too: \(made.errors)"
        )
        #expect(!FileManager.default.fileExists(atPath: overlay))
        #expect(try scratch.run("lockerd", ["--check"]).output.contains("example-0000"))
    }

    @Test("one that is refused is never written: the configuration before stays, byte by byte, and so does its file")
    func neverWritten() throws {
        let good = "token = \"\(Self.token)\"\ncounty = \"http://127.0.0.1:9\"\nboard = \"simulated-12\"\n"
        #expect(try commission(good).status == 0)
        func state() throws -> (Data, Date?) {
            let attributes = try FileManager.default.attributesOfItem(atPath: overlay)
            return (try Data(contentsOf: URL(filePath: overlay)), attributes[.modificationDate] as? Date)
        }
        let before = try state()
        let refused = try commission(good.replacingOccurrences(of: "simulated-12", with: "raspbery"))
        #expect(refused.status == 78, "\(refused.errors)")
        #expect(try state() == before)
        #expect(try scratch.run("lockerd", ["--check"]).status == 0)
    }

    @Test("nobody but root and lockerd reads the file that is made of it")
    func mode() throws {
        #expect(try commission("token = \"\(Self.token)\"\ncounty = \"http://127.0.0.1:9\"\n").status == 0)
        #expect(try FileManager.default.attributesOfItem(atPath: overlay)[.posixPermissions] as? Int == 0o640)
    }

    @Test("the same file again changes nothing, and says so: a board tries it until the county is reached")
    func again() throws {
        let text = "token = \"\(Self.token)\"\ncounty = \"http://127.0.0.1:9\"\nboard = \"simulated-12\"\n"
        #expect(try commission(text).output.contains(#""isChanged":true"#))
        let again = try commission(text)
        #expect(again.status == 0 && again.output.contains(#""isChanged":false"#), "\(again.output)")
        let other = try commission(text + "village = \"140522102206\"\n")
        #expect(other.output.contains(#""isChanged":true"#), "\(other.output)")
    }

    @Test("a token for another station changes nothing at one that is set up")
    func anotherStation() throws {
        try scratch.configure()
        let made = try commission("token = \"\(Self.token)\"\ncounty = \"http://127.0.0.1:9\"\n")
        #expect(made.status == 78)
        #expect(made.errors.contains("this board is station test-1"), "\(made.errors)")
        #expect(!FileManager.default.fileExists(atPath: overlay))
    }

    @Test("the journal of another station is not gone on with, and nothing of it is touched")
    func journalOfAnother() throws {
        try scratch.configure()
        var lockerd = try scratch.start()
        #expect(scratch.stop(lockerd) == 0)
        let journal = "\(scratch.root)/var/lib/lockerd/journal.sqlite"
        let before = try Data(contentsOf: URL(filePath: journal))
        let text = try String(contentsOfFile: "\(scratch.root)/etc/lockerd/station.toml", encoding: .utf8)
        try scratch.write(text.replacingOccurrences(of: "test-1", with: "test-2"), to: "etc/lockerd/station.toml")
        lockerd = try scratch.start()
        let status = try status()
        #expect(status.contains("is that of station test-1, the configuration says test-2"), "\(status)")
        #expect(scratch.stop(lockerd) == 0)
        #expect(try Data(contentsOf: URL(filePath: journal)) == before)
    }
}

import Foundation
import Testing

@Suite("Bad input to the real programs", .serialized)
struct BadInputTests {
    @Test("a missing configuration names the file and the mend")
    func missing() throws {
        let scratch = try Scratch()
        let outcome = try scratch.run("lockerd", ["--check"])
        #expect(outcome.status == 78)
        #expect(outcome.errors.contains("etc/lockerd/station.toml"))
        #expect(outcome.errors.contains("missing"))
    }

    @Test("a broken line is named by its number")
    func brokenLine() throws {
        let scratch = try Scratch()
        try scratch.configure("holdhours = = 3")
        let outcome = try scratch.run("lockerd", [])
        #expect(outcome.status == 78)
        #expect(outcome.errors.contains("station.toml:16"), "\(outcome.errors)")
    }

    @Test(
        "a county.toml that would end the parser is named by its line",
        arguments: ["[[[x]]]", "[=]", "a = [\"b\", }"]
    )
    func countyConfiguration(line: String) throws {
        let scratch = try Scratch()
        try scratch.write("port = 8480\n\(line)\n", to: "etc/county-server/county.toml")
        let outcome = try scratch.run("county-server", ["stations"])
        #expect(outcome.status > 0 && outcome.status < 128, "\(outcome.status)")
        #expect(outcome.errors.contains("county.toml:2"), "\(outcome.errors)")
    }

    @Test("a journal that is no database is kept, reported, and the station starts with contents unknown")
    func noDatabase() throws {
        let scratch = try Scratch()
        try scratch.configure()
        try scratch.write(String(repeating: "not a database ", count: 4_000), to: "var/lib/lockerd/journal.sqlite")
        let lockerd = try scratch.start()
        #expect(FileManager.default.fileExists(atPath: "\(scratch.root)/var/lib/lockerd/journal.sqlite.damaged-1"))
        let events = try scratch.run("lockerctl", ["events", "--json"]).output
        #expect(events.split(separator: "\n").first?.contains("station.journalReplaced") == true, "\(events)")
        let doors = try scratch.run("lockerctl", ["doors", "--json"]).output
        #expect(doors.components(separatedBy: "\"unknown\"").count == 3, "\(doors)")
        #expect(try scratch.run("lockerctl", ["status", "--json"]).output.contains("damaged-1"))
        #expect(scratch.stop(lockerd) == 0)
    }

    @Test("a station that lost its journal and has its keys asks for no token, and says why the county is not reached")
    func lostJournal() throws {
        let scratch = try Scratch()
        try scratch.configure()
        try scratch.giveKeys()
        try scratch.write(String(repeating: "not a database ", count: 4_000), to: "var/lib/lockerd/journal.sqlite")
        let lockerd = try scratch.start()
        let status = try scratch.run("lockerctl", ["status"]).output
        #expect(status.contains(/Enrolled 登记 +yes/), "\(status)")
        #expect(!status.contains("lockerctl enrol"), "\(status)")
        try scratch.wait("the fault of the link", seconds: 120) {
            let link = try scratch.run("lockerctl", ["uplink", "status"]).output
            return link.contains("connection refused") && link.contains("拒绝连接") && link.contains("(events)")
        }
        #expect(scratch.stop(lockerd) == 0)
    }

    @Test("a root that is given from here is no folder at the top")
    func relativeRoot() throws {
        let scratch = try Scratch()
        try scratch.configure()
        let lockerd = try scratch.start(isRootRelative: true)
        for file in ["journal.sqlite", "journal.sqlite.reserve"] {
            #expect(FileManager.default.fileExists(atPath: "\(scratch.root)/var/lib/lockerd/\(file)"), "\(file)")
        }
        #expect(scratch.stop(lockerd) == 0)
    }

    @Test("a journal that is gone, at a station that has its keys, leaves no door free")
    func missingJournal() throws {
        let scratch = try Scratch()
        try scratch.configure()
        try scratch.giveKeys()
        for _ in 1...2 {
            let lockerd = try scratch.start()
            let doors = try scratch.run("lockerctl", ["doors", "--json"]).output
            #expect(doors.components(separatedBy: "\"unknown\"").count == 3, "\(doors)")
            #expect(scratch.stop(lockerd) == 0)
        }
        let lockerd = try scratch.start()
        let events = try scratch.run("lockerctl", ["events", "--json"]).output
        #expect(events.components(separatedBy: "station.journalReplaced").count == 2, "said once: \(events)")
        #expect(scratch.stop(lockerd) == 0)
    }

    @Test("a journal that is gone, at a station that was never enrolled, leaves no door free either")
    func missingWithoutCounty() throws {
        let scratch = try Scratch()
        try scratch.configure()
        let first = try scratch.start()
        #expect(scratch.stop(first) == 0)
        let data = "\(scratch.root)/var/lib/lockerd"
        for file in try FileManager.default.contentsOfDirectory(atPath: data) where file != "keys" {
            try FileManager.default.removeItem(atPath: "\(data)/\(file)")
        }
        let second = try scratch.start()
        let doors = try scratch.run("lockerctl", ["doors", "--json"]).output
        #expect(doors.components(separatedBy: "\"unknown\"").count == 3, "\(doors)")
        let words = try scratch.run("lockerctl", ["status"]).output.split(whereSeparator: \.isWhitespace)
        #expect(words.joined(separator: " ").contains("was gone"))
        #expect(scratch.stop(second) == 0)
    }

    @Test("a journal with a page of rubbish in the middle is kept, and the station starts")
    func damagedPage() throws {
        let scratch = try Scratch()
        try scratch.configure()
        let first = try scratch.start()
        for number in 0..<40 { try scratch.run("lockerctl", ["scan", "RUBBISH-\(number)"]) }
        #expect(scratch.stop(first) == 0)
        let path = "\(scratch.root)/var/lib/lockerd/journal.sqlite"
        var bytes = try Data(contentsOf: URL(filePath: path))
        for index in stride(from: 4_096, to: bytes.count, by: 1) {
            bytes[index] = UInt8(truncatingIfNeeded: index &* 31)
        }
        try bytes.write(to: URL(filePath: path))
        // It has all pages still: the stop wrote them back, and nothing has begun it anew since.
        try FileManager.default.removeItem(atPath: path + "-wal")
        let second = try scratch.start()
        #expect(FileManager.default.fileExists(atPath: path + ".damaged-1"))
        #expect(try scratch.run("lockerctl", ["events", "--json"]).output.contains("station.journalReplaced"))
        #expect(scratch.stop(second) == 0)
    }

    @Test("a scan of 10,000 characters and one of control bytes get a clear answer and an event")
    func oddScans() throws {
        let scratch = try Scratch()
        try scratch.configure()
        let lockerd = try scratch.start()
        let long = try scratch.run("lockerctl", ["scan", String(repeating: "7", count: 10_000)])
        #expect(long.output.contains("Cannot read it"), "\(long.output)\(long.errors)")
        let control = try scratch.run("lockerctl", ["scan", "AB\u{01}\u{02}CD"])
        #expect(control.output.contains("Cannot read it"), "\(control.output)\(control.errors)")
        let events = try scratch.run("lockerctl", ["events", "--json"]).output
        #expect(events.components(separatedBy: "\"reason\":\"unreadable\"").count == 3)
        #expect(scratch.stop(lockerd) == 0)
    }

    @Test("lockerctl without a daemon names the socket and the mend")
    func noDaemon() throws {
        let scratch = try Scratch()
        let outcome = try scratch.run("lockerctl", ["status"])
        #expect(outcome.status == 69)
        #expect(outcome.errors.contains("control.sock"))
        #expect(outcome.errors.contains("start lockerd"))
    }

    @Test("an address that answers with a web page is not the county")
    func portal() throws {
        let scratch = try Scratch()
        let port = 20_000 + Int.random(in: 0..<20_000)
        let portal = Process()
        portal.executableURL = URL(filePath: "/usr/bin/python3")
        portal.arguments = [
            "-m", "http.server", "\(port)", "--bind", "127.0.0.1", "--directory", scratch.root,
        ]
        portal.standardOutput = FileHandle.nullDevice
        portal.standardError = FileHandle.nullDevice
        try portal.run()
        // A page server that inherits a blocked SIGTERM never hears it.
        defer { Scratch.end(portal, SIGKILL) }
        try scratch.wait("the portal to listen", seconds: 120) { Scratch.listens(port) }
        try scratch.configure(county: "http://127.0.0.1:\(port)")
        let lockerd = try scratch.start()
        let digest = String(repeating: "ab", count: 32)
        let outcome = try scratch.run(
            "lockerctl",
            ["enrol", "VLE1.test-1.00112233445566778899aabbccddeeff.\(digest)"]
        )
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("not the county"), "\(outcome.errors)")
        #expect(scratch.stop(lockerd) == 0)
    }
}

import Foundation
import Testing

@Suite("The real daemon runs, says what is missing, and comes back by itself", .serialized)
struct AlwaysRunsTests {
    /// As JSON: lines for people are broken at 80 columns.
    private func status(_ scratch: Scratch) throws -> String {
        try scratch.run("lockerctl", ["status", "--json"]).output
    }

    @Test("a data folder that cannot be made: red, the key, the cause; mended, the station works in the same process")
    func noFolder() throws {
        let scratch = try Scratch()
        try scratch.configure()
        try scratch.write("", to: "var/lib/lockerd")
        let lockerd = try scratch.start()
        #expect(try status(scratch).contains("is a file, no folder"))
        #expect(try status(scratch).contains(#""storage":"failed""#))
        #expect(try scratch.run("lockerctl", ["status"]).output.contains("not open"))
        let scan = try scratch.run("lockerctl", ["scan", "18081673", "--keypad", "--json"])
        #expect(scan.output.contains("Storage failed. Use the key") && scan.output.contains("red"), "\(scan.output)")
        let parcels = try scratch.run("lockerctl", ["parcels"])
        #expect(parcels.status != 0 && parcels.errors.contains("the journal is not open"), "\(parcels.errors)")
        try FileManager.default.removeItem(atPath: "\(scratch.root)/var/lib/lockerd")
        try scratch.wait("the journal", seconds: 60) { try !status(scratch).contains("is a file, no folder") }
        // The folder is there a moment before the journal in it is.
        try scratch.wait("the first event", seconds: 60) {
            try scratch.run("lockerctl", ["events", "--json"]).output.contains("station.started")
        }
        #expect(try scratch.run("lockerctl", ["scan", "RUBBISH"]).status == 0)
        #expect(scratch.stop(lockerd) == 0)
    }

    @Test("a journal that is a folder is named as that, and a stop ends the waiting")
    func journalFolder() throws {
        let scratch = try Scratch()
        try scratch.configure()
        try scratch.write("", to: "var/lib/lockerd/journal.sqlite/inside")
        let lockerd = try scratch.start()
        #expect(try status(scratch).contains("journal.sqlite is a folder: move it away"))
        #expect(scratch.stop(lockerd) == 0)
    }

    @Test("damaged keys: the journal goes on, the cause is said, no door is free; put back, they are read again")
    func keys() throws {
        let scratch = try Scratch()
        try scratch.configure()
        try scratch.write("{", to: "var/lib/lockerd/keys/station.json")
        let lockerd = try scratch.start()
        #expect(try status(scratch).contains("keys unusable"))
        #expect(try scratch.run("lockerctl", ["scan", "RUBBISH"]).status == 0)
        #expect(try scratch.run("lockerctl", ["events", "--json"]).output.contains("RUBBISH"))
        let doors = try scratch.run("lockerctl", ["doors", "--json"]).output
        #expect(doors.components(separatedBy: "\"unknown\"").count == 3, "\(doors)")
        try scratch.giveKeys()
        try scratch.wait("the keys", seconds: 60) {
            let status = try status(scratch)
            return status.contains(#""enrolled":true"#) && !status.contains("keys unusable")
        }
        #expect(scratch.stop(lockerd) == 0)
    }

    @Test("a bad policy of the county is left out and said; mended, it counts without a restart by anybody")
    func policy() throws {
        let scratch = try Scratch()
        try scratch.configure()
        func holdHours() throws -> Bool {
            try scratch.run("lockerctl", ["promise", "--json"]).output.contains(#""holdHours":24"#)
        }
        try scratch.write("[policy]\nhold_hours = = 24\n", to: "var/lib/lockerd/county.toml")
        #expect(try scratch.run("lockerd", ["--check"]).status == 78)
        let lockerd = try scratch.start()
        #expect(try status(scratch).contains("county.toml:2"))
        #expect(try !holdHours())
        try scratch.write("[policy]\nhold_hours = 24\n", to: "var/lib/lockerd/county.toml")
        try scratch.wait("the policy", seconds: 60) { try holdHours() }
        #expect(try !status(scratch).contains("county.toml"))
        #expect(lockerd.isRunning)
        #expect(try scratch.run("lockerctl", ["scan", "RUBBISH"]).status == 0)
        #expect(scratch.stop(lockerd) == 0)
    }

    @Test("without its control socket the station works, and has it when the place is free")
    func socket() throws {
        let scratch = try Scratch()
        try scratch.configure()
        try scratch.write("", to: "run/lockerd/control.sock")
        let lockerd = try scratch.launch()
        try scratch.wait("the station", seconds: 60) {
            scratch.log.contains("is ready") && scratch.log.contains("exists and is not a socket")
        }
        try FileManager.default.removeItem(atPath: "\(scratch.root)/run/lockerd/control.sock")
        try scratch.wait("the socket", seconds: 60) { try scratch.run("lockerctl", ["status"]).status == 0 }
        #expect(try !status(scratch).contains("is not a socket"))
        #expect(scratch.stop(lockerd) == 0)
    }

    @Test("a second daemon on the same folder ends with the reason")
    func second() throws {
        let scratch = try Scratch()
        try scratch.configure()
        let lockerd = try scratch.start()
        let other = try scratch.run("lockerd", [])
        #expect(other.status == 1)
        #expect(other.errors.contains("another lockerd works in"), "\(other.errors)")
        #expect(try scratch.run("lockerctl", ["status"]).status == 0)
        #expect(scratch.stop(lockerd) == 0)
    }

    @Test("neither a county that does not answer an enrolment nor half a request holds up a stop")
    func stop() throws {
        let scratch = try Scratch()
        // The kernel takes connections to it, and nobody answers.
        let county = try Listener()
        try scratch.configure(county: "http://127.0.0.1:\(county.port)")
        let lockerd = try scratch.start()
        let enrol = Process()
        enrol.executableURL = URL(filePath: "\(Scratch.programs)/lockerctl")
        let token = "VLE1.test-1.00112233445566778899aabbccddeeff.\(String(repeating: "ab", count: 32))"
        enrol.arguments = ["enrol", token, "--root", scratch.root]
        (enrol.standardOutput, enrol.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
        try enrol.run()
        defer { Scratch.end(enrol, SIGKILL) }
        let half = try HalfRequest(at: "\(scratch.root)/run/lockerd/control.sock")
        try scratch.wait("the enrolment", seconds: 60) { county.hasCaller }
        let began = Date()
        #expect(scratch.stop(lockerd) == 0)
        #expect(Date().timeIntervalSince(began) < 15)
        withExtendedLifetime(half) {}
    }
}

/// A port on loopback that takes connections and says nothing.
private final class Listener {
    private let descriptor: Int32
    let port: Int

    init() throws {
        descriptor = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let code = withUnsafeMutablePointer(to: &address) { [descriptor] pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && listen(descriptor, 8) == 0
                    ? getsockname(descriptor, $0, &length) : -1
            }
        }
        try #require(code == 0)
        port = Int(in_port_t(bigEndian: address.sin_port))
    }

    deinit { close(descriptor) }

    /// Whether somebody waits to be taken.
    var hasCaller: Bool {
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&entry, 1, 0) == 1
    }
}

/// A connection to a control socket with half a request on it.
private final class HalfRequest {
    private let descriptor: Int32

    init(at path: String) throws {
        descriptor = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let code = withUnsafePointer(to: &address) { [descriptor] pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        try #require(code == 0)
        let text = Array("POST /v1/scan HTTP/1.1\r\nHost: station\r\nContent-Length: 100\r\n\r\n{".utf8)
        try #require(write(descriptor, text, text.count) == text.count)
    }

    deinit { close(descriptor) }
}

import Foundation
import Testing

/// A folder of one test with the real programs, as they were built beside the test.
final class Scratch {
    let root: String
    private var running: [Process] = []

    init() throws {
        root = "\(NSTemporaryDirectory())/villagelocker-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: "\(root)/etc/lockerd", withIntermediateDirectories: true)
    }

    deinit {
        for process in running where process.isRunning { Self.end(process, SIGKILL) }
        try? FileManager.default.removeItem(atPath: root)
    }

    /// Folder with the programs under test.
    static var programs: String {
        URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent().path
    }

    struct Outcome {
        var status: Int32
        var output: String
        var errors: String
    }

    /// Runs a program to its end, at most so long.
    @discardableResult
    func run(_ name: String, _ arguments: [String], seconds: Double = 120) throws -> Outcome {
        let process = Process()
        process.executableURL = URL(filePath: "\(Self.programs)/\(name)")
        process.arguments = arguments + ["--root", root]
        let (output, errors) = ("\(root)/\(name).out", "\(root)/\(name).err")
        try Data().write(to: URL(filePath: output))
        try Data().write(to: URL(filePath: errors))
        process.standardOutput = FileHandle(forWritingAtPath: output)
        process.standardError = FileHandle(forWritingAtPath: errors)
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let end = Date().addingTimeInterval(seconds)
        while process.isRunning, Date() < end { usleep(10_000) }
        if process.isRunning {
            Self.end(process, SIGKILL)
            Issue.record("\(name) \(arguments) took more than \(seconds) s")
        }
        return Outcome(
            status: process.terminationStatus,
            output: try String(contentsOfFile: output, encoding: .utf8),
            errors: try String(contentsOfFile: errors, encoding: .utf8)
        )
    }

    /// Starts lockerd and waits until it answers on its socket.
    ///
    /// - Parameter isRootRelative: whether its root is given from the folder above.
    func start(isRootRelative: Bool = false, seconds: Double = 120) throws -> Process {
        let process = try launch(isRootRelative: isRootRelative)
        try wait("lockerd to answer", seconds: seconds) { try run("lockerctl", ["status"]).status == 0 }
        return process
    }

    /// What lockerd has logged so far.
    var log: String { (try? String(contentsOfFile: "\(root)/lockerd.log", encoding: .utf8)) ?? "" }

    /// Starts lockerd and returns at once. `variables` stand in its environment beside those of the test.
    func launch(isRootRelative: Bool = false, variables: [String: String] = [:]) throws -> Process {
        let (process, folder) = (Process(), URL(filePath: root))
        process.environment = ProcessInfo.processInfo.environment.merging(variables) { $1 }
        process.executableURL = URL(filePath: "\(Self.programs)/lockerd")
        process.arguments = ["--root", isRootRelative ? folder.lastPathComponent : root]
        process.currentDirectoryURL = folder.deletingLastPathComponent()
        let log = "\(root)/lockerd.log"
        if !FileManager.default.fileExists(atPath: log) { try Data().write(to: URL(filePath: log)) }
        let handle = FileHandle(forWritingAtPath: log)
        handle?.seekToEndOfFile()
        process.standardOutput = handle
        process.standardError = handle
        try process.run()
        running.append(process)
        return process
    }

    /// Starts the county's server and waits until it listens.
    func serve(port: Int) throws -> Process {
        let process = Process()
        process.executableURL = URL(filePath: "\(Self.programs)/county-server")
        process.arguments = ["serve", "--root", root]
        let log = "\(root)/county.log"
        if !FileManager.default.fileExists(atPath: log) { try Data().write(to: URL(filePath: log)) }
        let handle = FileHandle(forWritingAtPath: log)
        handle?.seekToEndOfFile()
        process.standardOutput = handle
        process.standardError = handle
        try process.run()
        running.append(process)
        try wait("county-server to listen", seconds: 60) { Self.listens(port) }
        return process
    }

    /// Sends SIGTERM and waits; returns the exit status, or -1 when it did not end.
    func stop(_ process: Process) -> Int32 {
        Self.end(process, SIGTERM) ? process.terminationStatus : -1
    }

    /// Sends a signal and waits for the end. `waitUntilExit` would wait for a run loop that tests do not have.
    @discardableResult
    static func end(_ process: Process, _ signal: Int32) -> Bool {
        kill(process.processIdentifier, signal)
        let end = Date().addingTimeInterval(60)
        while process.isRunning, Date() < end { usleep(10_000) }
        return !process.isRunning
    }

    /// Waits for something outside this process, at most so long.
    func wait(_ what: String, seconds: Double, until holds: () throws -> Bool) throws {
        let end = Date().addingTimeInterval(seconds)
        while !(try holds()) {
            guard Date() < end else {
                Issue.record("waited \(seconds) s for \(what)\n\(log.suffix(2_000))")
                return
            }
            usleep(50_000)
        }
    }

    /// Whether something listens on the loopback port.
    static func listens(_ port: Int) -> Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }

    func configure(_ extra: String = "", county: String = "http://127.0.0.1:9") throws {
        try write(
            """
            [station]
            id = "test-1"
            [county]
            url = "\(county)"
            [board]
            driver = "simulated"
            [[door]]
            name = "A01"
            size = "M"
            [[door]]
            name = "A02"
            size = "L"
            [[scanner]]
            match = { usb = "0000:0002" }
            role = "keypad"
            \(extra)
            """,
            to: "etc/lockerd/station.toml"
        )
    }

    /// The keys of a station that is enrolled.
    func giveKeys() throws {
        let key = String(repeating: "07", count: 32)
        // SHA-256 over the five.
        let check = "c37172a559cb51a6c5fe21c21e079d1e6160ffc21e53464e34de4689809f7fea"
        let county = #"{"signingKey":"\#(key)","exchangeKey":"\#(key)","codeKey":"\#(key)"}"#
        try write(
            #"{"signing":"\#(key)","exchange":"\#(key)","county":\#(county),"check":"\#(check)"}"#,
            to: "var/lib/lockerd/keys/station.json"
        )
        try write("[]", to: "var/lib/lockerd/keys/pins.json")
    }

    func write(_ text: String, to path: String) throws {
        let url = URL(filePath: "\(root)/\(path)")
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try Data(text.utf8).write(to: url)
    }
}

import Foundation
import NIOPosix

/// A real `county-server` that serves on loopback, and what it costs.
struct ServedCounty {
    let port: Int
    private let folder: ScratchFolder
    private let program: String
    private let process: Process

    /// - Parameter files: how many connections it is to hold at once.
    init(_ folder: ScratchFolder, programs: String, files: Int) throws {
        self.folder = folder
        program = "\(programs)/county-server"
        port = 18_480 + Int(getpid() % 1_000)
        try Self.allow(files: files)
        try Tool.write(
            "port = \(port)\nname = \"bench\"\npublic_url = \"http://127.0.0.1:\(port)\"\n",
            to: folder.path("etc/county-server/county.toml")
        )
        process = try Tool.start(program, ["serve", "--root", folder.root])
    }

    func stop() { Tool.stop(process) }

    /// Waits until it answers.
    func answers(_ group: MultiThreadedEventLoopGroup) async throws {
        let clock = ContinuousClock()
        let end = clock.now.advanced(by: .seconds(60))
        while clock.now < end {
            if let connection = try? await PlainConnection(port: port, group: group) {
                let answer = try await connection.exchange("GET", "/healthz")
                await connection.close()
                guard answer.status == 200 else { throw BenchFault("county-server answers HTTP \(answer.status)") }
                return
            }
            // Nothing listens yet: there is nothing to wait for but the time, up to the end above.
            try await Task.sleep(for: .milliseconds(50))
        }
        throw BenchFault("county-server does not answer: build it, or name its folder with --programs")
    }

    func token(for station: String) throws -> String {
        let result = Tool.run(program, ["enrol-token", station, "--root", folder.root])
        guard result.status == 0 else { throw BenchFault("no token for \(station): \(result.output)") }
        return result.output.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Seconds of processor time that it has used.
    func processorSeconds() throws -> Double { try ProcessorTime.seconds(of: process.processIdentifier) }

    func residentKiB() throws -> Int {
        let text = try String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)
        let line = text.split(separator: "\n").first { $0.hasPrefix("VmRSS:") } ?? ""
        guard let size = Int(line.filter(\.isNumber)) else { throw BenchFault("county-server has ended") }
        return size
    }

    /// Raises the limit of this process, which its children get.
    private static func allow(files: Int) throws {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        let needed = rlim_t(files)
        guard limit.rlim_cur < needed else { return }
        limit.rlim_cur = min(needed, limit.rlim_max)
        guard limit.rlim_cur == needed, setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
            throw BenchFault("\(files) open files are not allowed here: raise ulimit -n, or ask for fewer --stations")
        }
    }
}

import Foundation

/// A real `county-server` of a made-up county, whose folder stays.
struct FleetCounty {
    let root: String
    let program: String

    /// Writes its configuration and makes up registers with so many stations.
    init(root: String, programs: String, stations: Int) throws {
        self.init(at: root, programs: programs)
        try configure()
        // Nine of ten villages have one; the tenth is served from the one before it.
        let villages = stations + stations / 9
        _ = try output(["register", "make-up", "--villages", "\(villages)"])
    }

    /// A county that is there.
    init(at root: String, programs: String) { (self.root, program) = (root, "\(programs)/county-server") }

    /// - Parameter periodEnds: the last day of a reporting month, 1 … 31.
    func configure(periodEnds: Int64? = nil) throws {
        var text = "host = \"127.0.0.1\"\nname = \"示例县\"\ncode = \"999900\"\n"
        if let periodEnds { text += "[reports]\nperiod_ends = \(periodEnds)\n" }
        try Tool.write(text, to: "\(root)/etc/county-server/county.toml")
    }

    /// What a command prints.
    func output(_ arguments: [String]) throws -> String {
        let result = Tool.run(program, arguments + ["--root", root])
        guard result.status == 0 else {
            throw BenchFault(
                "county-server \(arguments.joined(separator: " ")) ended with status \(result.status): build it, name its "
                    + "folder with --programs, and a folder without a county with --root"
            )
        }
        return result.output
    }

    func token(for station: String) throws -> String {
        try output(["enrol-token", station]).trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Villages by code.
    func villages() throws -> [(code: String, name: String)] {
        try rows("village").compactMap { row in
            guard let code = row["区划代码"], let name = row["村名"] else { return nil }
            return (code, name)
        }.sorted { $0.code < $1.code }
    }

    /// The village of each station's site.
    func villageOfStation() throws -> [String: String] {
        let pairs = try rows("site").compactMap { row in
            row["站点"].flatMap { station in row["所在村"].map { (station, $0) } }
        }
        return Dictionary(pairs) { first, _ in first }
    }

    /// Rows of a made-up register, whose cells hold no comma and no quote.
    private func rows(_ register: String) throws -> [[String: String]] {
        let lines = try output(["register", "print", register]).split(separator: "\n").map { line in
            line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        guard let header = lines.first else { return [] }
        return lines.dropFirst().map { Dictionary(zip(header, $0)) { first, _ in first } }
    }

    /// Brings the books up to the stored events.
    func catchUp() throws { _ = try output(["report", "month", "--csv"]) }

    /// Path of `county.sqlite` or `books.sqlite`.
    func path(of file: String) -> String { "\(root)/var/lib/county-server/\(file)" }

    /// Bytes of `county.sqlite` and `books.sqlite`, with what is not yet moved into them.
    func bytes(of file: String) -> Int {
        ["", "-wal"].reduce(0) { sum, ending in
            let path = path(of: file) + ending
            let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
            return sum + (size ?? 0)
        }
    }

    // MARK: Serving

    /// A server that listens.
    struct Server {
        let port: Int
        fileprivate let process: Process

        var isRunning: Bool { process.isRunning }

        /// Seconds of processor time that it has used.
        func processorSeconds() throws -> Double { try ProcessorTime.seconds(of: process.processIdentifier) }

        func stop() { Tool.stop(process) }
    }

    /// What the server complains of.
    var log: String { "\(root)/server.log" }

    /// Serves at a free port.
    ///
    /// - Parameter more: options of `county-server serve`.
    func serve(_ more: [String] = []) throws -> Server {
        try Tool.write("", to: log)
        let (process, pipe) = (Process(), Pipe())
        process.executableURL = URL(filePath: program)
        process.arguments = ["serve", "--port", "0", "--root", root] + more
        process.standardOutput = pipe
        process.standardError = FileHandle(forWritingAtPath: log)
        try process.run()
        var text = ""
        while true {
            let data = pipe.fileHandleForReading.availableData
            guard !data.isEmpty else { throw BenchFault("county-server does not serve: see \(log)") }
            text += String(decoding: data, as: UTF8.self)
            guard let match = text.firstMatch(of: /listening on http:\/\/127\.0\.0\.1:(\d+)\s/), let port = Int(match.1)
            else { continue }
            return Server(port: port, process: process)
        }
    }
}

import ArgumentParser
import ControlAPI
import FoundationEssentials
import Glibc

/// `lockerctl enrol`
struct Enrol: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Enrols the station at its county with a one-time token (登记).",
        discussion: """
            A new board also needs to know its county and its board profile: --county and --board write both into \
            /etc/lockerd/station.d/10-enrolment.toml and restart lockerd (as root). --scan waits until the station's own \
            scanner reads the QR of the county's enrolment sheet (入网单), instead of a typed token; on a new board the \
            scanner must stand as [[scanner]] in /etc/lockerd/station.toml. --file takes all of it from a file:

              token = "VLE1.yc-beiliu-0231.…"
              county = "https://county.example.cn/locker"
              village = "140522102206"
              board = "bench-12"
            """
    )

    @Argument(help: "The token that the county's clerk gave.")
    var token: String?

    @Flag(help: "Read the token with the station's scanner (用站点的扫描枪扫入网单).")
    var scan = false

    @Option(help: ArgumentHelp("Address of the county.", valueName: "url"))
    var county: String?

    @Option(help: ArgumentHelp("区划代码 of the village, twelve digits.", valueName: "code"))
    var village: String?

    @Option(help: ArgumentHelp("Board profile; simulated-12 has no wires.", valueName: "name"))
    var board: String?

    @Option(help: ArgumentHelp("File with all of it.", valueName: "path"), completion: .file())
    var file: String?

    @OptionGroup var options: SocketOptions

    private var isNewBoard: Bool { county != nil || village != nil || board != nil }

    func validate() throws {
        guard [token != nil, scan, file != nil].count(where: { $0 }) == 1 else {
            throw ValidationError(
                "Give one of these: the token, --scan, or --file with a file that holds it. (请输入令牌、--scan 或 --file 之一)"
            )
        }
        guard file == nil || !isNewBoard else {
            throw ValidationError("--file holds county, village and board: write them there. (请写入该文件)")
        }
    }

    func run() async throws {
        try await Console.reporting {
            var faults: [String] = []
            if let file {
                faults = try await Commissioning(options: options).enrol(by: file)
            } else {
                let station = Commissioning(options: options)
                // Nobody scans for nothing.
                if isNewBoard { try station.checkRights() }
                let token = if let token { token } else { try await station.scannedToken() }
                guard isNewBoard else {
                    try await station.enrol(token: token)
                    return try show(faults)
                }
                let made = try enrolmentFile(token)
                defer { unlink(made) }
                faults = try await station.enrol(by: made)
            }
            try show(faults)
        }
    }

    private func show(_ faults: [String]) throws {
        if options.json {
            try Console.write(Array(try JSONEncoder().encode(EnrolReply(enrolled: true))) + [0x0A])
        } else {
            try Console.write(lines: [Console.style.green("Enrolled (已登记).")])
        }
        for fault in faults { Console.complain("board: \(fault)") }
    }

    /// The options as a file that nobody else can read.
    private func enrolmentFile(_ token: String) throws -> String {
        func line(_ key: String, _ value: String?) throws -> String {
            guard let value else { return "" }
            // Nothing that belongs here holds them; a literal string of TOML takes all else as it stands.
            guard !value.contains(where: { $0 == "'" || $0.isNewline }) else {
                throw CommandFailure.refused("\(key) holds a quote or a new line: copy it again (请重新复制)")
            }
            return "\(key) = '\(value)'\n"
        }
        let text = try line("token", token) + line("county", county) + line("village", village) + line("board", board)
        var path = Array(("/tmp/lockerctl-enrol-" + String(repeating: "X", count: 6)).utf8CString)
        let descriptor = mkstemp(&path)
        let name = path.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
        let bytes = Array(text.utf8)
        let written = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        close(descriptor)
        guard written == bytes.count else {
            unlink(name)
            throw CommandFailure.refused("\(name) cannot be written: make room in /tmp (请清理 /tmp)")
        }
        return name
    }
}

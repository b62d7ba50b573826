import ControlAPI
import Foundation
import SyncWire

/// Sets the stage for the day and plays it.
final class Stage {
    private let programs: Programs
    private let speed: Int
    private var county: Process?
    private var lockerd: Process?
    private var port = 0
    /// Memory of the lockerd that played the day; `nil` while it runs.
    private var residentKiBOfDay: Int?

    init(programs: Programs, speed: Int) throws {
        self.programs = programs
        self.speed = speed
        for folder in ["etc/lockerd", "etc/county-server"] {
            try FileManager.default.createDirectory(
                atPath: "\(programs.root)/\(folder)",
                withIntermediateDirectories: true
            )
        }
    }

    // MARK: Before the day

    func prepare() throws {
        port = try Self.freePort()
        try write(
            "port = \(port)\nname = \"阳城县\"\ncode = \"\(Day.countyCode)\"\npublic_url = \"http://127.0.0.1:\(port)\"\n",
            to: "etc/county-server/county.toml"
        )
        try configure(start: Day.start, script: nil)
        try startCounty()
        say("county-server is up on 127.0.0.1:\(port)")
        let token = try programs.ask("county-server", ["enrol-token", Day.station])
        try startStation()
        _ = try programs.ask("lockerctl", ["enrol", token])
        say("station \(Day.station) is enrolled")
        try loadRegisters()
        let badge = try programs.ask(
            "county-server",
            ["badge", "--station", Day.station, "--person", "1001", "--role", "courier", "--pin", "246810", "--json"]
        )
        try write(Day.manifest, to: "manifest.csv")
        _ = try programs.ask(
            "county-server",
            ["manifest", "load", "\(programs.root)/manifest.csv", "--station", Day.station]
        )
        try programs.wait("the manifest at the station", seconds: 20) {
            try programs.ask("lockerctl", ["parcels", "--json"]).contains("YT2504053375409")
        }
        say("the manifest has reached the station: \(Day.manifest.split(separator: "\n").count - 1) parcels announced")
        if let lockerd { programs.stop(lockerd) }
        try configure(start: Day.start, script: try script(badge: field("barcode", of: badge)))
    }

    /// The county's registers: the village, the firm, and the site where the station stands.
    private func loadRegisters() throws {
        for (kind, sheet) in Day.registers {
            try write(sheet, to: "\(kind).csv")
            _ = try programs.ask("county-server", ["register", "load", kind, "\(programs.root)/\(kind).csv"])
        }
    }

    /// Without a script the clock runs as fast as that of this machine.
    private func configure(start: String, script: String?) throws {
        var text = Day.configuration + "[county]\nurl = \"http://127.0.0.1:\(port)\"\n"
        for door in Day.doors {
            text += "[[door]]\nname = \"\(door.name)\"\nsize = \"\(door.size)\"\nreach = \"\(door.reach)\"\n"
        }
        text += "[simulation]\nstart = \"\(start)\"\nspeed = \(script == nil ? 1 : speed)\n"
        if let script {
            try write(script, to: "day.script")
            text += "script = \"\(programs.root)/day.script\"\n"
        }
        try write(text, to: "etc/lockerd/station.toml")
    }

    /// Turns people and parcels into what their barcodes hold and what the county told the recipients.
    private func script(badge: String) throws -> String {
        try Day.steps.split(separator: "\n").map { line in
            let words = line.split(separator: " ").map(String.init)
            guard words.count == 3, !line.hasPrefix("#") else { return String(line) }
            switch words[1] {
            case "badge": return "\(words[0]) scanner \(badge)"
            case "code": return "\(words[0]) keypad \(try told(words[2], "code"))"
            case "token": return "\(words[0]) scanner \(try told(words[2], "token"))"
            default: return String(line)
            }
        }.joined(separator: "\n") + "\n"
    }

    /// What the county told the recipient of a parcel.
    private func told(_ waybill: String, _ what: String) throws -> String {
        let text = try programs.ask("county-server", ["code", waybill, "--station", Day.station, "--token", "--json"])
        return try field(what, of: text)
    }

    private func field(_ name: String, of json: String) throws -> String {
        let object = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
        guard let text = object?[name] as? String else {
            throw Programs.Fault(description: "county-server printed no \(name): \(json)")
        }
        return text
    }

    // MARK: The day

    /// - Parameter keep: whether somebody goes on with the station: from the end of the day on its clock runs at 1x.
    func play(outage: Double, keep: Bool) throws {
        try startStation()
        say("the day begins: \(speed) simulated seconds a second")
        var lostCounty = false
        var back: Date?
        var nextLine = Date()
        while true {
            Thread.sleep(forTimeInterval: 0.2)
            let status = try stationStatus()
            if !lostCounty, status.minutes >= Day.noonMinutes {
                if let county { kill(county.processIdentifier, SIGKILL) }
                county?.waitUntilExit()
                lostCounty = true
                back = Date().addingTimeInterval(outage)
                say("noon: county-server is killed (SIGKILL), for \(Int(outage)) s")
            }
            if let moment = back, Date() >= moment {
                back = nil
                try startCounty()
                say("county-server is started again")
            }
            if Date() >= nextLine {
                nextLine = Date().addingTimeInterval(5)
                say("\(status.clock)  \(status.inside) inside, \(status.waiting) events wait for the county")
            }
            if status.minutes >= Day.endMinutes, back == nil, lostCounty { break }
            guard lockerd?.isRunning == true else {
                throw Programs.Fault(description: "lockerd ended: see \(programs.root)/lockerd.log")
            }
        }
        if keep { try goOnSlowly() }
        say("the day is over; waiting for the last events to reach the county")
        try programs.wait("the county to have everything", seconds: 40) { try stationStatus().waiting == 0 }
    }

    /// Starts lockerd again with a clock that goes on from where the day ended, and runs no faster than people do.
    private func goOnSlowly() throws {
        let asked = Date()
        let time = try stationStatus().milliseconds
        residentKiBOfDay = residentKiB()
        if let lockerd { programs.stop(lockerd) }
        // Never before what the journal holds, whose clock ran on while lockerd ended; a minute for rounding.
        let ended = time + Int64(Date().timeIntervalSince(asked) * 1_000) * Int64(speed) + 60_000
        let start = String(WireTime.local(ended).prefix(16))
        try configure(start: start, script: nil)
        try startStation()
        say("the station's clock goes on at 1x, from \(start)")
    }

    private struct Status {
        var milliseconds: Int64
        var minutes: Int
        var clock: String
        var inside: Int
        var waiting: Int
    }

    private func stationStatus() throws -> Status {
        let status = try JSONDecoder().decode(
            StatusReply.self,
            from: Data(programs.ask("lockerctl", ["status", "--json"]).utf8)
        )
        let link = try JSONDecoder().decode(
            LinkReply.self,
            from: Data(programs.ask("lockerctl", ["uplink", "status", "--json"]).utf8)
        )
        let minutes = Int(status.time.milliseconds / 60_000 + 8 * 60) % (24 * 60)
        let clock = String(format: "%02d:%02d", minutes / 60, minutes % 60)
        return Status(
            milliseconds: status.time.milliseconds,
            minutes: minutes,
            clock: clock,
            inside: status.parcels.stored,
            waiting: link.eventsWaiting
        )
    }

    // MARK: After the day

    func report(seconds: Double) throws -> DayReport {
        try ReportsOfDay.keep(programs)
        return try DayReport(programs, seconds: seconds, residentKiB: residentKiBOfDay ?? residentKiB())
    }

    private func residentKiB() -> Int {
        guard let lockerd,
            let text = try? String(contentsOfFile: "/proc/\(lockerd.processIdentifier)/status", encoding: .utf8),
            let line = text.split(separator: "\n").first(where: { $0.hasPrefix("VmRSS:") })
        else { return 0 }
        return Int(line.filter(\.isNumber)) ?? 0
    }

    func end() {
        for process in [lockerd, county].compactMap({ $0 }) { programs.stop(process) }
    }

    func showNextCommands() throws {
        let sheet = try programs.ask("county-server", ["account", "add", "admin", "--role", "admin"])
        print(
            """

            \(sheet)

            The county's pages are at http://127.0.0.1:\(port)/ (县中心网页); plain http is served to this machine alone.
            Both programs go on running. Try:
              \(programs.folder)/lockerctl status --root \(programs.root)
              \(programs.folder)/lockerctl screen --root \(programs.root)
              \(programs.folder)/county-server stations --root \(programs.root)
            To end them: kill \(lockerd?.processIdentifier ?? 0) \(county?.processIdentifier ?? 0)
            """
        )
    }

    // MARK: Helpers

    private func startCounty() throws {
        county = try programs.start("county-server", ["serve"])
        try programs.wait("county-server to listen", seconds: 20) { Self.listens(port) }
    }

    private func startStation() throws {
        lockerd = try programs.start("lockerd", [])
        try programs.wait("lockerd to answer", seconds: 20) {
            (try? programs.ask("lockerctl", ["status"])) != nil
        }
    }

    private func write(_ text: String, to path: String) throws {
        try text.write(toFile: "\(programs.root)/\(path)", atomically: true, encoding: .utf8)
    }

    private func say(_ text: String) {
        print(text)
        fflush(nil)
    }

    private static func listens(_ port: Int) -> Bool {
        withSocket { descriptor, address in
            var address = address
            address.sin_port = in_port_t(port).bigEndian
            return withAddress(&address) { connect(descriptor, $0, $1) } == 0
        } ?? false
    }

    private static func freePort() throws -> Int {
        let port = withSocket { descriptor, address -> Int in
            var address = address
            guard withAddress(&address, { bind(descriptor, $0, $1) }) == 0 else { return 0 }
            var length = socklen_t(MemoryLayout<sockaddr_in>.size)
            _ = withUnsafeMutablePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
            }
            return Int(in_port_t(bigEndian: address.sin_port))
        }
        guard let port, port != 0 else { throw Programs.Fault(description: "no free port on 127.0.0.1") }
        return port
    }

    private static func withSocket<Value>(_ body: (Int32, sockaddr_in) -> Value) -> Value? {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        return body(descriptor, address)
    }

    private static func withAddress(
        _ address: inout sockaddr_in,
        _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
        withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }
}

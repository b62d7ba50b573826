import ArgumentParser
import CountyReceiver
import Glibc
import LockerDomain
import SyncWire

struct EventsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "events",
        abstract: "Print a station's events in the order in which they came. 事件"
    )

    @OptionGroup var root: RootOptions
    @Flag(help: "Print the stored lines as they are, one event a line.")
    var json = false
    @Option(help: "Station whose events are printed.")
    var station: String
    @Option(help: "Only events with a higher sequence in their incarnation.")
    var after = 0
    @Option(help: "Only events of this incarnation.")
    var incarnation: String?
    @Flag(help: "Print what stands beside the chain instead: other bytes under a known sequence. 分叉")
    var branches = false
    @Flag(help: "Go on with what comes, until interrupted.")
    var follow = false

    func run() async throws {
        Terminal.flushEachLine()
        let county = try root.county()
        var number: Int64 = 0
        if !json { print("SEQUENCE      TIME 北京时间        TYPE                           SUBJECT 对象") }
        if branches {
            for event in try county.branches(of: station) {
                json ? Terminal.line(event.bytes) : print(Self.text(event))
            }
            return
        }
        while true {
            let events = try county.events(
                of: station,
                behind: number,
                aboveSequence: after,
                incarnation: incarnation
            )
            for event in events {
                number = event.number
                json ? Terminal.line(event.bytes) : print(Self.text(event))
            }
            guard events.isEmpty else { continue }
            guard follow else { return }
            try await Task.sleep(for: .milliseconds(CountyLimits.commandPollMilliseconds))
        }
    }

    private static func text(_ event: StoredEvent) -> String {
        let line = try? EventLine(decoding: event.bytes)
        let time = line.map { WireTime.local($0.time.wall) } ?? "unknown"
        let type = event.type ?? line?.event.type.rawValue ?? "unknown"
        let subject = event.fault.map { "CHECK: \($0)" } ?? line?.event.payload.shownSubject ?? ""
        let mark = line.map { $0.time.clock.isDated ? " " : "?" } ?? " "
        return "\(EventLine.text(ofSequence: event.sequence))  \(Terminal.pad(time, 19))\(mark) "
            + "\(Terminal.pad(type, 29))  \(subject)"
    }
}

struct StationsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stations",
        abstract: "Print every station and what it last said of itself. 站点"
    )

    @OptionGroup var root: RootOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let county = try root.county()
        let stations = try county.overview()
        guard !output.json else { return try Terminal.json(stations) }
        if stations.isEmpty { print("no stations: make one with county-server enrol-token ID") }
        for station in stations {
            print(station.station)
            let rows = Self.rows(station, now: county.time)
            Terminal.table(rows.map { (name: "  \($0.0)", value: $0.1) })
        }
    }

    private static func rows(_ station: County.StationOverview, now: Int64) -> [(String, String)] {
        func ago(_ time: Int64?) -> String {
            time.map { "\(WireTime.local($0)) (\(Terminal.age((now - $0) / 1_000)) ago)" } ?? "never 从未"
        }
        var rows = [
            ("enrolled 已注册", station.enrolled ? "yes" : "no"), ("last contact 最近联系", ago(station.lastContact)),
        ]
        if station.incarnations.isEmpty { rows.append(("events 事件", "unknown 未知")) }
        for chain in station.incarnations {
            rows.append(
                ("events 事件", "\(chain.id)  acknowledged \(chain.acknowledged), stored \(chain.stored)")
            )
        }
        rows.append(("quarantined 隔离", "\(station.quarantined)"))
        rows.append(("branches 分叉", "\(station.branches)" + (station.branches > 0 ? "  CHECK: chain forked" : "")))
        rows.append(("commands 待执行", "\(station.commandsPending)"))
        rows.append(("status 状态", station.statusReceived.map { "as of \(ago($0))" } ?? "unknown 未知"))
        guard let status = station.status else {
            if station.statusReceived != nil { rows.append(("", "this version cannot read it: see --json")) }
            return rows
        }
        return rows + Self.rows(status)
    }

    private static func rows(_ status: StatusReport) -> [(String, String)] {
        let broken = status.doors.filter { $0.outOfService != nil }.map(\.name.rawValue)
        let open = status.doors.count { $0.level == .open }
        let unknown = status.doors.count { $0.level == .unknown }
        var doors = "\(status.doors.count): \(status.doors.count { $0.contents == .occupied }) occupied"
        doors +=
            ", \(status.doors.count { $0.contents == .unknown }) contents unknown, \(open) open, \(unknown) unsensed"
        if !broken.isEmpty { doors += "; out of service \(broken.joined(separator: " "))" }
        let scanners = status.scanners.map { scanner in
            "\(scanner.name) \(scanner.attached ? scanner.role?.rawValue ?? "attached" : "detached 拔出")"
                + (scanner.fault.map { " (\($0))" } ?? "")
        }
        let cameras = status.cameras.map { camera in
            "\(camera.name) \(camera.online.map { $0 ? "online" : "offline 离线" } ?? "unknown 未知")"
                + (camera.reason.map { " (\($0))" } ?? "")
        }
        func list(_ items: [String]) -> String { items.isEmpty ? "none" : items.joined(separator: ", ") }
        let oldest = status.oldestUnsentSeconds.map { ", oldest \(Terminal.age(Int64($0)))" } ?? ""
        return [
            ("unsent 待上传", "\(status.eventsWaiting) events\(oldest)"), ("parcels 在柜", "\(status.parcelsWaiting)"),
            ("doors 格口", doors), ("scanners 扫码", list(scanners)), ("cameras 摄像", list(cameras)),
            ("storage 存储", status.storage.rawValue), ("clock 时钟", status.clock.rawValue),
            ("version 版本", status.version),
        ]
    }
}

struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Compute a station's hash chains again from the stored bytes. 核验"
    )

    @OptionGroup var root: RootOptions
    @OptionGroup var output: OutputOptions
    @Option(help: "Station whose chains are computed.")
    var station: String

    func run() throws {
        let checks = try root.county().verify(station)
        if output.json { try Terminal.json(checks) }
        for check in checks where !output.json {
            if let broken = check.broken {
                print("\(check.incarnation)  chain BROKEN at \(broken) 链断: \(check.fault ?? "unknown")")
            } else {
                print("\(check.incarnation)  chain ok \(check.events) events")
            }
        }
        if checks.isEmpty, !output.json { print("chain ok 0 events: \(station) has sent none") }
        if checks.contains(where: { $0.broken != nil }) { throw ExitCode(1) }
    }
}

import ArgumentParser
import CountyReceiver
import Glibc
import LockerDomain
import StationBooks
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

    private struct Overview: Encodable {
        var clock: ClockState
        var stations: [County.StationOverview]
        /// Calls that nobody can prove.
        var unknown: [County.Stranger]
    }

    func run() throws {
        let county = try root.county()
        let (clock, stations, unknown) = try (county.checkClock(), county.overview(), county.unknownStations())
        guard !output.json else {
            return try Terminal.json(Overview(clock: clock, stations: stations, unknown: unknown))
        }
        if clock.isInDoubt || clock.stationsDiffer {
            print("county clock 县中心时钟")
            Terminal.table(clock.lines.map { (name: "  \($0.name)", value: $0.value) })
        }
        if stations.isEmpty { print("no stations: make one with county-server enrol-token ID") }
        for station in stations {
            print(station.station)
            Terminal.table(station.lines(now: county.time).map { (name: "  \($0.name)", value: $0.value) })
        }
        for stranger in unknown {
            print(stranger.station)
            Terminal.table(stranger.lines(now: county.time).map { (name: "  \($0.name)", value: $0.value) })
        }
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
                let lost = check.lost.isEmpty ? "" : ", lost 丢失 \(check.lost.joined(separator: " "))"
                print("\(check.incarnation)  chain ok \(check.events) events\(lost)")
            }
        }
        if checks.isEmpty, !output.json { print("chain ok 0 events: \(station) has sent none") }
        if checks.contains(where: { $0.broken != nil }) { throw ExitCode(1) }
    }
}

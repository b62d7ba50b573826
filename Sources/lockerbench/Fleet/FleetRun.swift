import Foundation
import LockerDomain
import NIOCore
import NIOPosix
import SyncWire

/// Simulates the stations, sends what they wrote to the county, and waits until its books have it.
struct FleetRun {
    let plan: FleetPlan
    let county: FleetCounty
    /// File that every event is written to.
    let raw: String
    let connections: Int
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    /// Connections unless others are asked for.
    static let connections = 4
    private let clock = ContinuousClock()

    init(plan: FleetPlan, county: FleetCounty, raw: String, connections: Int) {
        (self.plan, self.county, self.raw, self.connections) = (plan, county, raw, connections)
    }

    func run() async throws {
        let start = clock.now
        let stations = try await plan.simulate()
        let batches = Self.inOrder(stations)
        print(
            "fleet: \(stations.count) stations, \(plan.days) days, simulated in \(text(seconds(since: start))) s: "
                + "\(batches.count) batches"
        )
        let server = try county.serve()
        defer { server.stop() }
        let events: Int
        do {
            events = try await send(batches, to: server)
        } catch {
            guard server.isRunning else { throw BenchFault("county-server has ended: see \(county.log) (\(error))") }
            throw error
        }
        server.stop()
        for file in ["county.sqlite", "books.sqlite"] {
            let bytes = county.bytes(of: file)
            print("fleet: \(file) has \(bytes) bytes, \(text(Double(bytes) / Double(events))) an event")
        }
    }

    /// Enrols the stations, sends the batches, and waits for the books.
    ///
    /// - Returns: how many events the county took.
    private func send(_ batches: [Sending], to server: FleetCounty.Server) async throws -> Int {
        let senders = try await enrol(at: server)
        let (start, log) = (clock.now, try RawLog(raw))
        let answers = try await send(batches, from: senders, to: server, log)
        try await log.flush()
        let (sent, events) = (seconds(since: start), await log.events)
        let mebibytes = Double(Self.peakKiB()) / 1_024
        try county.catchUp()
        let caughtUp = seconds(since: start)
        try await group.shutdownGracefully()
        print(
            "fleet: \(events) events sent over \(connections) connections in \(text(sent)) s: "
                + "\(text(Double(events) / sent, 0)) events/s; \(answers.twice(events)) came twice, "
                + "\(answers.forked) batches forked a chain, \(answers.gaps) came too early"
        )
        print(
            "fleet: books caught up in \(text(caughtUp)) s: \(text(Double(events) / caughtUp, 0)) events/s; "
                + "\(text(mebibytes, 0)) MiB of memory here at most"
        )
        return events
    }

    private func seconds(since start: ContinuousClock.Instant) -> Double { start.duration(to: clock.now) / .seconds(1) }

    struct Sending: Sendable {
        var station: String
        var batch: FleetBatch
    }

    /// As the batches of all stations would come; those of one station stay in their order.
    static func inOrder(_ stations: [FleetStation]) -> [Sending] {
        let all = stations.flatMap { station in station.batches.map { Sending(station: station.id, batch: $0) } }
        return all.enumerated().sorted { left, right in
            (left.element.batch.time, left.offset) < (right.element.batch.time, right.offset)
        }.map(\.element)
    }

    /// The most memory that this process had.
    private static func peakKiB() -> Int {
        let text = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        return text.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }.flatMap { Int($0.filter(\.isNumber)) } ?? 0
    }
}

extension FleetPlan {
    /// As many stations at once as there are cores: a world is much larger than what it sent.
    func simulate() async throws -> [FleetStation] {
        let cores = ProcessInfo.processInfo.activeProcessorCount
        return try await withThrowingTaskGroup(of: FleetStation.self) { tasks in
            var done: [FleetStation] = []
            for (index, station) in stations.enumerated() {
                if index >= cores, let next = try await tasks.next() { done.append(next) }
                tasks.addTask {
                    try FleetStation(simulating: station, days: days, tailDays: tailDays, lastDay: lastDay)
                }
            }
            for try await next in tasks { done.append(next) }
            return done.sorted { $0.id < $1.id }
        }
    }
}

import LockerDomain
import NIOCore
import NIOPosix
import StationPorts
import Synchronization

/// What waiting stations cost a real `county-server`: processor time and memory beside the same server idle, and how long
/// batches take beside them.
struct WaitersBench {
    let stations: Int
    let seconds: Int
    /// Batches a second, each of another station, and events of each.
    let batches: Int
    let events: Int
    private let folder: ScratchFolder
    private let programs: String
    private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)

    init(_ places: BenchPlaces, stations: Int, seconds: Int, batches: Int, events: Int) throws {
        (self.stations, self.seconds, self.batches, self.events) = (stations, seconds, batches, events)
        folder = try ScratchFolder(places.scratch, "waiters")
        programs = places.programs
    }

    /// Batches are sent, and the idle server is measured, for a part of the time.
    private var shortSeconds: Int { max(2, seconds / 5) }

    private struct Cost {
        /// Percent of a core.
        var percent: Double
        var residentKiB: Int
    }

    func run() async throws {
        defer { folder.remove() }
        let county = try ServedCounty(folder, programs: programs, files: stations + 1_024)
        defer { county.stop() }
        try await county.answers(group)
        let all = try await enrolled(county)
        var senders = all.prefix(batches).map {
            Sender(
                station: $0,
                filler: JournalFiller(station: $0.id, incarnation: Incarnation(generation: 1, id: JournalFiller.id))
            )
        }
        // Before the idle server is measured: caches that the batches fill are not the waiters'.
        let alone = try await send(&senders, to: county)
        let idle = try await cost(of: county, seconds: shortSeconds)
        let (waiting, beside) = try await whileWaiting(all, on: county) {
            (try await cost(of: county, seconds: seconds), try await send(&senders, to: county))
        }
        try await group.shutdownGracefully()
        show(idle: idle, waiting: waiting, alone: alone, beside: beside)
    }

    private func enrolled(_ county: ServedCounty) async throws -> [BenchStation] {
        let connection = try await PlainConnection(port: county.port, group: group)
        var all: [BenchStation] = []
        for number in 0..<stations {
            let station = BenchStation("bench-\(number)")
            try await station.enrol(county.token(for: station.id), over: connection)
            all.append(station)
        }
        await connection.close()
        return all
    }

    private func cost(of county: ServedCounty, seconds: Int) async throws -> Cost {
        let (clock, before) = (ContinuousClock(), try county.processorSeconds())
        let start = clock.now
        // The time over which the processor's is measured, not a wait for something.
        try await Task.sleep(for: .seconds(seconds))
        let used = try county.processorSeconds() - before
        let passed = start.duration(to: clock.now) / .seconds(1)
        return Cost(percent: 100 * used / passed, residentKiB: try county.residentKiB())
    }

    // MARK: Stations that wait

    private final class Ending: Sendable {
        let isNear = Atomic(false)
    }

    /// Does the work while all stations wait. Their first questions are spread over the time for which one is held, as
    /// those of real stations are.
    private func whileWaiting<Value>(
        _ all: [BenchStation],
        on county: ServedCounty,
        _ work: () async throws -> Value
    ) async throws -> Value {
        let (clock, ending) = (ContinuousClock(), Ending())
        let start = clock.now
        var connections: [PlainConnection] = []
        for _ in all { connections.append(try await PlainConnection(port: county.port, group: group)) }
        return try await withThrowingTaskGroup(of: Void.self) { tasks in
            for (number, station) in all.enumerated() {
                let connection = connections[number]
                let pause = Duration.seconds(Limits.commandWaitSeconds) * number / all.count
                tasks.addTask {
                    try await clock.sleep(until: start.advanced(by: pause))
                    do {
                        while true { try await station.ask(over: connection) }
                    } catch {
                        // What breaks when the connections are closed at the end is no fault.
                        guard ending.isNear.load(ordering: .acquiring) else { throw error }
                    }
                }
            }
            try await clock.sleep(until: start.advanced(by: .seconds(Limits.commandWaitSeconds + 1)))
            let value = try await work()
            ending.isNear.store(true, ordering: .releasing)
            for connection in connections { await connection.close() }
            try await tasks.waitForAll()
            return value
        }
    }

    // MARK: Batches

    private struct Sender: Sendable {
        var station: BenchStation
        var filler: JournalFiller
    }

    /// Each sends one batch a second, one after the other; from the moment at which a batch was due to its answer.
    private func send(_ senders: inout [Sender], to county: ServedCounty) async throws -> Samples {
        let (clock, rounds, events) = (ContinuousClock(), shortSeconds, events)
        let (start, count) = (clock.now.advanced(by: .seconds(1)), senders.count)
        var samples = Samples()
        try await withThrowingTaskGroup(of: (Int, Sender, [Duration]).self) { tasks in
            for (number, sender) in senders.enumerated() {
                let connection = try await PlainConnection(port: county.port, group: group)
                tasks.addTask {
                    var (sender, durations) = (sender, [Duration]())
                    for round in 0..<rounds {
                        let lines = try sender.filler.next(events)
                        let due = start.advanced(by: .seconds(round) + .seconds(1) * number / count)
                        try await clock.sleep(until: due)
                        try await sender.station.post(lines, over: connection)
                        durations.append(due.duration(to: clock.now))
                    }
                    await connection.close()
                    return (number, sender, durations)
                }
            }
            for try await (number, sender, durations) in tasks {
                senders[number] = sender
                for duration in durations { samples.add(duration) }
            }
        }
        return samples
    }

    // MARK: Figures

    private func show(idle: Cost, waiting: Cost, alone: Samples, beside: Samples) {
        let memory = Double(waiting.residentKiB - idle.residentKiB) / Double(stations)
        print("county-waiters, \(stations) stations over plain HTTP on loopback, \(seconds) s")
        print("                    of a core   resident KiB")
        print("  idle server       \(text(idle.percent, 2)) %   \(idle.residentKiB)")
        print("  all wait          \(text(waiting.percent, 2)) %   \(waiting.residentKiB)")
        print(
            "  waiting costs     \(text(waiting.percent - idle.percent, 2)) % (aim: 3.00), "
                + "\(text(memory)) KiB a station (aim: 32.0)"
        )
        print("\(batches) batches/s of \(events) events   p50 ms   p99 ms")
        for (name, samples) in [("nobody waits", alone), ("all wait    ", beside)] {
            print("  \(name)   \(text(samples.micros(0.5) / 1_000))   \(text(samples.micros(0.99) / 1_000))")
        }
        print(
            "  p99 with to without   \(text(beside.micros(0.99) / alone.micros(0.99), 2)) "
                + "(aims: p99 100 ms, ratio 3.00)"
        )
    }
}

import LockerDomain
import NIOPosix
import StationRules
import Synchronization

/// A station that sends a batch of its days each second while pages are read: no cache of the books stays good for longer.
final class LiveStation: Sendable {
    private let station: BenchStation
    private let batches: [FleetBatch]
    private let connection: PlainConnection
    private let counts = Mutex((batches: 0, events: 0))

    /// No register knows it, so that it is in the way of none that the fleet has.
    private static let id = "bench-live"
    private static let days = 31
    private static let seed: UInt64 = 31

    /// Simulates and enrols it.
    init(of county: FleetCounty, at server: FleetCounty.Server, _ group: MultiThreadedEventLoopGroup) async throws {
        let plan = FleetPlan.Station(id: Self.id, seed: Self.seed, holdMilliseconds: 0)
        batches = try FleetStation(simulating: plan, days: Self.days, tailDays: 0, lastDay: BatchMove.today()).batches
        station = BenchStation(Self.id)
        connection = try await PlainConnection(port: server.port, group: group)
        try await station.enrol(county.token(for: Self.id), over: connection)
    }

    /// Batches and events that were sent.
    var sent: (batches: Int, events: Int) { counts.withLock { $0 } }

    /// Sends until it is to end.
    func send(until isOver: @Sendable () -> Bool) async throws {
        let clock = ContinuousClock()
        var due = clock.now
        for batch in batches where !isOver() {
            _ = try await station.post(batch, over: connection)
            counts.withLock { $0 = ($0.batches + 1, $0.events + batch.events) }
            due += .seconds(1)
            try await clock.sleep(until: due)
        }
        await connection.close()
        guard isOver() else { throw BenchFault("\(Self.id) has only \(batches.count) batches to send") }
    }
}

import LockerDomain
import LockerTestKit
import Logging
import PortFakes
import SQLiteJournal
import SimulatedDevices
import StationBooks
import StationEngine
import StationPorts
import StationRules
import Synchronization

/// From a typed pickup code to the order for the pulse, inside the process, with a real journal under it.
struct LatencyBench {
    let folder: ScratchFolder

    init(_ places: BenchPlaces) throws { folder = try ScratchFolder(places.scratch, "latency") }

    func run(scans: Int) async throws {
        defer { folder.remove() }
        let path = folder.path("journal.sqlite")
        let doors = WatchedDoors()
        let clock = VirtualClock()
        let lives = UInt32(Limits.badgeDaysMax) * 86_400
        let badge = TestKeys.badge(.courier, expiry: UInt32(clamping: clock.now().wall / 1_000) + lives)
        let ports = EnginePorts.bench(
            journal: try SQLiteJournal(path: path),
            outbox: try SQLiteOutbox(path: path),
            doors: doors,
            clock: clock
        )
        let engine = try StationEngine(
            settings: StationSettings(id: "bench", doors: [DoorSettings(name: "A01", size: .large)]),
            version: "bench",
            ports: ports,
            credentials: TestKeys.credentials(),
            checkPIN: { _, _ in false },
            logger: Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }
        )
        try await engine.start()
        var samples = Samples()
        for number in 0..<scans {
            let waybill = Waybill(rawValue: "SF\(1_000_000_000_000 + number)")
            await store(waybill, engine, clock, badge: badge)
            let code = TestKeys.code(waybill)
            let start = ContinuousClock().now
            doors.expect()
            engine.post(.text(code, from: TextSource(device: "bench", role: .keypad)))
            samples.add(start.duration(to: await doors.ordered()))
            await openAndShut(engine, clock)
        }
        await engine.stop(reason: "bench")
        print(
            "typed code to pulse order, \(scans) codes, events durable before: p50 \(text(samples.micros(0.5))) us, "
                + "p99 \(text(samples.micros(0.99))) us"
        )
    }

    /// A courier's badge, a scan, the door seen open and shut: the parcel waits.
    private func store(_ waybill: Waybill, _ engine: StationEngine, _ clock: VirtualClock, badge: String) async {
        engine.post(.text(badge, from: TextSource(device: "bench", role: .scanner)))
        engine.post(.text(waybill.rawValue, from: TextSource(device: "bench", role: .scanner)))
        await engine.ping()
        await openAndShut(engine, clock)
        engine.post(.text("VLK1:END", from: TextSource(device: "bench", role: .scanner)))
        await engine.ping()
    }

    private func openAndShut(_ engine: StationEngine, _ clock: VirtualClock) async {
        clock.advance(by: 500)
        engine.post(.level("A01", .open))
        clock.advance(by: 3_000)
        engine.post(.level("A01", .closed))
        await engine.ping()
    }
}

/// Doors that tell when a pulse is ordered and do nothing else.
final class WatchedDoors: DoorPort {
    private let waiter = Mutex<
        (continuation: CheckedContinuation<ContinuousClock.Instant, Never>?, at: ContinuousClock.Instant?)
    >(
        (nil, nil)
    )

    func start(report: @escaping @Sendable (DoorReport) -> Void) throws -> [DoorName: DoorLevel] { ["A01": .closed] }

    func expect() { waiter.withLock { $0 = (nil, nil) } }

    func ordered() async -> ContinuousClock.Instant {
        await withCheckedContinuation { continuation in
            let at = waiter.withLock { state in
                if state.at == nil { state.continuation = continuation }
                return state.at
            }
            if let at { continuation.resume(returning: at) }
        }
    }

    func pulse(_ order: PulseOrder) -> Bool {
        let now = ContinuousClock().now
        let waiting = waiter.withLock { state in
            state.at = now
            defer { state.continuation = nil }
            return state.continuation
        }
        waiting?.resume(returning: now)
        return true
    }

    func stop() {}
}

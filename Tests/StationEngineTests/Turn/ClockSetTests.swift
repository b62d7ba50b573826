import LockerDomain
import PortFakes
import StationBooks
import StationEngine
import StationPorts
import SyncWire
import Testing

@Suite("A clock that is wrong for a moment, and one that is set")
struct ClockSetTests {
    private let waybill: Waybill = "SF7444404156506"
    private let announced: Waybill = "YT8962646785389"
    private static let day: Int64 = 86_400_000

    /// A parcel waits, another is announced.
    private func busy() async throws -> Bench {
        let bench = try await Bench().started()
        await bench.deposit(waybill)
        await bench.scan("VLK1:END")
        let entry = ManifestEntry(waybill: announced, brand: "YTO", operatorName: "yto")
        let isDone = await bench.engine.carryOut(
            Command(id: "c1", number: 1, kind: .manifest(id: "m", entries: [entry]))
        )
        #expect(isDone)
        return bench
    }

    private func changes(_ bench: Bench) -> [ClockChanged] {
        Books(bench.journal.all).events.compactMap { event in
            guard case .stationClockChanged(let fact) = event else { return nil }
            return fact
        }
    }

    @Test("two seconds at 2036 expire no badge and no token, and forget nothing")
    func twoSeconds() async throws {
        let bench = try await busy()
        let right = bench.clock.now().wall
        bench.clock.inner.set(wall: right + 3_652 * Self.day, clock: .ntp)
        #expect(await bench.scan(bench.people.courier) == [.welcome], "while it is wrong")
        #expect(await bench.engine.view(faults: [], simulated: true).now.clock == .fake)
        let report = await bench.engine.report(
            eventsWaiting: 0,
            oldestUnsentSeconds: nil,
            acknowledged: await bench.engine.head()
        )
        #expect(report.clock == .fake)
        #expect(report.ntp == WireTime.text(right + 3_652 * Self.day), "the county learns what NTP shows")
        await bench.scan("VLK1:END")
        await bench.advance(2_000)
        bench.clock.inner.set(wall: right + 2_000, clock: .ntp)
        await bench.advance(2 * Limits.housekeepingMilliseconds)

        #expect(await bench.engine.view(faults: [], simulated: true).now.clock == .ntp)
        let state = await bench.state
        #expect(state.trustedTime < right + Self.day)
        #expect(state.parcels[announced]?.status == .expected)
        #expect(await bench.scan(bench.people.courier) == [.welcome])
        await bench.scan("VLK1:END")
        await bench.scan(bench.people.pickupToken(waybill))
        await bench.advance(9_000)
        #expect(await bench.parcel(waybill)?.status == .collected)
        #expect(changes(bench).map(\.after) == [.fake, .ntp])
    }

    @Test("what NTP moved within the 45 days the county sets back, and NTP that is right again takes over")
    func county() async throws {
        let bench = try await busy()
        let right = bench.clock.now().wall
        bench.clock.inner.set(wall: right + 40 * Self.day, clock: .ntp)
        await bench.scan("nonsense")
        #expect(await bench.state.trustedTime > right + 39 * Self.day)
        await bench.engine.hear(county: right, asked: bench.clock.now().uptime)
        let view = await bench.engine.view(faults: [], simulated: true)
        #expect(view.now == Moment(wall: right, uptime: bench.clock.now().uptime, clock: .county))
        #expect(view.state.trustedTime == right)
        #expect(view.state.parcels[announced]?.status == .expected)
        #expect(view.clockTrouble == .apart(ntp: right + 40 * Self.day, said: right, by: .county))
        bench.clock.inner.set(wall: right, clock: .ntp)
        await bench.advance(Limits.wordAloneMilliseconds)
        await bench.scan("nonsense")
        #expect(await bench.engine.view(faults: [], simulated: true).now.clock == .ntp)
        #expect(changes(bench).map(\.after) == [.ntp, .county, .ntp])
        #expect(await bench.state.trustedTime < right + Self.day)
    }

    @Test("a technician sets the time forward on a station that knows none; it goes on over a start of the daemon")
    func forward() async throws {
        let bench = try Bench(wall: 5_000, clock: .none)
        try await bench.started()
        let time = Bench.firstMorning + 7_200_000
        try await bench.engine.setClock(time, isForced: false, by: "wang")
        #expect(changes(bench).last?.by == "wang")
        #expect(changes(bench).last?.after == .manual)
        #expect(await bench.state.trustedTime == time)
        #expect(await bench.engine.clockReading().kernel.wall == 5_000, "the kernel's clock is not touched")

        let next = try Bench(on: bench.journal, people: bench.people, keys: bench.keys, wall: 5_000, clock: .none)
        next.clock.inner.advance(by: 60_000)
        try await next.started()
        #expect(await next.engine.clockReading().now == Moment(wall: time + 60_000, uptime: 60_000, clock: .manual))
    }

    @Test("further back than a day only when it is forced; then what had expired works again")
    func backward() async throws {
        let bench = try await busy()
        let right = bench.clock.now().wall
        for step in 1...2 {
            bench.clock.inner.set(wall: right + Int64(step) * 40 * Self.day, clock: .ntp)
            await bench.scan("nonsense")
        }
        #expect(await bench.scan(bench.people.courier) == [.badgeExpired])
        for wall in [right, 0, right + 200 * Self.day] {
            await #expect(throws: ControlFault.self) {
                try await bench.engine.setClock(wall, isForced: false, by: "wang")
            }
        }
        await #expect(throws: ControlFault.self, "not even by force") {
            try await bench.engine.setClock(0, isForced: true, by: "wang")
        }
        let count = changes(bench).count
        try await bench.engine.setClock(right, isForced: true, by: "wang")
        #expect(changes(bench).count == count + 1)
        #expect(changes(bench).last?.by == "wang")
        #expect(await bench.state.trustedTime == right)
        await bench.advance(Limits.duplicateScanMilliseconds + 1)
        #expect(await bench.scan(bench.people.courier) == [.welcome])
        #expect(await bench.state.parcels[announced]?.status == .expected)
        #expect(Books(bench.journal.all).faults.isEmpty)
    }

    @Test("a time that cannot be written down is not set")
    func brokenDisk() async throws {
        let bench = try await Bench().started()
        let before = bench.clock.now()
        bench.journal.breakDown(.broken)
        await #expect(throws: ControlFault.self) {
            try await bench.engine.setClock(before.wall + 3_600_000, isForced: false, by: "wang")
        }
        #expect(await bench.engine.clockReading().now == before)
        bench.journal.mend()
        await bench.advance(5_000)
        #expect(changes(bench).isEmpty)
        try await bench.engine.setClock(before.wall + 3_600_000, isForced: false, by: "wang")
        #expect(changes(bench).map(\.by) == ["wang"])
    }
}

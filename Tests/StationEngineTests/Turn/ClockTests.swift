import LockerDomain
import PortFakes
import SimulatedDevices
import StationBooks
import StationEngine
import StationPorts
import SyncWire
import Testing

@Suite("The clock of a station")
struct ClockTests {
    private let waybill: Waybill = "SF7444404156506"
    /// 2048-07-06 08:00 in Shanghai.
    private static let wrong: Int64 = 2_477_606_400_000

    private func restarted(_ bench: Bench, wall: Int64, clock: ClockTrust, bootID: String) async throws -> Bench {
        let next = try Bench(
            on: bench.journal,
            people: bench.people,
            keys: bench.keys,
            contacts: bench.contacts,
            lifeMarks: bench.lifeMarks,
            wall: wall,
            clock: clock,
            bootID: bootID
        )
        return try await next.started()
    }

    @Test("one boot in 2048 by a damaged clock chip changes nothing, and the status says what is wrong")
    func year2048() async throws {
        let before = try await Bench().started()
        await before.deposit(waybill)
        let told = Command(id: "c1", number: 1, kind: .notices([Notice(waybill: waybill)]))
        let announced = ManifestEntry(waybill: "YT8962646785389", brand: "YTO", operatorName: "yto")
        for command in [told, Command(id: "c2", number: 2, kind: .manifest(id: "m", entries: [announced]))] {
            let isDone = await before.engine.carryOut(command)
            #expect(isDone)
        }
        let known = before.clock.now().wall

        let damaged = try await restarted(before, wall: Self.wrong, clock: .rtc, bootID: "boot-2")
        await damaged.advance(2 * Limits.housekeepingMilliseconds)
        let view = await damaged.engine.view(faults: [], simulated: true)
        #expect(view.now.clock == .fake)
        #expect(view.now.wall < known + 86_400_000, "the time goes on from the last that was known")
        guard case .ahead(let shown, let confirmed)? = view.clockTrouble else {
            Issue.record("the status says \(String(describing: view.clockTrouble))")
            return
        }
        #expect(shown >= Self.wrong)
        #expect(confirmed <= known)
        #expect(await damaged.engine.screen().clockTrouble == view.clockTrouble)
        #expect(await damaged.scan(damaged.people.courier) == [.welcome])

        let mended = try await restarted(damaged, wall: known + 86_400_000, clock: .ntp, bootID: "boot-3")
        await mended.advance(2 * Limits.housekeepingMilliseconds)
        let state = await mended.state
        #expect(state.parcels["YT8962646785389"]?.status == .expected)
        #expect(state.parcels[waybill]?.status == .stored)
        #expect(state.parcels[waybill]?.hold.isOverdue == false)
        #expect(state.trustedTime < Self.wrong)
        #expect(await mended.scan(mended.people.courier) == [.welcome])
        #expect(await mended.engine.view(faults: [], simulated: true).clockTrouble == nil)
    }

    @Test("the county's time dates a station without NTP, and goes on over a restart of the daemon alone")
    func county() async throws {
        let bench = try Bench(wall: 5_000, clock: .none)
        try await bench.started()
        let time = Bench.firstMorning + 7_200_000
        await bench.engine.hear(county: time, asked: bench.clock.now().uptime)
        await bench.settle()
        #expect(Books(bench.journal.all).types.last == .stationClockChanged)
        let state = await bench.state
        #expect(state.trustedTime == time)
        #expect(state.lastMoment?.clock == .county)
        // The same boot: uptime goes on, the kernel's clock still stands at 1970.
        let next = try Bench(on: bench.journal, people: bench.people, keys: bench.keys, wall: 5_000, clock: .none)
        next.clock.inner.advance(by: 60_000)
        try await next.started()
        let now = await next.engine.view(faults: [], simulated: true).now
        #expect(now.clock == .county)
        #expect(now.wall == time + 60_000)
    }

    private static func starts(_ bench: Bench) -> [StationStarted] {
        Books(bench.journal.all).events.compactMap { event in
            guard case .stationStarted(let fact) = event else { return nil }
            return fact
        }
    }

    @Test("the mark beside the journal, not the last event, says since when a station was dark")
    func lifeMark() async throws {
        let before = try await Bench().started()
        await before.deposit(waybill)
        let told = Command(id: "c1", number: 1, kind: .notices([Notice(waybill: waybill)]))
        _ = await before.engine.carryOut(told)
        await before.advance(3_600_000)
        let cut = before.clock.now().wall
        let next = try await restarted(before, wall: cut + 5 * 86_400_000, clock: .ntp, bootID: "boot-2")
        let started = Self.starts(next)
        let since = try #require(started.last?.darkSince)
        #expect((cut - Limits.lifeMarkMilliseconds...cut).contains(since))
        #expect(started.last?.darkClock == .ntp)
        #expect(await next.parcel(waybill)?.hold.paused == cut + 5 * 86_400_000 - since)
        #expect(started.first?.darkSince == nil, "nothing was before the first start")
    }

    @Test("a restart of the daemon counts by the uptime, whatever the wall clock did meanwhile")
    func sameBoot() async throws {
        let before = try await Bench().started()
        let last = try #require(await before.state.lastMoment)
        let next = try Bench(
            on: before.journal,
            people: before.people,
            keys: before.keys,
            wall: Bench.firstMorning + 7_200_000
        )
        next.clock.inner.advance(by: 60_000)
        try await next.started()
        let now = next.clock.now()
        #expect(Self.starts(next).last?.darkSince == now.wall - (now.uptime - last.uptime))
    }
}

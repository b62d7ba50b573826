import LockerDomain
import PortFakes
import SimulatedDevices
import StationBooks
import StationEngine
import StationPorts
import StationRules
import Synchronization
import Testing

@Suite("One turn of the engine")
struct TurnTests {
    private let waybill: Waybill = "SF7444404156506"

    @Test("a scan opens a door only after its authorisation is in the journal")
    func journalFirst() async throws {
        let bench = try await Bench().started()
        await bench.scan(bench.people.courier)
        #expect(await bench.scan(waybill.rawValue) == [.putIn])
        let diary = bench.journal.diary
        let pulse = try #require(diary.firstIndex(of: "pulse A01"))
        #expect(diary[..<pulse].suffix(2) == ["parcel.received", "door.unlockRequested"])
        #expect(bench.journal.violations.isEmpty)
    }

    @Test("a parcel goes from the scan to stored to collected, each seen by the sensor")
    func wholeWay() async throws {
        let bench = try await Bench().started()
        await bench.deposit(waybill)
        #expect(await bench.parcel(waybill)?.status == .stored)
        #expect(await bench.parcel(waybill)?.place == .door("A01"))
        #expect(await bench.type(bench.people.code(waybill)) == [.takeOut])
        #expect(await bench.parcel(waybill)?.status == .stored)
        await bench.advance(9_000)
        #expect(await bench.parcel(waybill)?.status == .collected)
        #expect(await bench.state.door("A01").contents == .empty)
        #expect(bench.journal.violations.isEmpty)
        #expect(Books(bench.journal.all).faults.isEmpty)
    }

    @Test("a stuck door gets three pulses, each authorised, then the parcel gets another door")
    func openWait() async throws {
        let bench = try await Bench().bringing(waybill, behind: .stuck)
        await bench.advance(20_000)
        let pulses = bench.doors.inner.pulses
        #expect(pulses.map(\.door) == ["A01", "A01", "A01", "A02"])
        #expect(pulses.prefix(3).map(\.milliseconds) == Limits.pulseMilliseconds)
        #expect(await bench.parcel(waybill)?.place == .door("A02"))
        #expect(await bench.state.door("A01").outOfService != nil)
        #expect(bench.journal.violations.isEmpty)
    }

    @Test("a session without input ends after its time, not before, and each of its scans starts the time anew")
    func sessionIdle() async throws {
        let bench = try await Bench().started()
        await bench.scan(bench.people.courier)
        await bench.advance(Limits.sessionIdleMilliseconds - 1_000)
        await bench.scan(waybill.rawValue)
        await bench.advance(Limits.sessionIdleMilliseconds - 1)
        #expect(await bench.state.session != nil)
        await bench.advance(1)
        #expect(await bench.state.session == nil)
        guard case .sessionClosed(let fact)? = Books(bench.journal.all).events.last else {
            Issue.record("no session.closed")
            return
        }
        #expect(fact.reason == .idle)
    }

    @Test("a door left open is reminded of on the clock of the station")
    func leftOpen() async throws {
        let bench = try await Bench().bringing(waybill, behind: .leftOpen)
        await bench.advance(Limits.leftOpenMilliseconds)
        #expect(!Books(bench.journal.all).types.contains(.doorLeftOpen))
        await bench.advance(200)
        #expect(Books(bench.journal.all).types.last == .doorLeftOpen)
    }

    @Test("a jump of the wall clock and a change of its trust are on record before what follows; slewing is not")
    func clockJump() async throws {
        let bench = try await Bench().started()
        let wall = bench.clock.now().wall
        bench.clock.inner.set(wall: wall + 1_500, clock: .ntp)
        await bench.scan(bench.people.courier)
        #expect(!Books(bench.journal.all).types.contains(.stationClockChanged))
        bench.clock.inner.set(wall: wall + 3_600_000, clock: .ntp)
        await bench.scan(waybill.rawValue)
        bench.clock.inner.set(wall: wall + 3_600_000, clock: .fake)
        await bench.scan(waybill.rawValue)
        bench.clock.inner.set(wall: wall + 3_610_000, clock: .fake)
        await bench.scan(waybill.rawValue)
        let changes = Books(bench.journal.all).events.compactMap { event -> ClockChanged? in
            guard case .stationClockChanged(let fact) = event else { return nil }
            return fact
        }
        #expect(changes.map(\.jumpMilliseconds) == [3_598_500, 10_000])
        #expect(changes.map(\.after) == [.ntp, .fake], "that the kernel takes its flag back is no change")
    }

    @Test("inputs of one moment are decided and answered in their order")
    func inOrder() async throws {
        let bench = try await Bench().started()
        bench.journal.hold()
        bench.engine.post(.text("FIRST", from: TextSource(device: "sim-1", role: .scanner)))
        try await eventually("the disk is busy") { bench.journal.isBlocked }
        let order = Mutex<[Int]>([])
        for number in 0..<100 {
            bench.engine.post(.text("CODE\(number)", from: TextSource(device: "sim-1", role: .scanner))) { _ in
                order.withLock { $0.append(number) }
            }
        }
        bench.journal.release()
        await bench.settle()
        #expect(order.withLock { $0 } == Array(0..<100))
    }

    @Test("a full mailbox says busy, still takes what the doors report, and loses nothing that it took")
    func busy() async throws {
        let bench = try await Bench().started()
        let control = StationControl(
            engine: bench.engine,
            runner: bench.runner(SilentUplink()),
            outbox: bench.journal,
            simulated: true,
            faults: { [] }
        )
        bench.journal.hold()
        bench.engine.post(.text("FIRST", from: TextSource(device: "sim-1", role: .scanner)))
        try await eventually("the disk is busy") { bench.journal.isBlocked }
        let answered = Mutex(0)
        var taken = 0
        while bench.engine.post(
            .text("N\(taken)", from: TextSource(device: "sim-2", role: .keypad)),
            reply: { _ in answered.withLock { $0 += 1 } }
        ) {
            taken += 1
        }
        #expect(taken == Limits.mailboxInputsMax)
        #expect(try await control.scan("X", role: .scanner).map(\.id) == [.busy])
        #expect(bench.engine.post(.level("A03", .open)), "a door must not be forgotten because of a flood of scans")
        bench.journal.release()
        try await eventually("all are answered") { answered.withLock { $0 } == taken }
        await bench.settle()
        #expect(await bench.state.door("A03").level == .open)
    }

    @Test("stop switches everything off first, writes its last event and a snapshot, and answers whoever comes later")
    func stop() async throws {
        let bench = try await Bench().started()
        await bench.deposit(waybill)
        await bench.type(bench.people.code(waybill))
        #expect(!bench.doors.inner.isQuiet)
        await bench.engine.stop(reason: "asked to stop")
        #expect(bench.doors.inner.isQuiet)
        #expect(bench.journal.diary.suffix(4) == ["outputs off", "run.departed", "session.closed", "station.stopped"])
        #expect(bench.journal.snapshot?.position == bench.journal.all.last?.position)
        let before = bench.journal.all.count
        let late = Mutex<[Answer]?>(nil)
        let source = TextSource(device: "sim-1", role: .scanner)
        bench.engine.post(.text(waybill.rawValue, from: source)) { answers in late.withLock { $0 = answers } }
        try await eventually("a late scan is answered") { late.withLock { $0 } != nil }
        #expect(late.withLock { $0?.map(\.id) } == [.busy])
        #expect(bench.journal.all.count == before)
    }
}

import LockerDomain
import PortFakes
import SimulatedDevices
import StationBooks
import StationEngine
import StationPorts
import StationRules
import SyncWire
import Testing

@Suite("When the disk fails")
struct StorageTests {
    private let waybill: Waybill = "SF7444404156506"
    private let other: Waybill = "YT8962646785389"

    private func full() async throws -> Bench {
        let bench = try await Bench().started()
        await bench.deposit(waybill)
        bench.journal.memory.fail(next: [.full])
        bench.journal.memory.set(.reserve)
        return bench
    }

    @Test("a full disk gives up its reserve: pickups go on, deposits are refused with words, then all is well again")
    func reserve() async throws {
        let bench = try await full()
        #expect(await bench.type(bench.people.code(waybill)) == [.takeOut])
        #expect(await bench.storage == .reserve)
        await bench.advance(9_000)
        #expect(await bench.parcel(waybill)?.status == .collected)
        #expect(await bench.scan(other.rawValue) == [.storageReserve])
        #expect(bench.signals.history.last == "red long")
        bench.journal.memory.set(.ok)
        await bench.advance(5_000)
        #expect(await bench.storage == .ok)
        await bench.advance(3_000)
        #expect(await bench.scan(other.rawValue) == [.putIn])
        #expect(bench.journal.violations.isEmpty)
        #expect(Books(bench.journal.all).faults.isEmpty)
        #expect(await bench.state == Books(bench.journal.all).state)
    }

    @Test("the reserve is for pickups: housekeeping writes no snapshots into it")
    func noSnapshotsIntoTheReserve() async throws {
        let bench = try await full()
        await bench.type(bench.people.code(waybill))
        await bench.advance(60_000)
        #expect(await bench.storage == .reserve)
        #expect(bench.journal.restsWithSnapshot == 0)
    }

    @Test("without a reserve a full disk is a failed one")
    func noReserve() async throws {
        let bench = try await full()
        _ = bench.journal.releaseReserve()
        #expect(await bench.type(bench.people.code(waybill)) == [.storageFailed])
        #expect(await bench.storage == .failed)
        #expect(bench.doors.inner.pulses.count == 1)
    }

    @Test("a broken disk answers only that, to every scan, in light and sound, and no door moves")
    func broken() async throws {
        let bench = try await Bench().started()
        await bench.deposit(waybill)
        let (lines, state) = (bench.journal.all, await bench.state)
        bench.journal.breakDown(.broken)
        let texts: [(String, ScannerRole)] = [
            (bench.people.code(waybill), .keypad), (other.rawValue, .scanner), (bench.people.keeper, .scanner),
            ("12", .keypad), ("VLK1:END", .scanner), (bench.people.pickupToken(waybill), .scanner),
        ]
        for (text, role) in texts {
            let shown = bench.signals.history.count
            #expect(await bench.scan(text, role) == [.storageFailed], "\(text)")
            #expect(bench.signals.history.dropFirst(shown) == ["red long"], "\(text)")
        }
        #expect(bench.doors.inner.pulses.count == 1)
        #expect(bench.journal.all == lines)
        #expect(await bench.state == state)
        bench.journal.mend()
        await bench.advance(5_000)
        #expect(await bench.storage == .ok)
        #expect(await bench.type(bench.people.code(waybill)) == [.takeOut])
        #expect(bench.journal.violations.isEmpty)
    }

    @Test("a disk that can be neither written nor read leaves no trace of what was decided in vain")
    func unreadable() async throws {
        let bench = try await Bench().started()
        await bench.deposit(waybill)
        let before = Books(bench.journal.all).state
        bench.journal.breakDown(.broken, readingToo: true)
        #expect(await bench.type(bench.people.code(waybill)) == [.storageFailed])
        #expect(await bench.scan(bench.people.keeper) == [.storageFailed])
        await bench.advance(5_000)
        #expect(bench.journal.snapshot == nil, "a snapshot of what is not in the journal")
        bench.journal.mend()
        await bench.advance(5_000)
        #expect(await bench.state == Books(bench.journal.all).state)
        #expect(await bench.state.parcels == before.parcels)
        #expect(await bench.state.session == before.session)
        #expect(bench.doors.inner.pulses.count == 1)
        #expect(Books(bench.journal.all).faults.isEmpty)
    }

    /// A parcel is inside, the journal can be neither written nor read, and its recipient has typed the code.
    private func decidedInVain() async throws -> Bench {
        let bench = try await Bench().started()
        await bench.deposit(waybill)
        bench.journal.breakDown(.broken, readingToo: true)
        await bench.type(bench.people.code(waybill))
        return bench
    }

    @Test("the first scan on a disk that is well again is decided on what the journal proves, even before any rest")
    func readableAgain() async throws {
        let bench = try await decidedInVain()
        await bench.scan("VLK1:END")
        bench.journal.mend()
        await bench.type("12")
        #expect(await bench.state == Books(bench.journal.all).state)
        #expect(await bench.state.session != nil)
        #expect(Books(bench.journal.all).faults.isEmpty)
    }

    @Test("a stop while the journal cannot be read keeps no snapshot of what was decided in vain")
    func stoppedUnreadable() async throws {
        let bench = try await decidedInVain()
        bench.journal.memory.fail(next: [])
        bench.journal.memory.set(.ok)
        await bench.engine.stop(reason: "test")
        #expect(bench.journal.snapshot == nil)
        bench.journal.mend()
        #expect(try await bench.afterPowerCut().state == Books(bench.journal.all).state)
    }

    @Test("what the sensors said meanwhile is caught up with at recovery")
    func levels() async throws {
        let bench = try await Bench().started()
        bench.journal.breakDown(.broken)
        bench.doors.inner.move("A02", to: .open)
        bench.doors.inner.move("A03", to: .open)
        bench.doors.inner.move("A03", to: .closed)
        await bench.settle()
        #expect(await bench.state.door("A02").level == .closed)
        bench.journal.mend()
        await bench.advance(5_000)
        #expect(await bench.state.door("A02").level == .open)
        #expect(await bench.state.door("A03").level == .closed)
        #expect(await bench.state.door("A02").contents == .unknown)
    }

    @Test("what the sensors said meanwhile is caught up with even when only the reserve comes back")
    func levelsIntoTheReserve() async throws {
        let bench = try await Bench().started()
        bench.journal.breakDown(.broken)
        bench.doors.inner.move("A02", to: .open)
        await bench.settle()
        bench.journal.memory.fail(next: [])
        bench.journal.memory.set(.reserve)
        await bench.advance(5_000)
        #expect(await bench.storage == .reserve)
        #expect(await bench.state.door("A02").level == .open)
    }

    @Test("an opening that nobody could write down is interrupted at recovery: no pulse is repeated, a keeper looks")
    func stepUnderWay() async throws {
        let bench = try await Bench().started()
        await bench.scan(bench.people.courier)
        await bench.scan(waybill.rawValue)
        bench.journal.breakDown(.broken)
        await bench.advance(12_000)
        #expect(await bench.parcel(waybill)?.status == .received)
        bench.journal.mend()
        await bench.advance(20_000)
        #expect(bench.doors.inner.pulses.count == 1)
        #expect(await bench.state.door("A01").cycle == nil)
        #expect(await bench.state.door("A01").contents == .unknown)
        // A named person says what became of the parcel; then it goes on.
        #expect(await bench.state.door("A01").asksInside == waybill)
        await bench.scan("VLK1:NO")
        await bench.advance(3_000)
        await bench.scan(waybill.rawValue)
        await bench.advance(9_000)
        #expect(await bench.parcel(waybill)?.status == .stored)
        #expect(bench.journal.violations.isEmpty)
    }

    @Test("a pulse that fails while nothing can be written leaves no door busy for ever")
    func pulseFault() async throws {
        let bench = try await Bench().bringing(waybill, behind: .stuck)
        bench.journal.breakDown(.broken)
        bench.engine.post(.pulseEnded("A01", cycle: 1, fault: "the line is gone"))
        await bench.advance(30_000)
        bench.journal.mend()
        await bench.advance(10_000)
        #expect(await bench.state.door("A01").cycle == nil)
    }

    @Test("a keeper's session does not outlive its time because the disk failed at its end")
    func idleSession() async throws {
        let bench = try await Bench().started()
        await bench.scan(bench.people.keeper)
        #expect(await bench.type(Bench.pin) == [.pinRight])
        await bench.advance(Limits.sessionIdleMilliseconds - 2_000)
        bench.journal.breakDown(.broken)
        await bench.advance(4_000)
        #expect(await bench.state.session != nil)
        bench.journal.mend()
        await bench.advance(5_000)
        #expect(await bench.state.session == nil)
    }

    @Test("a step at a door without a sensor does not stay open for ever because the disk failed at its end")
    func assumedStep() async throws {
        var settings = Bench.settings
        settings.doors = [DoorSettings(name: "B01", size: .medium, hasSensor: false)]
        let bench = try await Bench(settings: settings).started()
        await bench.scan(bench.people.courier)
        #expect(await bench.scan(waybill.rawValue) == [.putIn])
        await bench.advance(Limits.assumedStepMilliseconds - 2_000)
        bench.journal.breakDown(.broken)
        await bench.advance(4_000)
        bench.journal.mend()
        await bench.advance(5_000)
        #expect(await bench.parcel(waybill)?.status == .stored)
    }

    @Test("a start on a broken disk is made up for at recovery: old session closed, lost journal told first")
    func start() async throws {
        let bench = try await Bench().started()
        await bench.scan(bench.people.keeper)
        await bench.type(Bench.pin)
        let next = try bench.afterPowerCut()
        next.journal.breakDown(.broken)
        try await next.started()
        #expect(await next.storage == .failed)
        next.doors.inner.move("A01", to: .open)
        next.journal.mend()
        await next.advance(5_000)
        #expect(Books(next.journal.all).types.count { $0 == .stationStarted } == 2)
        #expect(await next.state.session == nil)
        #expect(await next.state.door("A01").level == .open)
        #expect(Books(next.journal.all).faults.isEmpty)
    }

    @Test("that the journal was lost is told although the disk fails at the start")
    func replacedStart() async throws {
        let bench = try Bench()
        bench.journal.breakDown(.broken)
        let fact = JournalReplaced(previous: nil, lastSequence: nil, lastHash: nil, reason: .damaged)
        try await bench.started(replaced: fact)
        bench.journal.mend()
        await bench.advance(5_000)
        #expect(await bench.state.contentsLost)
        let types = Books(bench.journal.all).types.filter { $0 != .stationStorageLow }
        #expect(types.prefix(2) == [.stationJournalReplaced, .stationStarted])
    }

    @Test("a clock that was set while nothing could be written is on record afterwards")
    func clock() async throws {
        let bench = try await Bench().started()
        bench.journal.breakDown(.broken)
        bench.clock.inner.set(wall: bench.clock.now().wall + 7_200_000, clock: .ntp)
        await bench.type("12")
        bench.journal.mend()
        await bench.advance(5_000)
        let jumps = Books(bench.journal.all).events.compactMap { event -> Int64? in
            guard case .stationClockChanged(let fact) = event else { return nil }
            return fact.jumpMilliseconds
        }
        #expect(jumps == [7_200_000])
    }

    @Test("a scanner that was plugged in meanwhile is known afterwards")
    func scanner() async throws {
        let bench = try await Bench().started()
        bench.journal.breakDown(.broken)
        bench.engine.post(.scanner(.attached("1-1.2", role: .scanner, usb: "05f9:2214", serial: nil)))
        await bench.settle()
        bench.journal.mend()
        await bench.advance(5_000)
        #expect(await bench.state.scanners["1-1.2"]?.attached == true)
    }

    @Test("a scanner that was there before a start on a broken disk is there afterwards")
    func scannerBeforeStart() async throws {
        let report = Input.scanner(.attached("1-1.2", role: .scanner, usb: "05f9:2214", serial: nil))
        let bench = try await Bench().started()
        bench.engine.post(report)
        await bench.settle()
        let next = try bench.afterPowerCut()
        next.journal.breakDown(.broken)
        try await next.started()
        next.engine.post(report)
        await next.settle()
        next.journal.mend()
        await next.advance(5_000)
        #expect(await next.state.scanners["1-1.2"]?.attached == true)
        #expect(Books(next.journal.all).types.count { $0 == .stationStarted } == 2)
    }
}

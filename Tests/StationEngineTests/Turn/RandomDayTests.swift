import Glibc
import LockerDomain
import LockerTestKit
import PortFakes
import SimulatedDevices
import StationBooks
import StationEngine
import StationPorts
import StationRules
import Testing

/// Random days with random faults. `ENGINE_SEED=n` repeats one, `ENGINE_SEEDS=n` runs that many.
@Suite("Random days")
struct RandomDayTests {
    static var seeds: [UInt64] {
        func number(_ name: String) -> UInt64? { getenv(name).flatMap { UInt64(String(cString: $0)) } }
        if let seed = number("ENGINE_SEED") { return [seed] }
        return Array(1...(number("ENGINE_SEEDS") ?? 8))
    }

    @Test(
        "whatever comes, the state is what the journal proves and no pulse is without its durable event",
        arguments: seeds
    )
    func day(_ seed: UInt64) async throws {
        print("random day: ENGINE_SEED=\(seed)")
        var day = try await RandomDay(seed: seed)
        for step in 0..<160 {
            let act = await day.act()
            let complaints = try await day.complaints()
            #expect(complaints.isEmpty, "ENGINE_SEED=\(seed), step \(step): \(act)")
            guard complaints.isEmpty else { return }
        }
        #expect(try await day.endsWell(), "ENGINE_SEED=\(seed)")
    }
}

/// One random day and what must hold after each of its steps.
private struct RandomDay {
    private var random: SplitMix
    private var bench: Bench
    private var books = Books()
    private let waybills: [Waybill] = (0..<12).map { Waybill(rawValue: "YT89626467853\($0 < 10 ? "0" : "")\($0)") }
    private var commands = 0
    private var notes: [String] = []

    init(seed: UInt64) async throws {
        random = SplitMix(seed: seed)
        bench = try await Bench().started()
    }

    mutating func act() async -> String {
        let doors = Bench.settings.doors.map(\.name)
        let waybill = waybills[random.below(waybills.count)]
        let people = bench.people
        switch random.below(24) {
        case 0: return await scan("courier", people.courier)
        case 1: return await scan("keeper", people.keeper)
        case 2: return await scan("pin", random.below(4) == 0 ? "000000" : Bench.pin, .keypad)
        case 3...7: return await scan("waybill", waybill.rawValue)
        case 8...10:
            let n = await bench.parcel(waybill)?.n ?? 0
            return await scan("code of \(waybill)", people.code(waybill, n: n), .keypad)
        case 11: return await scan("wrong code", "0000\(1_000 + random.below(9_000))", .keypad)
        case 12: return await scan("token", people.pickupToken(waybill))
        case 13:
            return await scan(
                "card",
                ["VLK1:END", "VLK1:DOOR:A0\(1 + random.below(4))", "VLK1:EMPTY"][random.below(3)]
            )
        case 14:
            let door = doors[random.below(doors.count)]
            bench.doors.inner.move(door, to: DoorLevel.allCases[random.below(3)])
            return "hand at \(door)"
        case 15:
            let door = doors[random.below(doors.count)]
            bench.doors.inner.set([.good, .stuck, .leftOpen][random.below(3)], of: door)
            return "mood of \(door)"
        case 16:
            bench.engine.post(.camera("front", random.below(2) == 0 ? .good : .missed(reason: "test")))
            return "camera"
        case 17:
            bench.engine.post(.scanner(.attached("1-1", role: .scanner, usb: "05f9:2214", serial: nil)))
            bench.engine.post(.scanner(random.below(2) == 0 ? .detached("1-1") : .faulted("1-1", reason: "test")))
            return "scanner"
        case 18:
            commands += 1
            let entry = ManifestEntry(waybill: waybill, brand: "YTO", operatorName: "x", n: UInt32(random.below(3)))
            bench.engine.post(
                .command(Command(id: "c\(commands)", number: commands, kind: .manifest(id: "m", entries: [entry])))
            )
            return "manifest"
        case 19: return disk()
        case 20: return await fork()
        case 21:
            let now = bench.clock.now()
            let trust = ClockTrust.allCases[random.below(5)]
            bench.clock.inner.set(wall: now.wall + Int64(random.below(7_200_000)) - 1_000_000, clock: trust)
            return "clock"
        case 22: return await burst()
        default: return await pass()
        }
    }

    private mutating func scan(_ what: String, _ text: String, _ role: ScannerRole = .scanner) async -> String {
        let answers = await bench.scan(text, role)
        if answers.isEmpty { notes.append("no answer to \(what)") }
        return "\(what) -> \(answers)"
    }

    private mutating func disk() -> String {
        switch random.below(5) {
        case 0: bench.journal.breakDown(.broken, readingToo: random.below(3) == 0)
        case 1: bench.journal.breakDown(.full)
        case 2: bench.journal.memory.set(.reserve)
        case 3: bench.journal.mend()
        default: bench.journal.memory.fail(next: [.full, .broken, .full].suffix(1 + random.below(3)))
        }
        return "disk"
    }

    private func fork() async -> String {
        let generation = await bench.engine.head().generation
        try? await bench.engine.replaceIncarnation(generation, reason: .forked)
        return "fork"
    }

    /// Several inputs at once share turns and commits.
    private mutating func burst() async -> String {
        for _ in 0..<(1 + random.below(90)) {
            let text = random.below(3) == 0 ? bench.people.courier : waybills[random.below(waybills.count)].rawValue
            bench.engine.post(.text(text, from: TextSource(device: "sim-\(random.below(3))", role: .scanner)))
        }
        return "burst"
    }

    /// Time goes on, the power fails, or the daemon is restarted.
    private mutating func pass() async -> String {
        let kind = random.below(6)
        // A disk that cannot be read at the start is the business of whoever opens the journal.
        bench.journal.makeReadable()
        guard kind < 2 else {
            let milliseconds = Int64([300, 2_000, 9_000, 40_000, 200_000][random.below(5)])
            await bench.advance(milliseconds)
            return "\(milliseconds) ms"
        }
        if kind == 0 { await bench.engine.stop(reason: "test") }
        do {
            let next = try bench.afterPowerCut()
            books.take(next.journal.all)
            if await next.state != books.state { notes.append("the restarted state is not the journal's") }
            bench = try await next.started()
        } catch {
            notes.append("no start: \(error)")
        }
        return kind == 0 ? "restart" : "power cut"
    }

    mutating func complaints() async throws -> [String] {
        await bench.settle()
        books.take(bench.journal.all)
        var found = notes + books.faults + bench.journal.violations
        // While the journal cannot be read nobody can say what it proves; with the first turn afterwards it counts again.
        let isStale = bench.journal.isUnreadable
        if !isStale, await bench.state != books.state { found.append("the state is not the journal's") }
        return found
    }

    /// A well disk and some time bring every station back to work.
    mutating func endsWell() async throws -> Bool {
        bench.journal.mend()
        await bench.advance(400_000)
        let open = await bench.state.doors.values.contains { $0.cycle?.phase == .unlocking }
        let (isWell, session) = (await bench.storage == .ok, await bench.state.session)
        return isWell && session == nil && !open
    }
}

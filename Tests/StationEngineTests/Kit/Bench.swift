import LockerDomain
import Logging
import PortFakes
import SimulatedDevices
import StationBooks
import StationEngine
import StationPorts
import StationRules
import SyncWire
import Synchronization
import Testing

/// One simulated station between two power cuts. Its journal and keys outlive it.
final class Bench: Sendable {
    static let station = "yc-test-1"
    static let pin = "246810"
    static let firstMorning: Int64 = 1_778_544_000_000

    let journal: WatchedJournal
    let clock: SteppedClock
    let doors: WatchedDoors
    let signals = SimulatedSignals()
    let keys: MemoryKeys
    let contacts: MemoryContacts
    let lifeMarks: MemoryLifeMark
    let people: People
    let ports: EnginePorts
    let engine: StationEngine
    /// Rung after each commit.
    let committed = Mutex<(@Sendable () -> Void)?>(nil)

    /// Reads the journal; `start` makes the first events.
    init(
        on journal: WatchedJournal = WatchedJournal(),
        people: People? = nil,
        keys: MemoryKeys = MemoryKeys(),
        contacts: MemoryContacts = MemoryContacts(),
        lifeMarks: MemoryLifeMark = MemoryLifeMark(),
        wall: Int64 = firstMorning,
        clock trust: ClockTrust = .ntp,
        bootID: String = "boot-1",
        enrolled: Bool = true,
        settings: StationSettings = Bench.settings,
        card: Card? = nil,
        progressed: @escaping @Sendable () -> Void = {}
    ) throws {
        let people = try people ?? People()
        let clock = SteppedClock(wall: wall, clock: trust, bootID: bootID)
        let inner = SimulatedDoors(doors: settings.doors.map(\.name), clock: clock, shutMilliseconds: 8_000)
        let doors = WatchedDoors(inner, journal: journal)
        (self.journal, self.clock, self.doors, self.keys, self.people) = (journal, clock, doors, keys, people)
        self.contacts = contacts
        self.lifeMarks = lifeMarks
        ports = EnginePorts(
            journal: card?.journal ?? journal,
            outbox: card?.outbox ?? journal,
            doors: doors,
            signals: signals,
            clock: clock,
            entropy: SeededEntropy(seed: UInt64(bitPattern: wall)),
            keys: keys,
            contacts: contacts,
            lifeMarks: lifeMarks
        )
        if enrolled, try keys.keyring() == nil { try keys.keep(people.keyring) }
        let bell = LateBell()
        engine = try StationEngine(
            settings: settings,
            version: "test",
            ports: ports,
            credentials: try card != nil
                ? Self.credentials(keys)
                : enrolled ? Credentials(countyKey: people.countyKey, codeKey: people.codeKey, pins: people.pins) : nil,
            checkPIN: { pin, _ in pin == Bench.pin },
            logger: Bench.quiet,
            committed: { bell.notify() },
            progressed: progressed
        )
        bell.connect { [weak self] in self?.committed.withLock { $0 }?() }
    }

    static let settings = StationSettings(
        id: station,
        doors: ["A01", "A02", "A03", "A04"].map { DoorSettings(name: DoorName(rawValue: $0), size: .medium) },
        shelfPlaces: ["S1-01", "S1-02"],
        cameras: ["front"]
    )

    static var quiet: Logger {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        return logger
    }

    /// The same station after a power cut: this bench is never touched again.
    func afterPowerCut(settings: StationSettings = Bench.settings) throws -> Bench {
        let now = clock.now()
        return try Bench(
            on: journal,
            people: people,
            keys: keys,
            contacts: contacts,
            lifeMarks: lifeMarks,
            wall: now.wall + 60_000,
            bootID: "boot-\(now.wall)",
            settings: settings
        )
    }

    /// Starts, and waits until the start is through.
    @discardableResult
    func started(replaced: JournalReplaced? = nil) async throws -> Bench {
        try await engine.start(replaced: replaced)
        await settle()
        return self
    }

    /// Starts; a courier scans a parcel, for which a door with such a fault opens or not.
    func bringing(_ waybill: Waybill, behind mood: SimulatedDoors.FaultMode) async throws -> Bench {
        try await started()
        doors.inner.set(mood, of: "A01")
        await scan(people.courier)
        await scan(waybill.rawValue)
        return self
    }

    // MARK: Acts

    /// Scans or types a text and returns its answers, once everything that follows at this moment is through.
    @discardableResult
    func scan(_ text: String, _ role: ScannerRole = .scanner) async -> [Answer.ID] {
        let source = TextSource(device: role == .scanner ? "sim-1" : "sim-2", role: role)
        let answers: [Answer] = await withCheckedContinuation { continuation in
            let isTaken = engine.post(.text(text, from: source)) { continuation.resume(returning: $0) }
            if !isTaken { continuation.resume(returning: [Answer(.busy)]) }
        }
        await settle()
        return answers.map(\.id)
    }

    @discardableResult
    func type(_ text: String) async -> [Answer.ID] { await scan(text, .keypad) }

    /// A courier puts a parcel in, from the badge to the shut door.
    func deposit(_ waybill: Waybill) async {
        if await engine.view(faults: [], simulated: true).state.session == nil { await scan(people.courier) }
        await scan(waybill.rawValue)
        await advance(9_000)
    }

    /// Moves the clock on call by call.
    func advance(_ milliseconds: Int64) async {
        let end = clock.now().uptime + milliseconds
        while let next = clock.inner.nextCall, next <= end {
            await step(to: max(next, clock.now().uptime))
        }
        await step(to: end)
    }

    private func step(to uptime: Int64) async {
        let start = clock.now().uptime
        let isRestDue = clock.isRestDue(after: start, through: uptime)
        clock.inner.advance(by: uptime - start)
        if isRestDue {
            try? await eventually("the engine has rested") { clock.hasRested(at: clock.now().uptime) }
        }
        await settle()
    }

    /// Returns once every input and due timer of this moment is decided, and what follows later is ordered of the clock: the
    /// mailbox keeps its order, and a turn arms its timers behind its replies.
    func settle() async {
        for _ in 0..<3 {
            await withCheckedContinuation { continuation in
                let isTaken = engine.post(.timer(.sessionIdle(-1))) { _ in continuation.resume() }
                if !isTaken { continuation.resume() }
            }
            await engine.ping()
        }
    }

    // MARK: Readings

    var state: StationState {
        get async { await engine.view(faults: [], simulated: true).state }
    }

    var storage: Storage {
        get async { await engine.view(faults: [], simulated: true).storage }
    }

    func parcel(_ waybill: Waybill) async -> Parcel? { await state.parcels[waybill] }
}

import LockerDomain
import PortFakes
import StationBooks
import StationCore
import StationPorts
import StationRules
import SyncWire

/// A whole station and its county on a virtual clock. Everything that happens follows from the seed.
///
/// One thread, no real time, no waiting: the agenda holds what is going to happen, and `run` takes one thing after the
/// other. Invariants look at every step; the first that is broken ends the run.
public final class World {
    public let seed: UInt64
    let profile: Profile
    let settings: StationSettings
    let rules: Rules

    var chance: Chance
    var clock: WorldClock
    var lastWall: Int64 = 0
    private var agenda = Agenda()
    var log = StepLog()

    // The station.
    let journal: SimulatedJournal
    let entropy: SeededEntropy
    var hands: WorldHands?
    var keystore = Keystore()
    var machine = Machine()
    var cabinet: Cabinet
    var outputs = Outputs()
    var crashPlan: CrashPlan?
    /// What the durable events prove, replayed line by line from their bytes beside the station's own state.
    var proven = StationState()

    // Around it.
    var truth = Truth()
    var county: County
    var link = Link()
    var present: [Int: Visitor] = [:]
    var badges: [String: Badge] = [:]
    var staff: [Badge] = []
    /// Badges that the county has revoked; somebody has them all the same.
    var lostBadges: [Badge] = []
    /// Parcels in the van: new ones, and those that found no place and come again.
    var returned: [Int] = []
    /// Parcels that are checked in together, by the number of their bag or run.
    var lots: [String: [Int]] = [:]
    private var visitors = 0
    /// No new trouble: the world is wound up so that the books can be compared.
    private(set) var isClosing = false

    /// An older copy of the card, until it is put in.
    var oldCopy: OldCopy?
    /// Whether the station runs on an older copy and has not been told so.
    var isTurnedBack = false
    /// The journal that was closed because of that.
    var closed: Int?

    /// The recovery that is under way.
    var recovery: Recovery?
    /// Chance of recoveries alone.
    var recoveryChance: Chance
    /// What came back from the county, and of which no event tells since.
    var cameBack: Set<Waybill> = []

    var invariants: [any Invariant]
    var handed = HandedIn()
    var decisions = DecisionHash()
    public private(set) var failure: Failure?
    let beginning: Int64

    // Counted for the report.
    public internal(set) var events = 0
    /// Events of each kind: what the days really visited.
    public internal(set) var kinds: [String: Int] = [:]
    public internal(set) var turns = 0
    public internal(set) var crashes = 0
    public private(set) var steps = 0
    private var days = 0
    /// True times between which the power was gone for days.
    var darkWeek: ClosedRange<Int64>?
    /// Whether the journal was checked since rows of it turned bad.
    var isChecked = true
    /// What of the wear of card and clock this world has met.
    package var worn: Set<String> = []
    /// Rare things that this world has really met.
    package var met: Set<String> = []
    /// Times that a door, a sensor or a parcel moved.
    var moves = 0
    /// What manifests name as the village of a parcel, by the last digit of its number; none while this is empty.
    var villages: [String] = []
    /// Every batch that came to the county, in the order in which they came, when they are kept.
    package internal(set) var posted: [PostedBatch] = []
    var keepsPosted = false
    private var (quietLooks, seenLast) = (0, 0)

    init(
        seed: UInt64,
        profile: Profile? = nil,
        rules: Rules = Rules(),
        isLoud: Bool = false,
        station: String = World.firstStation,
        beginning: Int64 = World.firstMidnight
    ) {
        self.seed = seed
        self.rules = rules
        var chance = Chance(seed: seed)
        self.profile = profile ?? Profile(&chance)
        self.beginning = beginning
        settings = StationSettings(
            id: station,
            doors: self.profile.doors,
            shelfPlaces: self.profile.shelf,
            cameras: self.profile.cameras,
            village: self.profile.village,
            coverage: self.profile.coverage,
            policy: self.profile.policy,
            bounds: self.profile.bounds
        )
        clock = WorldClock(now: beginning, bootedAt: beginning - Span.minute)
        cabinet = Cabinet(self.profile.doors, shelf: self.profile.shelf)
        county = County(&chance, station: settings.id)
        journal = SimulatedJournal(rules: rules)
        entropy = SeededEntropy(seed: seed ^ 0xe47_0b1e)
        invariants = Invariants.all()
        recoveryChance = Chance(seed: seed ^ 0x5ec0_7e5d)
        self.chance = chance
        self.log.isLoud = isLoud
        if let countyKey = CountyKey(bytes: county.key.publicBytes) {
            keystore.credentials = Credentials(countyKey: countyKey, codeKey: county.codeKey)
        }
        keystore.keep(county, entropy)
    }

    /// The clocks as the station knows them now.
    var moment: Moment {
        let shown = clock.moment
        return rules.judged(&clock.discipline, shown)
    }

    /// The station's disk as it is.
    var disk: Disk { journal.disk }
    /// What ails the disk.
    var mood: Disk.Mood {
        get { disk.mood }
        set { journal.change { $0.mood = newValue } }
    }

    /// The hash behind the last line: two runs of one seed agree in it.
    public var fingerprint: String { Hex.encode(disk.lines.last?.hash ?? Chain.start) }
    public var day: Int { Int((clock.now - beginning) / Span.day) }

    // MARK: Time

    /// Plans something. With `run`, it happens only if the program has not been restarted until then; `else` happens
    /// instead.
    func after(
        _ milliseconds: Int64,
        run: Int? = nil,
        else instead: ((World) -> Void)? = nil,
        _ act: @escaping (World) -> Void
    ) {
        agenda.plan(at: clock.now + milliseconds) { world in
            guard let run, run != world.machine.run else { return act(world) }
            instead?(world)
        }
    }

    /// Plans something that must not happen any more once the world is wound up.
    func trouble(at time: Int64, _ act: @escaping (World) -> Void) {
        agenda.plan(at: time) { world in if !world.isClosing { act(world) } }
    }

    func step() -> Bool {
        guard failure == nil, let (time, act) = agenda.take() else { return false }
        clock.now = max(clock.now, time)
        steps += 1
        act(self)
        return true
    }

    func run(until time: Int64) {
        while failure == nil, let next = agenda.nextTime, next <= time { _ = step() }
        if failure == nil { clock.now = max(clock.now, time) }
    }

    /// Lives through so many days and compares the books at the end.
    @discardableResult
    public func run(days: Int) -> Failure? {
        begin()
        self.days = days
        for day in 0..<days where failure == nil {
            let midnight = beginning + Int64(day) * Span.day
            for piece in profile.pieces { piece.plan(day: day, midnight: midnight, in: self) }
            for look in stride(from: Span.hour / 6, through: Span.day, by: Int(Span.hour) / 6) {
                trouble(at: midnight + look - 1) { $0.look() }
            }
            run(until: midnight + Span.day)
            judge(.dayEnded)
        }
        windUp()
        return failure
    }

    func begin() {
        guard machine.run == 0 else { return }
        after(0) { $0.start() }
        run(until: beginning + 10)
    }

    /// Everything works again; the last line reaches the county.
    func windUp() {
        isClosing = true
        crashPlan = nil
        // A county that is far away stays so: what does not get through has to become smaller.
        link = Link(bytesMax: link.bytesMax, uplink: link.uplink)
        mood = .well
        endDarkWeek()
        // A county that came back from a backup asks again only when it hears of something new.
        after(Span.minute) { $0.post(Post(.text("VLK1:END", from: TextSource(device: "1-1", role: .scanner)))) }
        if profile.followsBooks {
            for minute in 1..<Int64(4) { after(minute * Span.minute / 2) { $0.fetchCommands() } }
        }
        // What was not put back yet, or wrongly, is put back now.
        isChecked = disk.rot.isEmpty
        if !isChecked { after(30 * Span.second) { $0.checkAtTheEnd() } }
        // Its commands wait for a question; nobody asks as often as the station that ships.
        for hour in 1..<Int64(24) { after(hour * Span.hour) { $0.fetchCommands() } }
        run(until: clock.now + 2 * Span.minute)
        fetchCommands()
        let latest = clock.now + 2 * Span.day
        while failure == nil, clock.now < latest, !isSettled { if !step() { break } }
        if failure == nil, !isAtRest { fail("a station that everything works for comes to rest", "it does not") }
        if failure == nil, let wanted = machine.core?.recoveryWanted { fail(Self.recovers, "\(wanted)") }
        if let open = county.open.first { fail(Self.doesOrders, "\(open.number) \(open.kind.wireName) waits for ever") }
        judge(.ended)
    }

    /// The power may be away still.
    private func checkAtTheEnd() {
        guard machine.isRunning else { return after(Span.minute) { $0.checkAtTheEnd() } }
        checkJournal()
    }

    static let doesOrders = "what the county orders is done in the end"

    private var isSettled: Bool { isAtRest && county.open.isEmpty && machine.core?.recoveryWanted == nil }

    private var isAtRest: Bool {
        let isAsking = !link.uplink.broken.isEmpty
        if machine.isRunning, !link.isBusy, disk.waiting > 0 || isAsking { ring() }
        return isChecked && !isAsking && machine.isRunning && machine.storage == .ok && !machine.isBehind
            && machine.isQuiet
            && disk.waiting == 0 && !link.isBusy
    }

    // MARK: Judgement

    /// Looks at the whole world, unless nothing has happened since the look before the last one.
    private func look() {
        let seen = events + moves
        quietLooks = seen == seenLast ? quietLooks + 1 : 0
        seenLast = seen
        if quietLooks < 2 { judge(.lookedAt) }
    }

    func judge(_ step: Step) {
        guard failure == nil else { return }
        handed.hear(step, in: self)
        for index in invariants.indices {
            if let detail = invariants[index].judge(step, in: self) {
                return fail(invariants[index].sentence, detail)
            }
        }
    }

    /// The books are empty: what was true of the old ones is not asked of the new ones.
    func beginAnew() {
        replaceInvariants(Invariants.all(counted: county.books.ledger.counts, fen: county.books.ledger.fen))
    }

    /// What was true outside of the station's journal stays true, whatever that says of it.
    func replaceInvariants(_ others: [any Invariant]) {
        let known = invariants
        invariants = others.map { ($0 as? any Lasting)?.continuing(known) ?? $0 }
    }

    func fail(_ invariant: String, _ detail: String) {
        guard failure == nil else { return }
        failure = Failure(
            seed: seed,
            day: day,
            days: min(days, day + 1),
            step: steps,
            invariant: invariant,
            detail: detail,
            log: log.lines
        )
    }

    func nextVisitor() -> Int {
        visitors += 1
        return visitors
    }
}

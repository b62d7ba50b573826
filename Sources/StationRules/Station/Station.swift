public import LockerDomain
public import StationBooks

/// The one place that decides (DESIGN rule 2): turns an input into events and actions. Pure: no I/O, no clock, no
/// Foundation. Not thread-safe by design: the engine owns it and calls it from its own thread.
///
/// `decide` takes each event into `state` as it makes it, by the code that replays the journal. If the commit fails
/// the whole value is thrown away and rebuilt from the journal.
public struct Station: Sendable {
    public let settings: StationSettings
    public package(set) var state: StationState
    /// Keys; `nil` until the station is enrolled.
    public internal(set) var credentials: Credentials?
    /// What the journal can take; told by the engine.
    public package(set) var storage: Storage = .ok

    /// Checks a typed PIN against its verifier; memory-hard, so about 50 ms on the engine's thread, and rare.
    public typealias PINCheck = @Sendable (_ pin: String, _ verifier: PINVerifier) -> Bool

    let checkPIN: PINCheck
    let doorSettings: [DoorName: DoorSettings]
    /// The doors in the order in which a parcel takes them.
    let doorsByCost: [DoorSettings]
    let hasChilledDoors: Bool
    var recentScans: [String: RecentScan] = [:]
    /// By device, the text read longest ago first.
    var scanRows: [String: [ScanRow]] = [:]
    /// What a scanner reads now; `nil` for a number pad and for all other inputs.
    var scanRow: ScanRow?
    var cameraMisses: [CameraName: Int] = [:]
    package var codes = CodeIndex()
    var shelves: ShelfMap
    package var dialogue = Dialogue()
    var decision = Decision()
    /// What is read now, as `scan.rejected` records it.
    var scanned: (length: Int, text: String?) = (0, nil)
    var now = Moment(wall: 0, uptime: 0, clock: .none)

    struct RecentScan: Sendable {
        var text: String
        /// When it was taken last; bounces do not count.
        var uptime: Int64
        /// Since when it lies before the scanner, and when it was read last.
        var since: Int64
        var last: Int64
    }

    /// A station as its journal left it.
    public init(
        settings: StationSettings,
        state: StationState = StationState(),
        credentials: Credentials? = nil,
        storage: Storage = .ok,
        checkPIN: @escaping PINCheck = { _, _ in false }
    ) {
        self.settings = settings
        self.state = state
        self.credentials = credentials
        self.storage = storage
        self.checkPIN = checkPIN
        doorSettings = Dictionary(settings.doors.map { ($0.name, $0) }) { $1 }
        doorsByCost = DoorChoice.byCost(settings.doors)
        hasChilledDoors = settings.doors.contains(where: \.chilled)
        shelves = ShelfMap(settings.shelfPlaces, state.parcels)
        if let key = credentials?.codeKey { codes = CodeIndex(state, key: key) }
    }

    /// Decides one input at a moment. The events must be durable before any action is performed.
    public mutating func decide(_ input: Input, at now: Moment) -> Decision {
        self.now = now
        decision = Decision()
        scanRow = nil
        scanned = (0, nil)
        switch input {
        case .started(let version, let levels, let sign): start(version: version, levels: levels, after: sign)
        case .stopping(let reason): stop(reason)
        case .text(let text, let source): read(text, from: source)
        case .level(let door, let level): sensed(level, at: door)
        case .pulseEnded(let door, let cycle, let fault): pulseEnded(door, cycle: cycle, fault: fault)
        case .interrupted(let door): interrupted(door)
        case .timer(let key): timerFired(key)
        case .scanner(let report): scannerReported(report)
        case .camera(let name, let reading): cameraRead(name, reading)
        case .command(let command): carryOut(command)
        case .clockChanged(let before, let after, let jump, let user):
            emit(.stationClockChanged(ClockChanged(before: before, after: after, jumpMilliseconds: jump, by: user)))
        case .storage(let storage): storageChanged(storage)
        case .keysRead(let credentials): use(credentials)
        case .enrolled(let credentials, let by):
            use(credentials)
            emit(.stationConfigChanged(ConfigChanged(item: "enrolment", by: by)))
        case .journalReplaced(let fact): emit(.stationJournalReplaced(fact))
        case .booksRecovered(let fact, let lines): recover(fact, lines)
        case .journalPruned(let fact): emit(.stationJournalPruned(fact))
        }
        return decision
    }

    private mutating func use(_ credentials: Credentials) {
        self.credentials = credentials
        codes = CodeIndex(state, key: credentials.codeKey)
    }

    /// Whether nothing of people or doors is under way, so that slow housekeeping may run.
    public var isIdle: Bool { state.session == nil && state.doors.busy.isEmpty }

    mutating func emit(_ event: Event) {
        let waybill = event.placedWaybill
        let before = waybill.flatMap { state.parcels.place(of: $0) }
        if let forgotten = state.apply(event, at: now) { codes.forget(forgotten) }
        decision.events.append(event)
        if let key = credentials?.codeKey { codes.take(event, state, key: key) }
        // Who typed the code before it was made anew has no right to it when the last four digits follow.
        if case .parcelCodeReissued(let fact) = event {
            dialogue.challenge?.parcels.removeAll { $0 == fact.waybill }
        }
        guard let waybill else { return }
        let after = state.parcels.place(of: waybill)
        if before != after { updateShelf(at: before) }
        updateShelf(at: after)
    }

    private mutating func recover(_ fact: BooksRecovered, _ lines: [RecoveredEvent]) {
        var fact = fact
        if fact.incarnation == nil, let recovery = state.recovery, recovery.after == nil {
            fact.darkSince = recovery.lastSeen
        }
        let whole = fact.incarnation == nil ? state.recovery : nil
        emit(.stationBooksRecovered(fact))
        for (waybill, one) in (whole?.unseen ?? [:]).sorted(by: { $0.key < $1.key }) {
            emitMissing(waybill, at: one.place, by: one.person)
        }
        if let whole { takeCodes(besides: whole.touched) }
        guard !lines.isEmpty else { return }
        state.recover(lines)
        if let key = credentials?.codeKey { codes = CodeIndex(state, key: key) }
        shelves = ShelfMap(settings.shelfPlaces, state.parcels)
    }

    private mutating func updateShelf(at place: Place?) {
        guard let place, case .shelf(let shelf) = place else { return }
        shelves.update(shelf, isTaken: state.parcels.isTaken(place))
    }

    mutating func answer(_ id: Answer.ID, _ word: String = "") { decision.actions.append(.answer(Answer(id, word))) }

    mutating func answer(_ id: Answer.ID, _ word: AnswerWord) { decision.actions.append(.answer(Answer(id, word))) }

    /// Whether this input has been answered.
    var isAnswered: Bool { decision.actions.contains { if case .answer = $0 { true } else { false } } }

    mutating func act(_ action: Action) { decision.actions.append(action) }

    private mutating func storageChanged(_ storage: Storage) {
        guard storage != self.storage else { return }
        self.storage = storage
        // With nothing writable there is no event; the answer and the status tell it.
        if storage != .failed { emit(.stationStorageLow(StorageLow(storage: storage))) }
        switch storage {
        case .ok: break
        case .reserve: answer(.storageReserve)
        case .failed: answer(.storageFailed)
        }
    }

    /// The time by which expiry is judged.
    var trustedNow: Int64 { now.clock.isConfirmed ? max(now.wall, state.trustedTime) : state.trustedTime }

    /// Judged by the trusted time: a clock that fell back to 1970 does not revive an old badge (DESIGN 4.4).
    func isPast(_ secondsSince1970: UInt32) -> Bool {
        Int64(secondsSince1970) * 1_000 < trustedNow
    }

    /// A badge that a county with a wrong clock made. Only by a confirmed clock: one that stands behind would refuse all.
    func livesTooLong(_ badge: Token) -> Bool {
        let latest = trustedNow + Limits.badgeAheadDaysMax * 86_400_000
        return now.clock.isConfirmed && Int64(badge.expiry) * 1_000 > latest
    }
}

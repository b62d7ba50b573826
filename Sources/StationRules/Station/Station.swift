public import LockerDomain
public import StationBooks

/// The one place that decides (DESIGN rule 2): turns an input into events and actions. Pure: no I/O, no clock, no
/// Foundation. Not thread-safe by design: the engine owns it and calls it from its own thread.
///
/// `decide` takes each event into ``state`` as it makes it, by the code that replays the journal. If the commit fails
/// the whole value is thrown away and rebuilt from the journal.
public struct Station: Sendable {
    let site: Site
    public package(set) var state: StationState
    /// Keys; `nil` until the station is enrolled.
    public internal(set) var credentials: Credentials?
    /// What the journal can take; told by the engine.
    public package(set) var storage: Storage
    package var codes: CodeIndex
    let shelves: ShelfMap
    // What follows is in memory alone: it is lost with the power, and people ask again.
    package var questions = Questions()
    let recent: Recent
    let rows: ScanRows
    /// Probes in a row that a camera did not answer.
    let cameraMisses: [CameraName: Int]

    /// Checks a typed PIN against its verifier; memory-hard, so about 50 ms on the engine's thread, and rare.
    public typealias PINCheck = @Sendable (_ pin: String, _ verifier: PINVerifier) -> Bool

    /// A station as its journal left it.
    public init(
        settings: StationSettings,
        state: StationState = StationState(),
        credentials: Credentials? = nil,
        storage: Storage = .ok,
        checkPIN: @escaping PINCheck = { _, _ in false }
    ) {
        site = Site(settings, checkPIN: checkPIN)
        self.state = state
        self.credentials = credentials
        self.storage = storage
        codes = credentials.map { CodeIndex(state, key: $0.codeKey) } ?? CodeIndex()
        shelves = ShelfMap(settings.shelfPlaces, state.parcels)
        (recent, rows, cameraMisses) = (Recent(), ScanRows(), [:])
    }

    /// As a turn leaves it.
    init(after turn: consuming Turn) {
        site = turn.site
        state = turn.books
        credentials = turn.credentials
        storage = turn.storage
        codes = turn.codes
        shelves = turn.shelves
        questions = turn.questions
        recent = turn.recent
        rows = turn.rows
        cameraMisses = turn.cameraMisses
    }

    /// Decides one input at a moment. The events must be durable before any action is performed.
    public mutating func decide(_ input: Input, at now: Moment) -> Decision {
        var turn = Turn(consume self, at: now)
        Deciding.decide(input, in: &turn)
        let decision: Decision
        (decision, self) = turn.end()
        return decision
    }
}

extension Station {
    public var settings: StationSettings { site.settings }

    /// Whether nothing of people or doors is under way, so that slow maintenance may run.
    public var isIdle: Bool { state.session == nil && state.doors.busy.isEmpty }

    /// Scans that were answered and have no event yet.
    package var countedScans: Int { rows.countedScans }

    /// The phone number in a text that is about to be handed in, typed or by DIGIT cards and NEXT; `nil` for any other.
    public func phone(in text: String, from source: TextSource) -> String? {
        Typing.phone(in: text, from: source, gathered: questions[Digits.self]?.typed)
    }
}

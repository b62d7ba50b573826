public import LockerDomain
public import StationBooks

/// The one place that decides (DESIGN rule 2): turns an input into events and actions. Pure: no I/O, no clock, no
/// Foundation. Not thread-safe by design: the engine owns it and calls it from its own thread.
///
/// `decide` takes each event into ``state`` as it makes it, by the code that replays the journal. If the commit fails
/// the whole value is thrown away and rebuilt from the journal.
public struct Station: Sendable {
    private var turn: Turn

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
        turn = Turn(Site(settings, checkPIN: checkPIN), state, credentials, storage)
    }

    /// Decides one input at a moment. The events must be durable before any action is performed.
    public mutating func decide(_ input: Input, at now: Moment) -> Decision {
        turn.begin(at: now)
        Deciding.decide(input, in: &turn)
        return turn.end()
    }
}

extension Station {
    public var settings: StationSettings { turn.site.settings }

    /// All that the journal proves. Yielded, since a copy of it costs a retain for each of its thirty books.
    public package(set) var state: StationState {
        _read { yield turn.books }
        _modify { yield &turn.books }
    }

    /// Keys; `nil` until the station is enrolled.
    public var credentials: Credentials? { turn.credentials }

    /// What the journal can take; set by the engine.
    public package(set) var storage: Storage {
        get { turn.storage }
        set { turn.storage = newValue }
    }

    /// Whether nothing of people or doors is under way, so that slow maintenance may run.
    public var isIdle: Bool { state.session == nil && state.doors.busy.isEmpty }

    /// Scans that were answered and have no event yet.
    package var countedScans: Int { turn.rows.countedScans }

    /// For mutants, which put back what a decision has changed.
    package var codes: CodeIndex {
        get { turn.codes }
        set { turn.codes = newValue }
    }

    package var questions: Questions {
        get { turn.questions }
        set { turn.questions = newValue }
    }

    /// The phone number in a text that is about to be handed in, typed or by DIGIT cards and NEXT; `nil` for any other.
    public func phone(in text: String, from source: TextSource) -> String? {
        Typing.phone(in: text, from: source, gathered: turn.questions[Digits.self]?.typed)
    }
}

package import LockerDomain
package import StationBooks
package import StationPorts
package import StationRules
package import SyncWire

/// What a turn does to the world outside, and what may be watched of it. Called in the midst of a turn, on its thread;
/// nothing in here may call the core again, but `TurnCore.abandon`.
package protocol TurnHands<Asker>: AnyObject {
    /// Who waits for the answers to an input.
    associatedtype Asker

    /// Orders a pulse whose authorisation is durable; `false` when too many wait.
    func pulse(_ order: PulseOrder) -> Bool
    /// Hands in an input that follows from an action.
    func post(_ input: Input)
    /// Shows the last answer to an input: lights, buzzer, screen.
    func show(_ answer: Answer, at now: Moment)
    /// Gives all answers to who waits for them.
    func reply(_ answers: [Answer], to asker: Asker)
    /// The journal has grown; called after the actions.
    func journalGrew()
    /// Something failed that nobody at the station has asked for.
    func report(_ trouble: TurnTrouble)

    // What a simulation looks at, and where it may end a turn as a power cut does.

    /// An input was decided in memory.
    func decided(_ post: Posted<Asker>, _ decision: Decision)
    /// The events of the turn are about to be made durable.
    func willCommit()
    /// Lines are durable; `causes` holds the input of each.
    func committed(_ lines: [JournalLine], causes: @autoclosure () -> [Posted<Asker>])
    /// An action is about to be performed.
    func willPerform(_ action: Action)
    /// The state was read from the journal again.
    func rebuilt(_ state: StationState)
    /// A snapshot of the state is about to be kept.
    func willKeepSnapshot()
    /// Nothing can be written: what happens now is only answered.
    func fellBehind()
}

extension TurnHands {
    package func decided(_ post: Posted<Asker>, _ decision: Decision) {}
    package func willCommit() {}
    package func committed(_ lines: [JournalLine], causes: @autoclosure () -> [Posted<Asker>]) {}
    package func willPerform(_ action: Action) {}
    package func rebuilt(_ state: StationState) {}
    package func willKeepSnapshot() {}
    package func fellBehind() {}
}

/// What fails without anybody at the station having asked for it.
package enum TurnTrouble: CustomStringConvertible {
    case commit(any Error)
    case commitWithReserve(any Error)
    /// The journal cannot be read again: tried with every turn.
    case unreadable(any Error)
    case pins(any Error)
    /// The next start reads the journal from an older one, or from its start.
    case snapshot(any Error)
    case contactNotKept(Waybill, any Error)
    case contactNotFound(any Error)
    case contactsNotErased(any Error)
    case notPruned(any Error)

    package var description: String {
        switch self {
        case .commit(let error): "journal: \(error)"
        case .commitWithReserve(let error): "journal, with the reserve: \(error)"
        case .unreadable(let error): "journal cannot be read again: \(error)"
        case .pins(let error): "PIN verifiers are not kept: \(error)"
        case .snapshot(let error): "no snapshot is kept: \(error)"
        // Whose parcel it is stays out of the log.
        case .contactNotKept(_, let error): "a phone number is not kept: \(error)"
        case .contactNotFound(let error): "a phone number is not known again: \(error)"
        case .contactsNotErased(let error): "phone numbers are not erased: \(error)"
        case .notPruned(let error): "the front of the journal is not removed: \(error)"
        }
    }
}

/// The rules of a core at which a test may turn a screw; those here are the ones that ship.
package struct TurnRules: Sendable {
    /// Decides one input in memory.
    package var decide: @Sendable (inout Station, Input, Moment) -> Decision = { $0.decide($1, at: $2) }
    /// Replays one event.
    package var apply: @Sendable (inout StationState, Event, Moment) -> Void = { $0.apply($1, at: $2) }

    /// Reads a line of the journal.
    package var read: @Sendable (JournalLine) throws -> EventLine = { try EventLine(decoding: $0.bytes) }
    /// What a line that the county gives back must not be about.
    package var spared: @Sendable (Topics) -> Topics = { $0 }

    package init() {}
}

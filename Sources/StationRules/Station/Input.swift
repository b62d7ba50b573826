public import LockerDomain
public import StationBooks

/// Everything that can happen to a station, in the order in which it is decided.
public enum Input: Sendable, Hashable {
    /// The daemon is up; what the sensors say now, and the last sign of life before. Doors that are missing are unknown.
    case started(version: String, levels: [DoorName: DoorLevel], after: SignOfLife? = nil)
    /// The daemon is asked to stop; outputs are off already.
    case stopping(reason: String)
    /// A scan or a typed line.
    case text(String, from: TextSource)
    /// A sensor settled on another level.
    case level(DoorName, DoorLevel)
    /// The pulse thread is done with a pulse of a cycle.
    case pulseEnded(DoorName, cycle: Int, fault: String?)
    /// What happened at the door could not be written down: its opening is settled as after a power cut.
    case interrupted(DoorName)
    /// A timer ran out.
    case timer(TimerKey)
    case scanner(ScannerReport)
    case camera(CameraName, CameraReading)
    case command(Command)
    /// The wall clock jumped or its trust changed. `by` is the local user who set it, and `nil` where nobody did.
    case clockChanged(before: ClockTrust, after: ClockTrust, jumpMilliseconds: Int64, by: String? = nil)
    /// The disk can take everything again, or only pickups.
    case storage(Storage)
    /// Keys arrived from the county.
    case enrolled(Credentials, by: String)
    /// The keys of a station that enrolled before can be read again.
    case keysRead(Credentials)
    /// The journal before this one was closed.
    case journalReplaced(JournalReplaced)
    /// The county gave events back: those that change the books.
    case booksRecovered(BooksRecovered, [RecoveredEvent])
    /// The front of the journal is about to be removed.
    case journalPruned(JournalPruned)
}

/// Which timer ran out. A timer that no longer fits the state does nothing.
public enum TimerKey: Sendable, Hashable {
    /// The door should be open by now.
    case openWait(DoorName, cycle: Int, attempt: Int)
    /// The door has stood open for long; a cycle of 0 stands for an opening that nobody asked for.
    case leftOpen(DoorName, cycle: Int)
    /// A step at a place without a working sensor is over.
    case assumed(DoorName, cycle: Int)
    /// Nobody scanned in this session for long.
    case sessionIdle(Int)
    /// Time to write what was counted of texts that scanners read again and again.
    case repeats
    /// Time to look at hold periods.
    case housekeeping
}

/// What is to be done once the events of the same decision are durable.
public enum Action: Sendable, Hashable {
    case pulse(DoorName, cycle: Int, milliseconds: Int64)
    case answer(Answer)
    /// Starts a timer, or starts it again.
    case timer(TimerKey, afterMilliseconds: Int64)
    /// Keeps verifiers beside the keys.
    case keepPINs([PINVerifier])
    /// Keeps a phone number beside the journal, sealed and sent to the county alone (DESIGN rule 10), with the random key of
    /// its recipient; `nil` where the county's own key is known.
    case keepContact(Waybill, phone: String, recipientKey: String?)
}

/// What an input leads to.
public struct Decision: Sendable, Hashable {
    public var events: [Event] = []
    public var actions: [Action] = []

    package init(events: [Event] = [], actions: [Action] = []) {
        (self.events, self.actions) = (events, actions)
    }
}

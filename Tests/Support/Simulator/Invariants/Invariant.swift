import LockerDomain
import StationBooks
import StationPorts
import StationRules
import SyncWire

/// What invariants are shown.
enum Step {
    /// An input was decided in memory.
    case decided(Post, Decision)
    /// An event is durable; `World.proven` is the state before it, the line was read back from its bytes.
    case event(EventLine, cause: Post)
    /// An action is about to be performed; the journal ends here in the station's memory.
    case performing(Action, behind: Position)
    /// The doors took an order; it waits its turn.
    case ordered(PulseOrder)
    /// A coil is on, for so long if its thread wakes in time.
    case energised(PulseOrder, milliseconds: Int64)
    /// It is off again.
    case released(PulseOrder)
    /// The program lets go of the doors: all coils are off, no order waits.
    case outputsOff
    case crashed
    /// The state was read from the disk.
    case recovered(StationState)
    case snapshot
    case countyTook(CountyBatch, ChainBook.Outcome)
    case countyRestored
    /// Lines of the county stand in the places of damaged ones.
    case putBack([JournalLine])
    /// The station's cursor stands here now.
    case acknowledged(Position)
    /// Ten minutes went by.
    case lookedAt
    case dayEnded
    /// Everything works, everything is sent: the books can be compared.
    case ended
}

/// A sentence that is true after every step. One of a new flow is one more type here and one more line in
/// `Invariants.all`; steps that do not concern it fall through its `default`.
protocol Invariant {
    var sentence: String { get }
    /// What is wrong, or `nil`.
    mutating func judge(_ step: Step, in world: World) -> String?
}

/// One that goes on when another journal takes the place of the station's own.
protocol Lasting: Invariant {
    /// Takes over what the one before it knows of the world, so that it asks for nothing that nobody can know.
    mutating func remember(_ other: Self)
}

extension Lasting {
    func continuing(_ others: [any Invariant]) -> any Invariant {
        var own = self
        if let known = others.lazy.compactMap({ $0 as? Self }).first { own.remember(known) }
        return own
    }
}

/// All that must hold.
enum Invariants {
    /// `counted` and `fen`: what the county had counted when the journal was lost.
    static func all(counted: [EventType: Int] = [:], fen: Int = 0) -> [any Invariant] {
        [
            OneCoil(), CoolCoils(), AuthorisedPulses(), OwedPulses(), OwnCode(), OwnDoor(), RightCode(), SeenSteps(),
            GivenOnce(),
            NoDepositOnReserve(), OnePlace(), TrueDoors(), TrueShelf(), RisingN(), ValidBadges(), EveryScanAnswered(),
            NoSecrets(), KeptPromises(), ReplayIsState(), WholeChain(), AcknowledgedIsStored(),
            CountedOnce(made: counted),
            EqualBooks(), NoticedFirst(), DarkTime(), QuietReminders(), RightfulOpening(), ThreeSystems(),
            WatchedDropOff(),
            NothingLeft(),
            FitPlace(), SupportedDoor(), WholeRun(), SaidSo(), ReplacedCode(), RevokedBadge(), FiledArea(),
            LookedInto(),
            PublishedFee(counted: fen), OrderedCommands(), OwnFields(), OwnSize(), ComesBack(),
            WrittenSince(), TakenBack(),
            LostLines(), PutBack(), TrueTime(), PrunedIsStored(),
        ]
    }
}

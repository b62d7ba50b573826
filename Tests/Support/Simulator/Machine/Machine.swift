import LockerDomain
import PortFakes
import StationBooks
import StationCore
import StationPorts
import StationRules
import SyncWire

/// Who waits for the answers to an input.
struct Asker {
    /// The person at the cabinet whose doing it is.
    var visitor: Int?
    var reply: ((World, [Answer]) -> Void)?
}

/// One input on its way to the station.
typealias Post = Posted<Asker>

extension Posted where Asker == Simulator.Asker {
    init(_ input: Input, visitor: Int?, reply: ((World, [Answer]) -> Void)? = nil) {
        self.init(input, asker: Asker(visitor: visitor, reply: reply))
    }

    var visitor: Int? { asker?.visitor }
}

/// The running program: what a crash takes with it. What it does is the core that ships.
struct Machine {
    var isRunning = false
    /// Rises with each crash and stop: what was planned for an older run does nothing.
    var run = 0
    var core: TurnCore<WorldHands>?
    var queue = PostQueue<Asker>()
    /// When the next rest is planned; `max` when none is.
    var restDue = Int64.max

    var station: Station? { core?.station }
    var state: StationState { core?.station.state ?? StationState() }
    var settledCommands: SettledCommands { core?.settledCommands ?? SettledCommands() }
    var storage: Storage { core?.station.storage ?? .ok }
    var isBehind: Bool { core?.isBehind == true }
    /// Nothing waits to be decided.
    var isQuiet: Bool { queue.isEmpty }
}

/// What outlives the program beside the journal: keys, phone numbers, the mark of life, and counts of how often the
/// station could not see what people do.
struct Keystore {
    var credentials: Credentials?
    var keys = MemoryKeys()
    var contacts = MemoryContacts()
    var lifeMarks = MemoryLifeMark()
    /// Rises whenever something may have gone unseen: a crash, a stop, a disk that takes nothing.
    var blindSpells = 0

    /// What enrolment brought: phone numbers are sealed to this county.
    func keep(_ county: County, _ entropy: SeededEntropy) {
        guard let exchange = ExchangeKey(bytes: entropy.bytes(32)) else { return }
        let brought = Keyring.County(
            signingKey: county.key.publicBytes,
            exchangeKey: exchange.publicBytes,
            codeKey: entropy.bytes(32)
        )
        try? keys.keep(Keyring(signing: entropy.bytes(32), exchange: entropy.bytes(32), county: brought))
    }
}

/// Where a crash may come within a turn.
enum CrashPoint: String, CaseIterable {
    case beforeCommit, afterCommit, betweenActions, afterTurn, whileEnergised, whileDoorOpens
}

/// How the program ends.
enum Crash: String {
    /// The program alone: what the system holds stays, and it starts again within seconds.
    case program
    /// The power: what is not synced is gone.
    case power
}

/// A crash that is to come after so many more crash points.
struct CrashPlan {
    var points: Int
    var crash: Crash
}

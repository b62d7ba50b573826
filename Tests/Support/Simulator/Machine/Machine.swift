import LockerDomain

/// One input on its way to the station, who caused it, and who waits for its answers.
struct Post {
    var input: Input
    /// The person at the cabinet whose doing it is.
    var visitor: Int?
    var reply: ((World, [Answer]) -> Void)?

    init(_ input: Input, visitor: Int? = nil, reply: ((World, [Answer]) -> Void)? = nil) {
        self.input = input
        self.visitor = visitor
        self.reply = reply
    }
}

/// The running program: what a crash takes with it.
struct Machine {
    var isRunning = false
    /// Rises with each crash and stop: what was planned for an older run does nothing.
    var run = 0
    var station: Station
    var log: EventLog
    var mailbox: [Post] = []
    var isDraining = false
    /// Uptime at which each timer runs out.
    var timers: [TimerKey: Int64] = [:]
    var lastMoment: Moment?
    var levels: [DoorName: DoorLevel] = [:]
    var missed: [Input] = []
    /// Something happened that could not be written.
    var isBehind = false
    var isResting = false
    var rested = 0
    var snapshotAt = 0
}

/// What outlives the program: keys, and counts of how often the station could not see what people do.
struct Keystore {
    var credentials: Credentials?
    /// Rises whenever something may have gone unseen: a crash, a stop, a disk that takes nothing.
    var blindSpells = 0
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

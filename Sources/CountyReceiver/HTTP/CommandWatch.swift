import CountySQLite
import GRDB
import SyncWire

/// Looks into the books for all questions that are held, once in `CountyLimits.commandPollMilliseconds` and only while
/// there are some: it wakes those of stations that have a new command, and answers those whose time is over. Desk commands
/// are other processes, so nobody tells the server.
///
/// What can make a command new to a question is few: only a row that is added, since no command begins to wait a second
/// time; and a clock that goes back, because then one lives again that was over. Events that complete the end that a
/// station names come through this process, which says so (`Waiters.eventsCame`).
struct CommandWatch {
    private let county: County
    /// The last command that was written, at the last look.
    private var newest: Int64?
    /// The time that the county went by then, milliseconds since 1970.
    private var lastGood = Int64.min

    /// Begins to look for all, unless somebody does already. To be called by a question that is held.
    // Not inlined into the frames of questions that sleep.
    @inline(never)
    static func begin(_ county: County) {
        guard county.waiters.beginWatch() else { return }
        Task {
            var watch = CommandWatch(county: county)
            await watch.run()
        }
    }

    private init(county: County) { self.county = county }

    private mutating func run() async {
        let (clock, waiters) = (ContinuousClock(), county.waiters)
        repeat {
            look()
            let next = waiters.slots.end(of: waiters.slots.slot(at: clock.now) + 1)
            // Nobody cancels this task; it ends when nobody waits.
            try? await clock.sleep(until: next)
        } while waiters.goOn()
    }

    private mutating func look() {
        let (waiters, known) = (county.waiters, newest)
        let due = waiters.endDue(now: .now)
        do {
            let time = try county.clockNow()
            let (news, answers) = try county.store.read { db in
                (
                    try CommandQueue.news(db, after: known),
                    try due.map { try CommandList.body(db, station: $0.station, $0.query, time: time) }
                )
            }
            for (question, answer) in zip(due, answers) { waiters.answer(question, answer) }
            // The first look knows nothing of what came before it.
            if let numbers = news.numbers, time.lastGood >= lastGood {
                waiters.commandsCame(numbers)
            } else {
                waiters.anythingCame()
            }
            (newest, lastGood) = (news.newest, time.lastGood)
        } catch {
            // A question that looks for itself finds out what is wrong, and says so in its answer.
            for question in due { waiters.answer(question, nil) }
            waiters.anythingCame()
        }
    }
}

import LockerDomain
import StationBooks
import StationCore
import StationPorts
import StationRules
import SyncWire

/// What the core's turns do to the world, and where a crash may end them.
final class WorldHands: TurnHands {
    private unowned let world: World
    /// A journal that cannot be read is tried again every five seconds.
    private var lastWords = ""

    init(_ world: World) { self.world = world }

    func pulse(_ order: PulseOrder) -> Bool { world.order(order) }
    func post(_ input: Input) { world.post(Post(input)) }
    func show(_ answer: Answer, at now: Moment) { world.show(answer) }
    func reply(_ answers: [Answer], to asker: Asker) { asker.reply?(world, answers) }
    func journalGrew() { world.ring() }

    func report(_ trouble: TurnTrouble) {
        let words = "\(trouble)"
        if words != lastWords { world.log.note(world.clock.now, .word(words)) }
        lastWords = words
        switch trouble {
        case .commit(let error), .commitWithReserve(let error):
            if !(error is JournalError) { world.fail("an event can be written as a line", "\(error)") }
        case .unreadable(let error):
            world.meet("a stale journal")
            if world.disk.mood != .unreadable { world.fail("the journal can be read again", "\(error)") }
        case .pins, .snapshot, .contactNotKept, .contactNotFound, .contactsNotErased:
            world.fail("keys and numbers are kept", "\(trouble)")
        case .notPruned(let error):
            if world.disk.mood == .well { world.fail("the front of the journal can be removed", "\(error)") }
        }
    }

    func decided(_ post: Post, _ decision: Decision) {
        world.log.note(world.clock.now, .input(post.input))
        world.decisions.take(decision)
        world.judge(.decided(post, decision))
        if !world.rules.commitsFirst { world.actTooEarly(decision.actions) }
    }

    func willCommit() {
        world.turns += 1
        _ = world.crashes(at: .beforeCommit)
    }

    func committed(_ lines: [JournalLine], causes: @autoclosure () -> [Post]) {
        if let last = lines.last { world.decisions.take(last.hash) }
        world.prove(causes())
        _ = world.crashes(at: .afterCommit)
    }

    func willPerform(_ action: Action) {
        guard !world.crashes(at: .betweenActions), let core = world.machine.core else { return }
        world.judge(.performing(action, behind: core.log.position))
    }

    func rebuilt(_ state: StationState) {
        if let damage = world.machine.core?.damage { world.fail("the journal can be read again", "\(damage)") }
        world.judge(.recovered(state))
    }
    func willKeepSnapshot() { world.judge(.snapshot) }
    func fellBehind() { world.keystore.blindSpells += 1 }
}

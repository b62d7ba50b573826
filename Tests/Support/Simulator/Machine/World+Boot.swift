import LockerDomain
import PortFakes
import StationBooks
import StationCore
import StationPorts
import StationRules
import SyncWire

/// Start, stop, crash: what happens around the turns.
extension World {
    /// The program starts: state from the disk, levels from the sensors.
    func start() {
        guard !machine.isRunning else { return }
        let isFirst = disk.incarnations.isEmpty
        machine = Machine(run: machine.run + 1)
        do {
            machine.core = try core()
        } catch {
            // The service manager starts it again.
            guard disk.mood == .unreadable else { return fail("the journal can be read at every start", "\(error)") }
            return after(5 * Span.second, run: machine.run) { $0.start() }
        }
        if let damage = machine.core?.damage { return fail("the journal can be read at every start", "\(damage)") }
        machine.isRunning = true
        beginClock()
        var levels: [DoorName: DoorLevel] = [:]
        for name in cabinet.names {
            let reading = cabinet.doors[name]?.reading ?? .unknown
            cabinet.doors[name]?.beWatched(at: clock.now)
            levels[name] = reading
        }
        log.note(clock.now, .word("started, run \(machine.run), wall \(clock.moment.wall), \(clock.trust)"))
        let replaced = disk.base > 0 && disk.lines.count == disk.base ? JournalReplaced(lost: disk) : nil
        machine.core?.start(levels: levels, replaced: replaced, at: moment)
        afterTurn()
        if isFirst, let credentials = keystore.credentials { turn([Post(.enrolled(credentials, by: "simulation"))]) }
        ring()
        if !disk.rot.isEmpty {
            after(chance.within(2 * Span.second...Span.minute), run: machine.run) { $0.checkJournal() }
        }
    }

    /// As the engine does it: the discipline goes on from what the journal knows of the time.
    private func beginClock() {
        guard let core = machine.core else { return }
        let isSameBoot = core.lastSign?.bootID == clock.bootID
        let known = core.station.state.trustedTime
        clock.begin(ClockDiscipline(trustedTime: known, after: core.lastSign?.moment, isSameBoot: isSameBoot))
    }

    private func core() throws -> TurnCore<WorldHands> {
        let hands = WorldHands(self)
        self.hands = hands
        if let pins = try? keystore.keys.pins(), !pins.isEmpty {
            keystore.credentials?.pins = Dictionary(pins.map { ($0.badge, $0) }) { $1 }
        }
        var rules = TurnRules()
        (rules.decide, rules.apply) = (self.rules.decide, self.rules.apply)
        rules.spared = self.rules.spared
        rules.read = { [journal] in try journal.read($0) }
        return try TurnCore(
            settings: settings,
            version: "simulated",
            ports: TurnPorts(
                journal: journal,
                entropy: entropy,
                keys: keystore.keys,
                contacts: keystore.contacts,
                lifeMarks: keystore.lifeMarks,
                bootID: clock.bootID
            ),
            credentials: keystore.credentials,
            snapshotEvents: profile.snapshotEvents,
            rules: rules,
            hands: hands,
            checkPIN: { pin, verifier in pin == verifier.hash }
        )
    }

    // MARK: Crashes

    /// Whether the crash that is planned comes now.
    func crashes(at point: CrashPoint) -> Bool {
        guard machine.isRunning, var plan = crashPlan else { return false }
        plan.points -= 1
        crashPlan = plan
        guard plan.points <= 0 else { return false }
        crashPlan = nil
        crash(plan.crash, at: point.rawValue)
        return true
    }

    /// - Parameter length: how long the power is gone; any time when `nil`.
    func crash(_ kind: Crash, at point: String, dark length: Int64? = nil) {
        guard machine.isRunning else { return }
        crashes += 1
        log.note(clock.now, .word("CRASH of the \(kind.rawValue), \(point)"))
        end()
        switchOff()
        judge(.crashed)
        guard kind == .power else {
            return after(chance.within(500...5_000)) { $0.start() }
        }
        let spoilt = chance.happens(60) ? chance.count(0...100_000) : nil
        journal.change { disk in
            disk.powerCut()
            if let spoilt { disk.spoilSnapshot(spoilt) }
        }
        lastWall = clock.moment.wall
        let dark = length ?? anyDarkness()
        let boots = clock.boots
        after(dark) { if $0.clock.boots == boots { $0.switchOn() } }
    }

    private func anyDarkness() -> Int64 {
        chance.happens(300) ? chance.within(Span.minute...9 * Span.hour) : chance.within(5_000...Span.minute)
    }

    /// The power is back.
    private func switchOn() {
        if let dark = darkWeek, clock.now < dark.upperBound { darkWeek = dark.lowerBound...clock.now }
        clock.boot(profile.clockStart(&chance, lastWall: lastWall))
        after(chance.within(8_000...40_000)) { $0.start() }
    }

    /// The power is gone for days.
    func goDark(for length: Int64) {
        guard machine.isRunning else { return trouble(at: clock.now + Span.hour) { $0.goDark(for: length) } }
        darkWeek = clock.now...clock.now + length
        worn.insert("a dark week")
        crash(.power, at: "for \(length / Span.hour) h", dark: length)
    }

    /// Nobody waits for the end of a dark week once the world is wound up.
    func endDarkWeek() {
        if let dark = darkWeek, clock.now < dark.upperBound, !machine.isRunning { switchOn() }
    }

    /// The program is gone, and what it knew.
    private func end() {
        machine.core?.abandon()
        machine.isRunning = false
        machine.run += 1
        keystore.blindSpells += 1
    }

    /// Stopped on purpose, and started again: an update. Who waits for an answer is told to try again.
    func restartProgram() {
        guard machine.isRunning, let core = machine.core else { return }
        switchOff()
        let scanner = TextSource(device: "1-1", role: .scanner)
        post(
            Post(.text(Card.end.text, from: scanner), visitor: nil) { world, answers in
                guard answers.map(\.id) != [.busy] else { return world.meet("a reply at a stop") }
                world.fail("who waits at a stop is told to try again", "\(answers)")
            }
        )
        core.stop(reason: "update", taking: { machine.queue.take() }, at: moment)
        guard machine.isRunning else { return }
        end()
        after(2 * Span.second) { $0.start() }
    }

    /// The power fails, and the journal does not survive it: the keys do, the books begin anew.
    func loseJournal() {
        guard machine.isRunning else { return }
        crash(.power, at: "with the journal")
        log.note(clock.now, .word("the journal is lost"))
        let next = Hex.encode(chance.bytes(16))
        journal.change { $0.lose(next: next) }
        keystore.contacts = MemoryContacts()
        (proven, cameBack) = (StationState(), [])
        // Where the shelves are full nobody knows, and no audit tells.
        for shelf in cabinet.shelf { excuse(.shelf(shelf), .journalLost) }
        beginAnew()
    }
}

extension JournalReplaced {
    /// The incarnation before the present one, as far as its file still tells.
    fileprivate init(lost disk: Disk) {
        self.init(
            previous: disk.incarnations.dropLast().last,
            lastSequence: nil,
            lastHash: nil,
            reason: .damaged
        )
    }
}

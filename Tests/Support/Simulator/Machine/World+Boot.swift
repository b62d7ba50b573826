import LockerDomain
import SyncWire

/// Start, crash, rest: what happens around the turns.
extension World {
    /// The program starts: state from the disk, levels from the sensors.
    func start() {
        machine.run += 1
        guard let (state, log) = recovered() else { return }
        judge(.recovered(state))
        machine = Machine(run: machine.run, station: station(state), log: log)
        machine.isRunning = true
        machine.snapshotAt = log.position.sequence
        for name in cabinet.names {
            let reading = cabinet.doors[name]?.reading ?? .unknown
            cabinet.doors[name]?.beWatched(at: clock.now)
            machine.levels[name] = reading
        }
        self.log.note(clock.now, .word("started, run \(machine.run), wall \(clock.moment.wall), \(clock.trust)"))
        let run = machine.run
        var posts: [Post] = []
        if disk.lines.count == disk.base {
            if disk.base > 0 { posts.append(Post(.journalReplaced(JournalReplaced(lost: disk)))) }
            if let credentials = keystore.credentials {
                posts.append(Post(.enrolled(credentials, by: "simulation")))
            }
        }
        posts.append(Post(.started(version: "simulated", levels: machine.levels, after: lastSign)))
        turn(posts)
        if machine.run == run, machine.station.storage == .ok { turn([Post(.storage(disk.rest(keeping: nil)))]) }
        ring()
    }

    private func station(_ state: StationState, storage: Storage = .ok) -> Station {
        Station(
            settings: settings,
            state: state,
            credentials: keystore.credentials,
            storage: storage,
            checkPIN: { pin, verifier in pin == verifier.hash }
        )
    }

    private func recovered() -> (StationState, EventLog)? {
        do {
            return try Recovery.run(disk, station: settings.id, bootID: clock.bootID, rules: rules)
        } catch {
            fail("the journal can be read again at every start", "\(error)")
            return nil
        }
    }

    /// Makes the station again what the journal proves.
    func rebuild() -> Bool {
        guard let (state, log) = recovered() else { return false }
        judge(.recovered(state))
        machine.station = station(state, storage: machine.station.storage)
        machine.log = log
        return true
    }

    // MARK: Signs of life

    /// The last event, or the mark of the engine behind it. In the same boot the uptime tells how long ago it was.
    private var lastSign: SignOfLife? {
        let event = disk.lines.dropFirst(disk.base).last?.read
        guard let sign = lastMark ?? event.map({ (moment: $0.time, bootID: $0.bootID) }) else { return nil }
        let last = event.map { $0.bootID == sign.bootID && $0.time.uptime > sign.moment.uptime ? $0.time : sign.moment }
        let (moment, now) = (last ?? sign.moment, clock.moment)
        guard sign.bootID == clock.bootID, now.clock.isConfirmed, now.uptime >= moment.uptime else {
            return SignOfLife(wall: moment.wall, clock: moment.clock)
        }
        return SignOfLife(wall: now.wall - (now.uptime - moment.uptime), clock: now.clock)
    }

    /// The mark that the engine wrote last: up to ten minutes old.
    private func mark() {
        let now = clock.moment
        let age = now.uptime % Limits.lifeMarkMilliseconds
        lastMark = (Moment(wall: now.wall - age, uptime: now.uptime - age, clock: now.clock), clock.bootID)
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

    func crash(_ kind: Crash, at point: String) {
        guard machine.isRunning else { return }
        crashes += 1
        log.note(clock.now, .word("CRASH of the \(kind.rawValue), \(point)"))
        machine.isRunning = false
        machine.run += 1
        keystore.blindSpells += 1
        switchOff()
        mark()
        judge(.crashed)
        guard kind == .power else {
            return after(chance.within(500...5_000)) { $0.startAgain() }
        }
        disk.powerCut()
        lastWall = clock.moment.wall
        let dark = chance.happens(300) ? chance.within(Span.minute...9 * Span.hour) : chance.within(5_000...Span.minute)
        after(dark) { world in
            world.clock.boot(world.profile.clockStart(&world.chance, lastWall: world.lastWall))
            world.after(world.chance.within(8_000...40_000)) { $0.startAgain() }
        }
    }

    private func startAgain() {
        guard !machine.isRunning else { return }
        start()
    }

    /// Stopped on purpose, and started again: an update.
    func restartProgram() {
        guard machine.isRunning else { return }
        switchOff()
        turn([Post(.stopping(reason: "update"))])
        guard machine.isRunning else { return }
        rest(keepsSnapshot: true)
        machine.isRunning = false
        machine.run += 1
        keystore.blindSpells += 1
        after(2 * Span.second) { $0.startAgain() }
    }

    /// The power fails, and the journal does not survive it: the keys do, the books begin anew.
    func loseJournal() {
        guard machine.isRunning else { return }
        crash(.power, at: "with the journal")
        log.note(clock.now, .word("the journal is lost"))
        disk.lose(next: Hex.encode(chance.bytes(16)))
        proven = StationState()
        // Where the shelves are full nobody knows, and no audit tells.
        for shelf in cabinet.shelf { excuse(.shelf(shelf), .journalLost) }
        beginAnew()
    }

    // MARK: Rest

    func scheduleRest() {
        guard !machine.isResting else { return }
        machine.isResting = true
        after(5 * Span.second, run: machine.run) { world in
            world.machine.isResting = false
            world.housekeep()
        }
    }

    /// As the engine's rest: snapshot, reserve, and a look whether a sick disk is well again.
    private func housekeep() {
        let behind = machine.log.position.sequence - machine.snapshotAt
        let due = behind >= profile.snapshotEvents
        let isWell = machine.station.storage == .ok
        guard machine.station.isIdle || !isWell || behind >= 5 * profile.snapshotEvents else { return scheduleRest() }
        guard due || !isWell || machine.rested != machine.log.position.sequence else { return }
        machine.rested = machine.log.position.sequence
        let storage = rest(keepsSnapshot: due && isWell || machine.station.storage == .failed)
        if storage != machine.station.storage { turn([Post(.storage(storage))]) }
        guard machine.isRunning else { return }
        if machine.station.storage != .failed { catchUp() }
        if machine.station.storage != .ok { scheduleRest() }
    }

    @discardableResult
    private func rest(keepsSnapshot: Bool) -> Storage {
        // The engine makes its snapshot before it knows; here that would be most of the time of a simulated day.
        guard keepsSnapshot, disk.mood == .well else { return disk.rest(keeping: nil) }
        judge(.snapshot)
        let bytes = try? Recovery.snapshot(of: machine.station.state, behind: machine.log.hash)
        let storage = disk.rest(keeping: bytes)
        if storage != .failed { machine.snapshotAt = machine.log.position.sequence }
        return storage
    }

    /// What happened while nothing could be written is decided now.
    private func catchUp() {
        guard machine.isBehind else { return }
        machine.isBehind = false
        var inputs = machine.missed.map { input -> Input in
            guard case .started(let version, _, let sign) = input else { return input }
            return .started(version: version, levels: machine.levels, after: sign)
        }
        machine.missed = []
        inputs += machine.levels.sorted { $0.key < $1.key }.map { .level($0.key, $0.value) }
        turn(inputs.map { Post($0) })
        let unseen = machine.station.state.doors.filter { $0.value.cycle?.phase == .unlocking }.keys.sorted()
        turn(unseen.map { Post(.interrupted($0)) })
    }
}

extension JournalReplaced {
    /// The incarnation before the present one, as far as its file still tells.
    fileprivate init(lost disk: Disk) {
        self.init(
            previous: disk.incarnations.dropLast().last,
            lastSequence: nil,
            lastHash: nil,
            supportCounter: UInt32(disk.incarnations.count) * 1_000,
            reason: .damaged
        )
    }
}

import LockerDomain
import SyncWire

/// The turn of the engine (DESIGN 3.1), step by step as `StationEngine` does it, with a crash point between any two.
extension World {
    private struct Decided {
        var post: Post
        var decision: Decision
    }

    /// Hands in an input; it is decided within some milliseconds, together with whatever else comes until then.
    func post(_ post: Post) {
        guard machine.isRunning, machine.mailbox.count < Limits.mailboxInputsMax else { return }
        machine.mailbox.append(post)
        guard !machine.isDraining else { return }
        machine.isDraining = true
        after(chance.within(0...Self.turnMillisecondsMax), run: machine.run) { $0.drain() }
    }

    private static var turnMillisecondsMax: Int64 { 25 }

    func drain() {
        machine.isDraining = false
        let run = machine.run
        while machine.isRunning, machine.run == run, failure == nil {
            let due = dueTimers()
            if !due.isEmpty { turn(due.map { Post(.timer($0)) }) }
            guard machine.run == run else { return }
            let posts = Array(machine.mailbox.prefix(Limits.inputsPerTurnMax))
            machine.mailbox.removeFirst(posts.count)
            if posts.isEmpty { return }
            turn(posts)
        }
    }

    private func dueTimers() -> [TimerKey] {
        let uptime = clock.moment.uptime
        guard machine.timers.contains(where: { $0.value <= uptime }) else { return [] }
        let due = machine.timers.filter { $0.value <= uptime }
            .sorted { ($0.value, "\($0.key)") < ($1.value, "\($1.key)") }
        for (key, _) in due { machine.timers[key] = nil }
        return due.map(\.key)
    }

    /// One turn: decide and apply in memory, one durable commit, then the actions.
    func turn(_ posts: [Post]) {
        guard machine.isRunning, !posts.isEmpty else { return }
        turns += 1
        let (now, before) = (clock.moment, machine.lastMoment)
        let posts = clockPosts(now) + posts
        for case .level(let door, let level) in posts.map(\.input) { machine.levels[door] = level }
        let decided = decide(posts, at: now)
        if crashes(at: .beforeCommit) { return }
        do {
            try commit(decided, at: now)
        } catch {
            storageFailed(error as? Disk.Fault, posts, at: now, lastMoment: before)
        }
    }

    private func decide(_ posts: [Post], at now: Moment) -> [Decided] {
        posts.map { post in
            log.note(clock.now, .input(post.input))
            let decision = rules.decide(&machine.station, withRecipientKey(post.input), now)
            judge(.decided(post, decision))
            return Decided(post: post, decision: decision)
        }
    }

    /// A phone number has one key for all its parcels, which no other number has. Here it is made of the number: it stands
    /// for a random one, and no chance is spent on it.
    private func withRecipientKey(_ input: Input) -> Input {
        guard case .text(let text, var source) = input, let phone = machine.station.phone(in: text, from: source)
        else { return input }
        source.recipientKey = Hex.encode(PhoneMark.of(phone, key: county.codeKey))
        return .text(text, from: source)
    }

    private func commit(_ decided: [Decided], at now: Moment) throws {
        let run = machine.run
        if !rules.commitsFirst { for item in decided { perform(item.decision.actions, of: item.post, at: now) } }
        let lines: [Disk.Line]
        do {
            lines = try machine.log.lines(for: decided.flatMap(\.decision.events), at: now)
        } catch {
            return fail("an event can be written as a line", "\(error)")
        }
        if !lines.isEmpty {
            try rules.append(&disk, lines)
            machine.log.commit(lines)
            prove(lines, causes: decided.flatMap { item in item.decision.events.map { _ in item.post } })
        }
        if crashes(at: .afterCommit) { return }
        for item in decided where rules.commitsFirst && machine.run == run {
            perform(item.decision.actions, of: item.post, at: now)
        }
        guard machine.run == run else { return }
        if !lines.isEmpty { ring() }
        scheduleRest()
        _ = crashes(at: .afterTurn)
    }

    /// Each durable event is read back from its bytes and judged against the state before it.
    func prove(_ lines: [Disk.Line], causes: [Post]) {
        for (line, cause) in zip(lines, causes) {
            guard let read = line.read else {
                return fail("a line of the journal can be read again", String(decoding: line.bytes, as: UTF8.self))
            }
            log.note(clock.now, .event(read.event))
            judge(.event(read, cause: cause))
            excuseStranger(read.event, cause)
            proven.apply(read.event, at: read.time)
            excuse(read.event, cause)
            events += 1
            kinds[read.event.type.rawValue, default: 0] += 1
        }
    }

    private func perform(_ actions: [Action], of post: Post, at now: Moment) {
        let run = machine.run
        var answers: [Answer] = []
        for action in actions {
            if crashes(at: .betweenActions) { return }
            judge(.performing(action, behind: machine.log.position))
            if case .answer(let answer) = action { answers.append(answer) } else { perform(action, at: now) }
            guard machine.run == run else { return }
        }
        for answer in answers { show(answer) }
        post.reply?(self, answers)
    }

    /// Written without a `switch`: what later versions do is nothing that this world reacts to.
    private func perform(_ action: Action, at now: Moment) {
        if case .pulse(let door, let cycle, let milliseconds) = action {
            order(PulseOrder(door: door, cycle: cycle, milliseconds: milliseconds))
        } else if case .timer(let key, let milliseconds) = action {
            startTimer(key, at: now.uptime + milliseconds)
        } else if case .keepPINs(let pins) = action {
            keystore.credentials?.pins = Dictionary(pins.map { ($0.badge, $0) }) { $1 }
        }
    }

    private func startTimer(_ key: TimerKey, at uptime: Int64) {
        guard machine.timers[key] != nil || machine.timers.count < Limits.timersMax else { return }
        machine.timers[key] = uptime
        after(max(0, uptime - clock.moment.uptime), run: machine.run) { world in
            guard world.machine.timers[key] == uptime else { return }
            world.drain()
        }
    }

    // MARK: Clock

    /// The input of a wall clock that was set or gained trust since the last turn; smaller steps are slewing.
    private func clockPosts(_ now: Moment) -> [Post] {
        defer { machine.lastMoment = now }
        guard let last = machine.lastMoment else { return [] }
        let jump = (now.wall - last.wall) - (now.uptime - last.uptime)
        guard last.clock != now.clock || abs(jump) > 2 * Span.second else { return [] }
        return [Post(.clockChanged(before: last.clock, after: now.clock, jumpMilliseconds: jump))]
    }

    // MARK: When the disk fails

    private func storageFailed(_ fault: Disk.Fault?, _ posts: [Post], at now: Moment, lastMoment: Moment?) {
        log.note(clock.now, .word("commit failed: \(fault.map { "\($0)" } ?? "?")"))
        guard rebuild() else { return }
        if fault == .full, disk.releaseReserve() {
            do {
                return try commit(decide([Post(.storage(.reserve))] + posts, at: now), at: now)
            } catch {
                guard rebuild() else { return }
            }
        }
        answerOnly(posts, at: now, lastMoment: lastMoment)
    }

    /// Nothing can be written: people are told so, and nothing physical happens.
    private func answerOnly(_ posts: [Post], at now: Moment, lastMoment: Moment?) {
        for post in posts {
            if case .text = post.input { show(Answer(.storageFailed)) }
            keep(post.input)
            post.reply?(self, [Answer(.storageFailed)])
        }
        machine.isBehind = true
        machine.lastMoment = lastMoment
        keystore.blindSpells += 1
        _ = rules.decide(&machine.station, .storage(.failed), now)
        scheduleRest()
    }

    private func keep(_ input: Input) {
        switch input {
        case .started, .journalReplaced, .enrolled, .scanner: break
        case .timer(.openWait): return
        case .timer: break
        default: return
        }
        machine.missed.removeAll { $0 == input }
        machine.missed.append(input)
    }
}

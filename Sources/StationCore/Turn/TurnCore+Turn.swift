package import LockerDomain
import StationBooks
import StationPorts
import StationRules
import SyncWire

extension TurnCore {
    private struct Decided {
        var post: Post
        var decision: Decision
    }

    /// One turn: decide and apply in memory, one durable commit, then the actions. Without posts it is a look at the clock,
    /// which `user` has set.
    package func turn(_ posts: [Post], at now: Moment, setBy user: String? = nil) {
        guard !isStopped else { return }
        let before = lastMoment
        // Before the first turn nothing is known that a clock could have changed.
        guard before != nil || !posts.isEmpty else { return }
        let posts = clockPosts(now, setBy: user) + posts
        guard !posts.isEmpty else { return }
        for case .level(let door, let level) in posts.lazy.map(\.input) { levels[door] = level }
        guard !isStale || rebuild(), closeDamaged(at: now) else {
            return answerOnly(posts, at: now, lastMoment: before)
        }
        do {
            try commit(decide(posts, at: now), at: now)
            // A scanner that is nothing new before a start is missing behind it, and says so only once.
            if isBehind { for case .scanner(let report) in posts.map(\.input) { keep(.scanner(report)) } }
        } catch {
            guard !isStopped else { return }
            hands.report(.commit(error))
            storageFailed(error, posts, at: now, lastMoment: before)
        }
    }

    /// Decides what waits: timers that ran out, then inputs, until there are none. `take` gives the inputs of one turn.
    package func drain(taking take: () -> [Post], now: () -> Moment) {
        while !isStopped {
            let moment = now()
            let due = timers.due(at: moment.uptime)
            if !due.isEmpty { turn(due.map { Post(.timer($0)) }, at: moment) }
            let posts = take()
            if posts.isEmpty { return }
            turn(posts, at: now())
        }
    }

    /// The station in memory is thrown away, rebuilt from the journal, and the inputs are decided again, first with
    /// the reserve, then with nothing but answers (DESIGN rules 1, 6).
    private func storageFailed(_ error: any Error, _ posts: [Post], at now: Moment, lastMoment: Moment?) {
        guard rebuild() else { return answerOnly(posts, at: now, lastMoment: lastMoment) }
        if (error as? JournalError)?.code == .full, ports.journal.releaseReserve() {
            do {
                return try commit(decide([Post(.storage(.reserve))] + posts, at: now), at: now)
            } catch {
                guard !isStopped else { return }
                hands.report(.commitWithReserve(error))
                _ = rebuild()
            }
        }
        answerOnly(posts, at: now, lastMoment: lastMoment)
    }

    private func decide(_ posts: [Post], at now: Moment) -> [Decided] {
        posts.map { post in
            let decision = rules.decide(&station, withRecipientKey(post.input), now)
            hands.decided(post, decision)
            return Decided(post: post, decision: decision)
        }
    }

    private func commit(_ decided: [Decided], at now: Moment) throws {
        hands.willCommit()
        guard !isStopped else { return }
        let lines = try log.lines(for: decided.flatMap(\.decision.events), at: now)
        if !lines.isEmpty {
            try ports.journal.append(lines)
            log.commit(lines)
            settledCommands = station.state.commands
            hands.committed(lines, causes: decided.flatMap { item in item.decision.events.map { _ in item.post } })
        }
        for item in decided where !isStopped { perform(item, at: now) }
        if !lines.isEmpty, !isStopped { hands.journalGrew() }
    }

    private func perform(_ item: Decided, at now: Moment) {
        var answers: [Answer] = []
        var isForgotten = false
        for action in item.decision.actions where !isStopped {
            hands.willPerform(action)
            guard !isStopped else { return }
            switch action {
            case .pulse(let door, let cycle, let milliseconds):
                guard !hands.pulse(PulseOrder(door: door, cycle: cycle, milliseconds: milliseconds)) else { continue }
                hands.post(.pulseEnded(door, cycle: cycle, fault: "too many pulses wait"))
            case .answer(let answer): answers.append(answer)
            case .timer(let key, let milliseconds): timers.start(key, at: now.uptime + milliseconds)
            case .keepPINs(let pins):
                do { try ports.keys.keep(pins: pins) } catch { hands.report(.pins(error)) }
            case .keepContact(let waybill, let phone, let recipientKey):
                if !keepContact(phone, of: waybill, recipientKey: recipientKey) { isForgotten = true }
            }
        }
        guard !isStopped else { return }
        // Whoever typed the number is not told that it is kept, but to try again.
        if isForgotten { answers = [Answer(.busy)] }
        if let last = answers.last { hands.show(last, at: now) }
        if let asker = item.post.asker { hands.reply(answers, to: asker) }
    }

    /// Inputs for a wall clock that stepped, or whose time is known in another way, since the last turn.
    private func clockPosts(_ now: Moment, setBy user: String?) -> [Post] {
        defer { lastMoment = now }
        guard let last = lastMoment else { return [] }
        let step = now.step(since: last)
        // Smaller steps are NTP slewing.
        guard user != nil || last.clock != now.clock || abs(step) > Limits.clockStepMilliseconds else { return [] }
        return [Post(.clockChanged(before: last.clock, after: now.clock, jumpMilliseconds: step, by: user))]
    }

    /// Nothing can be written: people are told so, and nothing physical happens. The clock counts from the last
    /// moment that was decided, so that a jump meanwhile is not lost.
    func answerOnly(_ posts: [Post], at now: Moment, lastMoment: Moment?) {
        for post in posts {
            if case .text = post.input { hands.show(Answer(.storageFailed), at: now) }
            keep(post.input)
            if let asker = post.asker { hands.reply([Answer(.storageFailed)], to: asker) }
        }
        isBehind = true
        self.lastMoment = lastMoment
        // Only the flag survives: the state is what the journal can prove.
        _ = rules.decide(&station, .storage(.failed), now)
        hands.fellBehind()
    }

    /// People scan again, sensors and cameras are read again, the county lists its commands again; the rest is kept.
    private func keep(_ input: Input) {
        switch input {
        case .text, .level, .pulseEnded, .camera, .command, .clockChanged, .storage, .stopping, .interrupted,
            .booksRecovered, .journalPruned:
            break
        case .timer(.openWait): break
        case .started, .journalReplaced, .enrolled, .keysRead, .scanner, .timer:
            missed.removeAll { $0 == input }
            if missed.count < Limits.mailboxInputsMax { missed.append(input) }
        }
    }
}

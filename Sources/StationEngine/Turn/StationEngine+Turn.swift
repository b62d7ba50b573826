import LockerDomain
import Logging
import StationCore
import StationPorts
import SyncWire

extension StationEngine {
    private struct Decided {
        var post: Post
        var decision: Decision
    }

    /// One turn: decide and apply in memory, one durable commit, then the actions. Without posts it is a look at the clock.
    /// No `await` in here.
    func turn(_ posts: [Post]) {
        guard !stopped else { return }
        let (now, before) = (ports.clock.now(), lastMoment)
        let posts = clockPosts(now) + posts
        guard !posts.isEmpty else { return }
        for case .level(let door, let level) in posts.map(\.input) { levels[door] = level }
        guard !isStale || rebuild() else { return answerOnly(posts, at: now, lastMoment: before) }
        do {
            try commit(decide(posts, at: now), at: now)
        } catch {
            storageFailed(error, posts, at: now, lastMoment: before)
        }
    }

    private func decide(_ posts: [Post], at now: Moment) -> [Decided] {
        posts.map { Decided(post: $0, decision: station.decide(withRecipientKey($0.input), at: now)) }
    }

    private func commit(_ decided: [Decided], at now: Moment) throws {
        let lines = try log.lines(for: decided.flatMap(\.decision.events), at: now)
        if !lines.isEmpty {
            try ports.journal.append(lines)
            log.commit(lines)
        }
        for item in decided { perform(item, at: now) }
        if !lines.isEmpty { committed() }
    }

    private func perform(_ item: Decided, at now: Moment) {
        var answers: [Answer] = []
        var isForgotten = false
        for action in item.decision.actions {
            switch action {
            case .pulse(let door, let cycle, let milliseconds):
                let order = PulseOrder(door: door, cycle: cycle, milliseconds: milliseconds)
                if !ports.doors.pulse(order) {
                    post(.pulseEnded(door, cycle: cycle, fault: "too many pulses wait"))
                }
            case .answer(let answer): answers.append(answer)
            case .timer(let key, let milliseconds): timers.start(key, at: now.uptime + milliseconds)
            case .keepPINs(let pins):
                do { try ports.keys.keep(pins: pins) } catch { logger.error("PIN verifiers are not kept: \(error)") }
            case .keepContact(let waybill, let phone, let recipientKey):
                if !keepContact(phone, of: waybill, recipientKey: recipientKey) { isForgotten = true }
            }
        }
        // Whoever typed the number is not told that it is kept, but to try again.
        if isForgotten { answers = [Answer(.busy)] }
        show(answers, at: now)
        item.post.reply?(answers)
        armTimers()
    }

    private func show(_ answers: [Answer], at now: Moment) {
        guard let last = answers.last else { return }
        lastAnswer = (last, now.uptime)
        ports.signals.show(last.light, last.beep)
    }

    // MARK: When the disk fails

    /// The station in memory is thrown away, rebuilt from the journal, and the inputs are decided again, first with
    /// the reserve, then with nothing but answers (DESIGN rules 1, 6).
    private func storageFailed(_ error: any Error, _ posts: [Post], at now: Moment, lastMoment: Moment?) {
        logger.error("journal: \(error)")
        guard rebuild() else { return answerOnly(posts, at: now, lastMoment: lastMoment) }
        if (error as? JournalError)?.code == .full, ports.journal.releaseReserve() {
            do {
                return try commit(decide([Post(.storage(.reserve))] + posts, at: now), at: now)
            } catch {
                logger.error("journal, with the reserve: \(error)")
                _ = rebuild()
            }
        }
        answerOnly(posts, at: now, lastMoment: lastMoment)
    }

    /// Makes `station` again what the journal proves. `false` when the journal cannot be read now: tried again with
    /// the next turn.
    func rebuild() -> Bool {
        do {
            let (state, log) = try Replay.run(
                ports.journal,
                station: settings.id,
                bootID: ports.clock.bootID,
                newIncarnation: { Hex.encode(ports.entropy.bytes(16)) }
            )
            station = Station(
                settings: settings,
                state: state,
                credentials: station.credentials,
                storage: station.storage,
                checkPIN: checkPIN
            )
            self.log = log
            isStale = false
            return true
        } catch {
            isStale = true
            logger.error("journal cannot be read again: \(error)")
            return false
        }
    }

    /// Nothing can be written: people are told so, and nothing physical happens. The clock counts from the last
    /// moment that was decided, so that a jump meanwhile is not lost.
    func answerOnly(_ posts: [Post], at now: Moment, lastMoment: Moment?) {
        for post in posts {
            if case .text = post.input { show([Answer(.storageFailed)], at: now) }
            keep(post.input)
            post.reply?([Answer(.storageFailed)])
        }
        isBehind = true
        self.lastMoment = lastMoment
        // Only the flag survives: the state is what the journal can prove.
        _ = station.decide(.storage(.failed), at: now)
    }

    /// People scan again, sensors and cameras are read again, the county lists its commands again; the rest is kept.
    private func keep(_ input: Input) {
        switch input {
        case .text, .level, .pulseEnded, .camera, .command, .clockChanged, .storage, .stopping, .interrupted: break
        case .timer(.openWait): break
        case .started, .journalReplaced, .enrolled, .scanner, .timer:
            missed.removeAll { $0 == input }
            if missed.count < Limits.mailboxInputsMax { missed.append(input) }
        }
    }
}

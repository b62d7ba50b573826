import LockerDomain
import Logging
import StationCore
import StationPorts
import SyncWire

/// Brings back from the county what the journal has lost (DESIGN 4.9).
extension UplinkRunner {
    func recoveryLoop() async {
        var pauses = Backoff()
        // Where the journal ended when the loss was seen: once the county has that, nothing of ours is unknown there.
        var behind: JournalPosition?
        while !Task.isCancelled {
            guard mayCall, let wanted = await engine.recoveryWanted() else {
                behind = nil
                await bells.recovery.wait(milliseconds: 60_000)
                continue
            }
            if behind == nil { behind = await engine.head() }
            do {
                guard let end = behind, try outbox.acknowledged() >= end else {
                    await bells.recovery.wait(milliseconds: 60_000)
                    continue
                }
                try await recover(wanted)
                behind = nil
                pauses.reset()
                await succeeded(.recovery)
            } catch {
                if Task.isCancelled { return }
                await failed(.recovery, LinkFault(error))
                let pause = max(Limits.recoveryRetryMilliseconds, pauses.pause(random: randomWord()))
                await bells.recoveryPause.wait(milliseconds: pause)
            }
        }
    }

    private func recover(_ wanted: RecoveryWanted) async throws {
        let list = try CanonicalJSON.decode(
            IncarnationList.self,
            from: try await ask("/v1/stations/\(station)/incarnations", query: "").body
        )
        var course = try RecoveryCourse(wanted, list, in: outbox)
        if wanted.isLoss {
            logger.notice("the county is asked for what was lost: \(course.ranges.count) journals")
        }
        // Page by page, so that no more than one is in memory.
        while let question = course.question {
            let reply = try await ask(
                "/v1/stations/\(station)/events",
                query: "incarnation=\(question.incarnation)&after=\(question.after)&limit=\(Limits.batchEventsMax)"
            )
            let page = try RecoveredPage(reply, of: question.incarnation, after: question.after)
            if let page = try course.take(page) { try await engine.recover(page, besides: course.tail) }
        }
        switch course.end {
        case .takeOver: try await engine.takeOver(behind: course.shared)
        case .whole: try await engine.booksAreWhole()
        }
        if wanted.isLoss { logger.notice("all that the county has of this station is back") }
    }

    private func ask(_ path: String, query: String) async throws -> UplinkReply {
        let (verdict, reply) = try await exchange("GET", path, query: query, seconds: Limits.manifestSecondsMax)
        guard verdict == .accepted else { throw verdict.fault ?? LinkFault.other("HTTP \(reply.status)") }
        await answered()
        return reply
    }
}

public import LockerDomain
import Logging
import StationCore
import StationPorts
import SyncWire

extension UplinkRunner {
    /// One signed exchange and what it means. A call whose counter the county has already is repaired and sent once more.
    ///
    /// - Throws: `LinkFault`, or what a disk throws that takes no start number.
    func exchange(
        _ method: String,
        _ path: String,
        query: String = "",
        headers: [(name: String, value: String)] = [],
        body: [UInt8] = [],
        seconds: Int64 = Limits.exchangeSeconds
    ) async throws -> (Verdict, UplinkReply) {
        let first = try await exchangeOnce(method, path, query, headers, body, seconds)
        guard case .replayed(let highest) = first.0 else { return first }
        try repairCounter(after: highest)
        return try await exchangeOnce(method, path, query, headers, body, seconds)
    }

    private func exchangeOnce(
        _ method: String,
        _ path: String,
        _ query: String,
        _ headers: [(name: String, value: String)],
        _ body: [UInt8],
        _ seconds: Int64
    ) async throws -> (Verdict, UplinkReply) {
        let counter = try nextCounter()
        guard let link else { throw ControlFault(.unavailable, "this station is not enrolled") }
        let signed = try link.signer.sign(
            method,
            path: path,
            query: query,
            headers: headers,
            body: body,
            counter: counter
        )
        let asked = clock.now().uptime
        let reply: UplinkReply
        do { reply = try await port.exchange(signed.request, seconds: seconds) } catch {
            if (error as? LinkFault)?.isBeforeSending == true { self.link?.counter.giveBack(counter) }
            throw error
        }
        let verdict = Verdict(reply, to: signed.signature, from: link.county)
        if case .notTheCounty(let beginning) = verdict { status.notTheCounty = beginning }
        if verdict == .accepted { await hear(reply, asked: asked) }
        return (verdict, reply)
    }

    /// The county itself answered, whatever it said.
    func answered() async {
        status.lastAnswer = clock.now().wall
        status.notTheCounty = nil
        health.connected()
        if reach.observed(accepting: true) { await endPauses() }
    }

    /// A call got through. After failures of its own that is news: what waits elsewhere need not wait any longer.
    func succeeded(_ call: LinkTrouble.Call) async {
        let wasFailing = health.tries(call) > 0
        health.succeeded(call)
        await answered()
        if wasFailing { await endPauses() }
    }

    func eventsSucceeded() async {
        machine.succeeded()
        status.retryInMilliseconds = nil
        await succeeded(.events)
    }

    func pause(after fault: LinkFault, atLeast: Int64 = 0) async {
        let milliseconds = machine.pause(atLeast: atLeast, random: randomWord())
        await failed(.events, fault)
        status.phase = .waitingToRetry
        status.retryInMilliseconds = milliseconds
        await bells.eventPause.wait(milliseconds: milliseconds)
        status.retryInMilliseconds = nil
    }

    /// Counts a failure, and logs the first of a row.
    func failed(_ call: LinkTrouble.Call, _ fault: LinkFault) async {
        if health.tries(call) == 0 {
            logger.warning("\(call.rawValue): \(fault)", metadata: ["call": "\(call.rawValue)"])
        }
        health.failed(call, fault, at: clock.now().uptime)
        reach.failed(fault)
        if health.failuresInARow >= Limits.reachFailuresMin { await bells.reach.notify() }
    }

    func randomWord() -> UInt32 { entropy.bytes(4).reduce(0) { $0 << 8 | UInt32($1) } }

    // MARK: Status

    func statusLoop() async {
        while !Task.isCancelled {
            await pace.sleep(milliseconds: mayCall ? Limits.statusIntervalMilliseconds : 1_000)
            if mayCall { await reportStatus() }
        }
    }

    /// One status; that it fails is kept for those who ask.
    private func reportStatus() async {
        do {
            try await sendStatus()
            await succeeded(.status)
        } catch {
            if Task.isCancelled { return }
            await failed(.status, LinkFault(error))
        }
    }

    /// The first call of a start goes alone, and is not a batch, which is answered whatever its counter is. Two boards from
    /// one card that run in turn give the same start number: with one call given, what the county names as its highest was
    /// given by the other board (DESIGN 4.3). With several on their way it could be one of this board's.
    func callFirst() async {
        guard link != nil else { return }
        callsFirst = true
        defer { callsFirst = false }
        await reportStatus()
    }

    /// Whether the loops may call.
    var mayCall: Bool { link != nil && !callsFirst }

    private func sendStatus() async throws {
        let now = currentStatus()
        let report = await engine.report(
            eventsWaiting: now.eventsWaiting,
            oldestUnsentSeconds: now.oldestUnsentSeconds,
            acknowledged: (try? outbox.unsent(after: outbox.cursor())) ?? now.acknowledged
        )
        // Packed like a batch: a cabinet of sixty doors would be more than some links pass.
        let (verdict, reply) = try await exchange(
            "PUT",
            "/v1/stations/\(station)/status",
            headers: [("content-type", "application/json"), ("content-encoding", "gzip")],
            body: Gzip.compress(try CanonicalJSON.encode(report))
        )
        guard verdict == .accepted else { throw verdict.fault ?? .other("HTTP \(reply.status)") }
    }

    /// How the link stands, with the queue as it is now.
    public func currentStatus() -> UplinkStatus {
        var current = status
        let now = clock.now()
        current.acknowledged = (try? outbox.acknowledged()) ?? current.acknowledged
        current.eventsWaiting = (try? outbox.waiting()) ?? 0
        let next = (try? outbox.unsent(after: outbox.cursor())) ?? current.acknowledged
        let oldest = try? outbox.lines(after: next, limit: 1, bytes: Limits.eventBytesMax).first
        if let oldest, let line = try? EventLine(decoding: oldest.bytes) {
            current.oldestUnsentSeconds = Int(max(0, now.wall - line.time.wall) / 1_000)
        }
        current.reach = reach.lastTry.map { lastTry in
            ReachStatus(
                isAccepting: reach.isAccepting == true,
                tries: reach.tries,
                lastTry: now.wall - (now.uptime - lastTry),
                spentBytes: reach.spentBytes
            )
        }
        current.putOff = putOffCommands(at: now)
        let shown = health.allShown.map { DatedTrouble($0, since: now.wall - (now.uptime - $0.since)) }
        (current.trouble, current.troubleSince) = (shown.first?.trouble, shown.first?.since)
        current.further = Array(shown.dropFirst())
        current.sharesIdentity = link?.counter.isShared(at: now.wall) ?? false
        return current
    }
}

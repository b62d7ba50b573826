import LockerDomain
import Logging
public import StationPorts
import SyncWire

extension UplinkRunner {
    /// One signed exchange and what it means.
    func exchange(
        _ method: String,
        _ path: String,
        query: String = "",
        headers: [(name: String, value: String)] = [],
        body: [UInt8] = [],
        seconds: Int64 = Limits.exchangeSeconds
    ) async throws -> (Verdict, UplinkReply) {
        guard var link else { throw ControlFault(.unavailable, "this station is not enrolled") }
        let signed = try link.signer.sign(method, path: path, query: query, headers: headers, body: body)
        self.link = link
        let reply = try await port.exchange(signed.request, seconds: seconds)
        return (Verdict(reply, to: signed.signature, from: link.county), reply)
    }

    /// The county itself answered, whatever it said.
    func answered() {
        status.lastAnswer = clock.now().wall
        status.notTheCounty = nil
    }

    func succeeded() {
        answered()
        backoff.reset()
        status.lastFault = nil
        status.failuresInARow = 0
        status.retryInMilliseconds = nil
    }

    func pause(after fault: String, atLeast: Int64? = nil) async {
        let milliseconds = max(backoff.pause(random: randomWord()), atLeast ?? 0)
        if status.failuresInARow == 0 { logger.warning("county not reached: \(fault)") }
        status.phase = .waitingToRetry
        status.lastFault = fault
        status.failuresInARow = backoff.failures
        status.retryInMilliseconds = milliseconds
        await pauseBell.wait(milliseconds: milliseconds)
        status.retryInMilliseconds = nil
    }

    func randomWord() -> UInt32 { entropy.bytes(4).reduce(0) { $0 << 8 | UInt32($1) } }

    // MARK: Status

    func statusLoop() async {
        while !Task.isCancelled {
            if link != nil {
                do {
                    try await sendStatus()
                } catch {
                    logger.debug("status not sent: \(error)")
                }
            }
            try? await Task.sleep(for: .milliseconds(link == nil ? 1_000 : Limits.statusIntervalMilliseconds))
        }
    }

    private func sendStatus() async throws {
        let now = currentStatus()
        let report = await engine.report(
            eventsWaiting: now.eventsWaiting,
            oldestUnsentSeconds: now.oldestUnsentSeconds
        )
        let body = try CanonicalJSON.encode(report)
        _ = try await exchange(
            "PUT",
            "/v1/stations/\(station)/status",
            headers: [("content-type", "application/json")],
            body: body
        )
    }

    /// How the link stands, with the queue as it is now.
    public func currentStatus() -> UplinkStatus {
        var current = status
        current.acknowledged = (try? outbox.acknowledged()) ?? current.acknowledged
        current.eventsWaiting = (try? outbox.waiting()) ?? 0
        let next = (try? unsent(after: current.acknowledged)) ?? current.acknowledged
        let oldest = try? outbox.lines(after: next, limit: 1, bytes: Limits.eventBytesMax).first
        if let oldest, let line = try? EventLine(decoding: oldest.bytes) {
            current.oldestUnsentSeconds = Int(max(0, clock.now().wall - line.time.wall) / 1_000)
        }
        return current
    }
}

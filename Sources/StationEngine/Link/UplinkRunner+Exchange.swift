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

    private func randomWord() -> UInt32 { entropy.bytes(4).reduce(0) { $0 << 8 | UInt32($1) } }

    // MARK: Commands

    func commandLoop() async {
        var waits = Backoff()
        while !Task.isCancelled {
            guard link != nil else {
                await commandBell.wait(milliseconds: 60_000)
                continue
            }
            let asked = ContinuousClock.now
            do {
                let (verdict, reply) = try await exchange(
                    "GET",
                    "/v1/stations/\(station)/commands",
                    query: "wait=\(Limits.commandWaitSeconds)&after=\(await engine.lastCommand())",
                    seconds: Limits.commandWaitSeconds + Limits.exchangeSeconds
                )
                guard verdict == .accepted else { throw ControlFault(.failed, "\(verdict)") }
                let list = try CanonicalJSON.decode(CommandList.self, from: reply.body)
                await carryOut(list.commands, at: list.time)
                waits.reset()
                // A command that is still listed, or a county that does not hold the question, must not make this spin.
                if !list.commands.isEmpty || asked.duration(to: .now) < .seconds(1) {
                    await commandBell.wait(milliseconds: 1_000)
                }
            } catch {
                await commandBell.wait(milliseconds: max(500, waits.pause(random: randomWord())))
            }
        }
    }

    /// Hands genuine commands to the station, in order. The station knows which it has done: one that meets a failed
    /// disk is handed over again when it is listed again.
    func carryOut(_ commands: [CommandMessage], at time: String) async {
        guard let county = link?.county, await engine.takesCommands() else { return }
        for message in commands.sorted(by: { $0.number < $1.number }) {
            guard message.number > (await engine.lastCommand()) else { continue }
            guard message.isGenuine(county, station: station), message.id.utf8.count <= Self.commandNameBytesMax,
                message.type.utf8.count <= Self.commandNameBytesMax
            else {
                logger.error("command \(message.number) is not signed by the county: ignored")
                continue
            }
            guard let kind = await kind(of: message, at: time) else { return }
            guard await engine.carryOut(Command(id: message.id, number: message.number, kind: kind)) else { return }
        }
    }

    /// Bytes of a command's id and of its type.
    private static var commandNameBytesMax: Int { 128 }

    /// `nil` when something it needs cannot be fetched now; it is tried again with the next answer.
    private func kind(of message: CommandMessage, at time: String) async -> Command.Kind? {
        guard message.expires > time else { return .unsupported(type: message.type, reason: "expired") }
        do {
            switch message.type {
            case "manifest":
                let reference = try message.data.decoded(as: CommandMessage.ManifestReference.self)
                guard let entries = try await manifest(reference) else { return nil }
                return .manifest(id: reference.manifest, entries: entries)
            case "pins":
                let pins = try message.data.decoded(as: CommandMessage.PINList.self).pins
                // Kept before the command is done: a power cut in between must not leave it done and the PINs lost.
                do { try keys.keep(pins: pins) } catch {
                    logger.error("PIN verifiers are not kept: \(error)")
                    return nil
                }
                return .pins(pins)
            default: return .unsupported(type: message.type, reason: "this version knows no such command")
            }
        } catch {
            return .unsupported(type: message.type, reason: "its data cannot be read")
        }
    }

    private func manifest(_ reference: CommandMessage.ManifestReference) async throws -> [ManifestEntry]? {
        let answer = try? await exchange("GET", "/v1/stations/\(station)/manifests/\(reference.manifest)")
        guard let (verdict, reply) = answer, verdict == .accepted else { return nil }
        guard Digest.sha256(reply.body) == reference.sha256 else {
            throw ControlFault(.failed, "the manifest is not the one that the command names")
        }
        let entries = try CanonicalJSON.decode(ManifestMessage.self, from: reply.body).entries
        // Each entry becomes one event, with its envelope and parties around it.
        for entry in entries where try CanonicalJSON.encode(entry).count > Limits.eventBytesMax / 4 {
            throw ControlFault(.failed, "an entry of the manifest is too large")
        }
        return entries
    }

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

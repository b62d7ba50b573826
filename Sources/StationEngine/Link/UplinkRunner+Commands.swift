import LockerDomain
import Logging
import StationCore
import StationPorts
import SyncWire

extension UplinkRunner {
    private var pauseLeft: Int64 { machine.commands.pauseLeft(at: pace.now().uptime) }
    private func beginPause() { machine.commands.failed(at: pace.now().uptime, random: randomWord()) }

    func commandLoop() async {
        var waits = Backoff()
        while !Task.isCancelled {
            guard link != nil else {
                await bells.commands.wait(milliseconds: 60_000)
                continue
            }
            if let list = handedOver {
                handedOver = nil
                await carryOut(list)
                await bells.commands.wait(milliseconds: max(1_000, pauseLeft))
                continue
            }
            let asked = pace.now().uptime
            do {
                let (verdict, reply) = try await exchange(
                    "GET",
                    "/v1/stations/\(station)/commands",
                    query: "wait=\(Limits.commandWaitSeconds)&after=\(await engine.lastCommand())",
                    seconds: Limits.commandWaitSeconds + Limits.exchangeSeconds
                )
                guard verdict == .accepted else { throw verdict.fault ?? LinkFault.other("HTTP \(reply.status)") }
                let list = try CanonicalJSON.decode(CommandList.self, from: reply.body)
                waits.reset()
                await succeeded(.commands)
                await carryOut(list)
                // A command that is still listed, or a county that does not hold the question, must not make this spin.
                if !list.commands.isEmpty || pace.now().uptime - asked < 1_000 {
                    await bells.commands.wait(milliseconds: max(1_000, pauseLeft))
                }
            } catch {
                if Task.isCancelled { return }
                await failed(.commands, LinkFault(error))
                await bells.commands.wait(milliseconds: max(500, waits.pause(random: randomWord())))
            }
        }
    }

    /// Events never wait for a manifest: what their answers list is left to the command loop.
    func handOver(_ list: CommandList) async {
        let done = await engine.lastCommand()
        guard machine.commands.isDue(list, after: done, at: pace.now().uptime) else { return }
        handedOver = list
        await bells.commands.ring()
    }

    /// Hands genuine commands to the station, in order. The station knows which it has done: one that cannot be done
    /// now is handed over again when it is listed again, after a pause that grows. Every answer to a batch lists it.
    private func carryOut(_ list: CommandList) async {
        guard let county = link?.county else { return }
        let takesCommands = await engine.takesCommands()
        var due = machine.commands.begin(
            list,
            takesCommands: takesCommands,
            at: pace.now().uptime,
            random: randomWord()
        )
        while case let done = await engine.lastCommand(), let message = due.next(after: done) {
            guard CommandReading.isGenuine(message, from: county, station: station) else {
                logger.error("command \(message.number) is not signed by the county: ignored")
                continue
            }
            guard let kind = await kind(of: message, at: list.time),
                await engine.carryOut(Command(id: message.id, number: message.number, kind: kind))
            else { return beginPause() }
            machine.commands.succeeded()
        }
    }

    /// `nil` when something it needs cannot be fetched now; it is tried again with a later answer.
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
            default:
                return try CommandReading.kind(of: message)
                    ?? .unsupported(type: message.type, reason: "this version knows no such command")
            }
        } catch let fault as CommandReading.Fault {
            return .unsupported(type: message.type, reason: fault.description)
        } catch let fault as ManifestFault {
            return .unsupported(type: message.type, reason: fault.description)
        } catch {
            return .unsupported(type: message.type, reason: "its data cannot be read")
        }
    }

    private func manifest(_ reference: CommandMessage.ManifestReference) async throws -> [ManifestEntry]? {
        let answer: (verdict: Verdict, reply: UplinkReply)
        do {
            answer = try await exchange(
                "GET",
                "/v1/stations/\(station)/manifests/\(reference.manifest)",
                seconds: manifestSeconds
            )
            manifestSeconds = Limits.exchangeSeconds
        } catch {
            let fault = LinkFault(error)
            logger.warning("manifest \(reference.manifest) is not fetched: \(fault)")
            // An answer cannot be made smaller: it gets more time, else a slow link would cut it at the same place again.
            if fault.maySizeMatter { manifestSeconds = min(manifestSeconds * 2, Limits.manifestSecondsMax) }
            return nil
        }
        guard answer.verdict == .accepted else {
            logger.warning("manifest \(reference.manifest) is not fetched: \(answer.verdict)")
            return nil
        }
        guard Digest.sha256(answer.reply.body) == reference.sha256 else {
            throw ControlFault(.failed, "the manifest is not the one that the command names")
        }
        let entries = try CanonicalJSON.decode(ManifestMessage.self, from: answer.reply.body).entries
        // Each entry becomes one event, with its envelope and parties around it.
        for entry in entries where try CanonicalJSON.encode(entry).count > Limits.eventBytesMax / 4 {
            throw ControlFault(.failed, "an entry of the manifest is too large")
        }
        return entries
    }
}

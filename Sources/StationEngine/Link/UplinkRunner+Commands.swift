import LockerDomain
import Logging
import StationBooks
import StationCore
import StationPorts
import SyncWire

extension UplinkRunner {
    /// What is to be done with a command.
    private enum Preparation {
        case ready(Command.Kind)
        /// Something that it needs cannot be had now, in words for people.
        case putOff(String)
    }

    private var uptime: Int64 { pace.now().uptime }

    func commandLoop() async {
        var waits = Backoff()
        while !Task.isCancelled {
            guard mayCall else {
                await bells.commands.wait(milliseconds: 60_000)
                continue
            }
            if let list = handedOver {
                handedOver = nil
                await carryOut(list)
                await bells.commands.wait(milliseconds: 1_000)
                continue
            }
            do {
                await bells.commands.wait(milliseconds: try await askForCommands())
                waits.reset()
            } catch {
                if Task.isCancelled { return }
                await failed(.commands, LinkFault(error))
                await bells.commands.wait(milliseconds: max(500, waits.pause(random: randomWord())))
            }
        }
    }

    /// Asks once, and carries out what is listed. Returns milliseconds until the next question.
    private func askForCommands() async throws -> Int64 {
        let asked = uptime
        let query = await commandQuery()
        let (verdict, reply) = try await exchange(
            "GET",
            "/v1/stations/\(station)/commands",
            query: query.text,
            seconds: query.wait + Limits.exchangeSeconds
        )
        guard verdict == .accepted else { throw verdict.fault ?? LinkFault.other("HTTP \(reply.status)") }
        let list = try CanonicalJSON.decode(CommandList.self, from: reply.body)
        await succeeded(.commands)
        if let books = list.books { await heardBooks(books) }
        // What an answer to a batch listed before is older.
        handedOver = nil
        let isNew = list.commands.contains { $0.number > query.highest }
        commandsSeen = list.commands.reduce(commandsSeen) { max($0, $1.number) }
        await carryOut(list)
        // A command that is still listed, or a county that does not hold the question, must not make this spin.
        guard uptime - asked < 1_000 else { return list.commands.isEmpty ? 0 : 1_000 }
        let rest = isNew ? 0 : machine.commands.nextTry(at: uptime) ?? 0
        return min(max(1_000, rest), Limits.commandWaitSeconds * 1_000)
    }

    /// The end of the journal is read after what is settled, so that the events of that lie in front of it. While a
    /// command is put off, the question is held no longer than its pause.
    private func commandQuery() async -> CommandQuery {
        let settled = await engine.settledCommands()
        let end = await engine.journalEnd()
        let rest = machine.commands.nextTry(at: uptime).map { ($0 + 999) / 1_000 }
        return CommandQuery(
            wait: min(max(1, rest ?? Limits.commandWaitSeconds), Limits.commandWaitSeconds),
            after: settled.through,
            highest: max(settled.highest, commandsSeen),
            end: CommandQuery.End(incarnation: end.incarnation, last: end.last)
        )
    }

    /// Commands that have waited here for too long.
    func putOffCommands(at now: Moment) -> [UplinkStatus.PutOff] {
        let uptime = uptime
        return machine.commands.putOff(at: uptime).map {
            UplinkStatus.PutOff($0, since: now.wall - (uptime - $0.since))
        }
    }

    /// Events never wait for a manifest: what their answers list is left to the command loop.
    func handOver(_ list: CommandList) async {
        let settled = await engine.settledCommands()
        guard machine.commands.isDue(list, after: settled, at: uptime) else { return }
        handedOver = list
        await bells.commands.notify()
    }

    /// Hands genuine commands to the station, in order. The station knows which it has answered: one that cannot be done
    /// now is handed over again when it is listed again, after a pause of its own; those behind it do not wait.
    private func carryOut(_ list: CommandList) async {
        guard let county = link?.county else { return }
        if !list.commands.contains(where: { $0.type == "manifest" }) { health.succeeded(.manifests) }
        let takesCommands = await engine.takesCommands()
        var due = machine.commands.begin(list, takesCommands: takesCommands, at: uptime, random: randomWord())
        while case let settled = await engine.settledCommands(), let message = due.next(after: settled) {
            guard CommandReading.isGenuine(message, from: county, station: station) else {
                logger.error(
                    "command \(message.number) is not signed by the county: ignored",
                    metadata: ["command": "\(message.number)"]
                )
                continue
            }
            let isPassed = settled.standing(of: message.id, number: message.number) == .passed
            // The station refuses it by its number, whatever it is: nothing is fetched for it.
            switch isPassed ? .ready(.unsupported(type: message.type, reason: "")) : await prepare(message, list.time) {
            case .ready(let kind):
                guard await engine.carryOut(Command(id: message.id, number: message.number, kind: kind)) else {
                    return machine.commands.diskFailed(at: uptime, random: randomWord())
                }
                machine.commands.settled(message)
            case .putOff(let reason):
                guard machine.commands.putOff(message, reason, at: uptime, random: randomWord()) else { return }
            }
        }
    }

    /// The station's own time, for a list that came without the county's, whose clock is in doubt; `nil` while it has none.
    private var confirmedTime: String? {
        let moment = clock.now()
        return moment.clock.isConfirmed ? WireTime.text(moment.wall) : nil
    }

    private func prepare(_ message: CommandMessage, _ time: String?) async -> Preparation {
        let isOver = "时间不明: the county's clock is in doubt, nobody knows whether it is over"
        guard let now = time ?? confirmedTime else { return .putOff(isOver) }
        guard message.expires > now else {
            // Only the county's own time ends a command for good.
            return time == nil ? .putOff(isOver) : .ready(.unsupported(type: message.type, reason: "expired"))
        }
        do {
            switch message.type {
            case "manifest":
                let reference = try message.data.decoded(as: CommandMessage.ManifestReference.self)
                let manifest = try await manifest(reference)
                return .ready(
                    .manifest(id: reference.manifest, entries: manifest.entries, unread: manifest.unread)
                )
            case "pins":
                let pins = try message.data.decoded(as: CommandMessage.PINList.self).pins
                // Kept before the command is done: a power cut in between must not leave it done and the PINs lost.
                do { try keys.keep(pins: pins) } catch {
                    logger.error("PIN verifiers are not kept: \(error)")
                    return .putOff("存不下 PIN: the PIN verifiers cannot be kept: \(LinkFault.brief("\(error)"))")
                }
                return .ready(.pins(pins))
            default:
                let unknown = Command.Kind.unsupported(type: message.type, reason: "this version knows no such command")
                return .ready(try CommandReading.kind(of: message) ?? unknown)
            }
        } catch let fault as NotFetched {
            return .putOff(fault.reason)
        } catch let fault as CommandReading.Fault {
            return .ready(.unsupported(type: message.type, reason: fault.description))
        } catch {
            return .ready(.unsupported(type: message.type, reason: "its data cannot be read"))
        }
    }

    /// A manifest is not to be had now.
    private struct NotFetched: Error {
        var reason: String

        init(_ fault: LinkFault) {
            let words = fault.words
            reason = "取不到预报：\(words.chinese); the manifest is not fetched: \(words.english)"
        }
    }

    private func manifest(_ reference: CommandMessage.ManifestReference) async throws -> ManifestMessage {
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
            await failed(.manifests, fault)
            // An answer cannot be made smaller: it gets more time, else a slow link would cut it at the same place again.
            if fault.maySizeMatter { manifestSeconds = min(manifestSeconds * 2, Limits.manifestSecondsMax) }
            throw NotFetched(fault)
        }
        guard answer.verdict == .accepted else {
            logger.warning("manifest \(reference.manifest) is not fetched: \(answer.verdict)")
            let fault = answer.verdict.fault ?? .other("HTTP \(answer.reply.status)")
            await failed(.manifests, fault)
            throw NotFetched(fault)
        }
        await succeeded(.manifests)
        guard Digest.sha256(answer.reply.body) == reference.sha256 else {
            throw ControlFault(.failed, "the manifest is not the one that the command names")
        }
        return try CanonicalJSON.decode(ManifestMessage.self, from: answer.reply.body)
    }
}

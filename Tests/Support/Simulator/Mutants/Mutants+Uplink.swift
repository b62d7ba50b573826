import LockerDomain
import StationCore
import StationPorts
import SyncWire

extension Mutant {
    /// Rules of what the uplink sends, and of what it makes of an answer.
    static let ofUplink: [Mutant] = [
        following("moves the cursor beyond what was acknowledged", [AcknowledgedIsStored().sentence]) { steps, _ in
            steps = steps.map { step in
                guard case .acknowledge(var position) = step else { return step }
                position.sequence += 1
                return .acknowledge(position)
            }
        },
        following("takes a gap for a receipt", [AcknowledgedIsStored().sentence]) { steps, batch in
            guard case .acknowledge(let position)? = steps.first, position <= batch.position else { return }
            steps = [.acknowledge(batch.last), .succeeded]
        },
        following("never goes back when the county asks again", [comesToRest]) { steps, batch in
            steps.removeAll { step in
                guard case .acknowledge(let position) = step else { return false }
                return position < batch.position
            }
        },
        following("sends what the county keeps beside its chain for ever", [comesToRest]) { steps, _ in
            guard case .replaceIncarnation? = steps.first else { return }
            steps = [.answered, .pause(.other("forked"), atLeast: 0)]
        },
        broken("skips a line of the journal", [comesToRest]) { rules in
            rules.nextBatch = { machine, outbox, max in
                guard var batch = try machine.next(from: outbox, eventsMax: max), batch.lines.count > 1 else {
                    return nil
                }
                batch.header.before = batch.lines.removeFirst().hash
                batch.header.first += 1
                return batch
            }
        },
        // It has forgotten what it asked for, too.
        broken(
            "never makes a batch smaller that does not get through",
            [comesToRest, LostLines().sentence]
        ) { rules in
            rules.nextBatch = { _, outbox, max in try UplinkMachine().next(from: outbox, eventsMax: max) }
        },
        broken("gives up after some failures in a row", [comesToRest]) { rules in
            rules.pause = { machine, least, random in
                let milliseconds = machine.pause(atLeast: least, random: random)
                return milliseconds > Limits.backoffMilliseconds ? 30 * Span.day : milliseconds
            }
        },
        broken("carries out the newest command first", [OrderedCommands().sentence]) { rules in
            rules.nextCommand = { due, done in
                var newest: CommandMessage?
                while let message = due.next(after: done) { newest = message }
                return newest
            }
        },
    ]

    static let comesToRest = "a station that everything works for comes to rest"

    static func broken(
        _ name: String,
        _ sentences: [String],
        _ breaks: (inout Rules) -> Void
    ) -> Mutant {
        var mutant = Mutant(name, [], breaks)
        mutant.sentences = sentences
        return mutant
    }

    /// A mutant that carries out other steps than follow from an answer.
    private static func following(
        _ name: String,
        _ sentences: [String],
        _ change: @escaping @Sendable (inout [UplinkStep], OutgoingBatch) -> Void
    ) -> Mutant {
        broken(name, sentences) { rules in
            rules.follow = { machine, reply, batch, outbox in
                var steps = try machine.follow(Verdict(genuine: reply), reply, to: batch, in: outbox)
                change(&steps, batch)
                return steps
            }
        }
    }
}

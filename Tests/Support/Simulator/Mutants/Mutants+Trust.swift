import LockerDomain
import PortFakes
import StationCore
import StationPorts
import SyncWire

extension Mutant {
    /// Rules of what is damaged, wrong by its clock, or removed.
    static let ofTrust: [Mutant] = [
        broken("sends a row as it stands, whatever its hash says", [World.readsBatches, comesToRest]) { rules in
            rules.nextBatch = { machine, outbox, max in
                let position = try outbox.unsent(after: outbox.cursor())
                guard let (incarnation, _) = try outbox.incarnation(position.generation) else { return nil }
                let lines = try outbox.lines(after: position, limit: max, bytes: machine.batchSize.bytes)
                guard let first = lines.first, let last = lines.last else { return nil }
                let header = ChainHeader(
                    incarnation: incarnation.id,
                    first: first.position.sequence,
                    last: last.position.sequence,
                    before: first.before,
                    after: last.hash
                )
                return OutgoingBatch(position: position, lines: lines, header: header)
            }
        },
        Mutant("takes for lost what the county was not asked for", [LostLines()]) { $0.asksCounty = false },
        Mutant("never looks at rows that the county has", [LostLines()]) { $0.checksJournal = false },
        Mutant("puts back what the county gives without a look at the hashes", [PutBack()]) { rules in
            rules.fitting = { outbox, bodies, range in
                guard case .known(var hash) = try outbox.proof(at: range.front) else { return nil }
                return zip(range.sequences, bodies).map { sequence, bytes in
                    let (position, before) = (Position(generation: range.generation, sequence: sequence), hash)
                    hash = Chain.next(after: before, bytes: bytes)
                    return JournalLine(position: position, before: before, bytes: bytes, hash: hash)
                }
            }
        },
        broken("the county asks again for what is lost", [comesToRest]) { rules in
            rules.take = { books, batch throws(Problem) in
                try books.take(batch) { batch, chain in
                    let next = chain.acknowledged + 1
                    guard batch.header.lost != nil, batch.header.first > next else {
                        return ChainBook.take(batch, into: &chain)
                    }
                    return ChainBook.Taken(.gap(expected: next))
                }
            }
        },
        Mutant("believes NTP however far ahead it is", [TrueTime()]) { rules in
            rules.judged = { discipline, shown in
                let judged = discipline.moment(for: shown)
                return shown.clock == .ntp ? shown : judged
            }
        },
        Mutant("removes what the cursor alone says that the county has", [PrunedIsStored()]) { rules in
            rules.countyHas = { _ in everything }
        },
        Mutant("removes what the county does not have yet", [PrunedIsStored()]) { rules in
            rules.countyHas = { _ in everything }
            rules.front = { front in
                var front = front
                front.acknowledged = everything
                return front
            }
        },
        Mutant("removes what lies behind the older snapshot", [PrunedIsStored()]) { rules in
            rules.front = { front in
                var front = front
                if let newest = front.snapshots.first { front.snapshots = [newest, newest] }
                return front
            }
        },
    ]

    private static let everything = Position(generation: .max, sequence: .max)
}

import LockerDomain
import PortFakes
import StationBooks
import StationPorts
import StationRules
import SyncWire

extension Mutant {
    static let ofBooks: [Mutant] = [
        Mutant("acts on a commit that is not synced", [KeptPromises()]) { rules in
            rules.append = { disk, lines throws(Disk.Fault) in
                // Synced one commit late: the last one is in the cache when the power fails.
                disk.sync()
                try disk.write(lines)
            }
        },
        broken("uses a snapshot whose digest does not fit", readable + [ReplayIsState().sentence]) { rules in
            rules.offered = { snapshot in
                var snapshot = snapshot
                let body = Array(snapshot.bytes.dropFirst(32))
                let key = (try? MemoryKeys().journalKey()) ?? []
                snapshot.bytes = Digest.authentication(of: body, key: key) + body
                return snapshot
            }
        },
        broken("rebuilds from all of the journal but its last line", readable + [ReplayIsState().sentence]) { rules in
            rules.replayed = { $0.dropLast() }
        },
        broken("rebuilds without the line behind the snapshot", readable + [ReplayIsState().sentence]) { rules in
            rules.replayed = { $0.count > 1 ? $0.dropFirst() : $0 }
        },
        Mutant("replays without the closings of doors", [ReplayIsState()]) { rules in
            rules.apply = { state, event, now in
                if event.type != .doorClosed { state.apply(event, at: now) }
            }
        },
        Mutant("changes its state outside the events", [ReplayIsState()]) { rules in
            rules.decide = { station, input, now in
                if case .pulseEnded = input { station.state.cameras["ghost"] = nil }
                if case .pulseEnded = input { station.state.sweptDay += 1 }
                return station.decide(input, at: now)
            }
        },
        Mutant("the county counts what comes twice twice", [CountedOnce()]) { rules in
            rules.take = { books, batch throws(Problem) in
                let known = books.count(of: batch.header.incarnation)
                let answer = try books.take(batch)
                let rows = (try? Batch.split(batch.body, limit: Limits.batchEventsMax)) ?? []
                for (index, row) in rows.enumerated() where batch.header.first + index <= known {
                    if let line = try? EventLine(decoding: row) { books.ledger.enter(line.event) }
                }
                return answer
            }
        },
        Mutant("the county takes a batch behind a gap", [AcknowledgedIsStored()]) { rules in
            rules.take = { books, batch throws(Problem) in
                let answer = try books.take(batch)
                guard case .gap = answer else { return answer }
                return .stored(acknowledged: batch.header.last, hash: batch.header.after)
            }
        },
        Mutant("the county acknowledges before it stores", [AcknowledgedIsStored()]) { rules in
            rules.take = { books, batch throws(Problem) in
                guard batch.header.last.isMultiple(of: 5) else { return try books.take(batch) }
                return .stored(acknowledged: batch.header.last, hash: batch.header.after)
            }
        },
    ]

    private static let readable = ["the journal can be read again", "the journal can be read at every start"]
}

package import LockerDomain
import StationPorts
import SyncWire

/// A journal whose lines do not follow from each other.
public struct ReplayFault: Error, Sendable, CustomStringConvertible {
    public var description: String
}

/// Rebuilds the state from the journal: the newest intact snapshot and the events behind it (DESIGN 3.1).
package enum Replay {
    package static func run(
        _ ports: TurnPorts,
        station: String,
        rules: TurnRules
    ) throws -> (StationState, EventLog) {
        let journal = ports.journal
        var state = StationState()
        var (generation, sequence, hash) = (0, 0, Chain.start)
        try journal.replay(
            format: StationState.format,
            snapshot: { snapshot in
                guard let body = SnapshotBody(bytes: snapshot.bytes), let tail = Hex.decode(body.hash) else {
                    return false
                }
                state = body.state
                (generation, sequence) = (snapshot.position.generation, snapshot.position.sequence)
                hash = tail
                return true
            },
            line: { line in
                if line.position.generation != generation {
                    (generation, sequence, hash) = (line.position.generation, 0, Chain.start)
                }
                sequence += 1
                hash = Chain.next(after: hash, bytes: line.bytes)
                guard line.position.sequence == sequence, line.hash == hash else {
                    throw ReplayFault(
                        description: "event \(line.position.sequence) of generation \(generation) does not follow "
                            + "from the one before it"
                    )
                }
                let event = try rules.read(line)
                rules.apply(&state, event.event, event.time)
            }
        )
        let head = try journal.head()
        var incarnation = head.incarnation
        try checkEnd(head.last, of: incarnation, is: JournalPosition(generation: generation, sequence: sequence), hash)
        if incarnation.generation == 0 {
            incarnation = try journal.beginIncarnation(id: Hex.encode(ports.entropy.bytes(16)))
        }
        if incarnation.generation != generation { (sequence, hash) = (0, Chain.start) }
        let log = EventLog(
            station: station,
            bootID: ports.bootID,
            incarnation: incarnation,
            sequence: sequence,
            hash: hash
        )
        return (state, log)
    }

    /// The journal must end where the replay ended, under the name that its events carry: a snapshot ahead of its
    /// journal, or another name on the incarnation, is damage that the chain alone does not show.
    private static func checkEnd(
        _ last: JournalLine?,
        of incarnation: Incarnation,
        is end: JournalPosition,
        _ hash: [UInt8]
    ) throws {
        let isBegun = incarnation.generation == end.generation && end.sequence > 0
        guard isBegun == (last != nil), incarnation.generation >= end.generation,
            last == nil || last?.position == end && last?.hash == hash
        else { throw ReplayFault(description: "the journal does not end where its snapshot and events end") }
        guard let last, let line = try? EventLine(decoding: last.bytes) else { return }
        guard line.incarnation == incarnation.id else {
            throw ReplayFault(
                description: "generation \(end.generation) is called \(incarnation.id), its events \(line.incarnation)"
            )
        }
    }
}

/// A snapshot's bytes: SHA-256 of the rest, then JSON. A damaged one is not used; the journal is replayed instead.
package struct SnapshotBody: Codable {
    /// Hash of the chain behind the last event in `state`, hex.
    package var hash: String
    package var state: StationState

    package init(hash: String, state: StationState) {
        self.hash = hash
        self.state = state
    }

    package func bytes() throws -> [UInt8] {
        let json = try CanonicalJSON.encode(self)
        return Digest.sha256Bytes(json) + json
    }
}

extension SnapshotBody {
    package init?(bytes: [UInt8]) {
        guard bytes.count > 32 else { return nil }
        let json = Array(bytes[32...])
        guard Array(bytes[..<32]) == Digest.sha256Bytes(json),
            let body = try? CanonicalJSON.decode(SnapshotBody.self, from: json)
        else { return nil }
        self = body
    }
}

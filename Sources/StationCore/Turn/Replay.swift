import LockerDomain
package import StationBooks
import StationPorts
import SyncWire

/// A journal that contradicts itself as a whole: no part of it can be used.
public struct ReplayFault: Error, Sendable, CustomStringConvertible {
    public var description: String
}

/// Rebuilds the state from the journal: the newest snapshot that its key verifies and the events behind it (DESIGN 3.1).
package enum Replay {
    /// What was read.
    package struct Result {
        package var state: StationState
        package var log: EventLog
        /// The incarnation has to be closed before anything is written.
        package var damage: JournalDamage?
    }

    /// - Throws: `ReplayFault`, what the journal throws; what the key store throws when the state cannot be read without it.
    package static func run(_ ports: TurnPorts, station: String, rules: TurnRules) throws -> Result {
        let journal = ports.journal
        let key = Swift.Result { try ports.keys.journalKey() }
        var hasSnapshots = false
        var reader = ReplayReader(journal: journal, rules: rules)
        try journal.replay(
            format: StationState.format,
            snapshot: { snapshot in
                hasSnapshots = true
                guard let key = try? key.get(), let body = SnapshotBody(snapshot, key: key) else { return false }
                reader.begin(with: body, at: snapshot.position)
                return true
            },
            line: { try reader.take($0) }
        )
        let head = try journal.head()
        var incarnation = head.incarnation
        try checkName(head.last, of: incarnation)
        // The base of a journal that is not begun yet stands in front of its first incarnation.
        guard max(1, incarnation.generation) >= reader.generation else {
            throw ReplayFault(description: "the journal has no incarnation for the snapshot that it keeps")
        }
        let damage = reader.damage(
            of: incarnation,
            last: head.last,
            committed: journal.committed(),
            restored: journal.restored()
        )
        // A key that cannot be read now may prove a snapshot later: nothing is closed for want of it.
        if damage != nil, hasSnapshots, case .failure(let fault) = key { throw fault }
        if incarnation.generation == 0 {
            incarnation = try journal.beginIncarnation(id: Hex.encode(ports.entropy.bytes(16)))
        }
        let isPresent = incarnation.generation == reader.generation
        let log = EventLog(
            station: station,
            bootID: ports.bootID,
            incarnation: incarnation,
            sequence: isPresent ? reader.sequence : 0,
            hash: isPresent ? reader.hash : Chain.start
        )
        return Result(state: reader.state, log: log, damage: damage)
    }

    /// Another name on the incarnation than its events carry is damage that the chain alone does not show.
    private static func checkName(_ last: JournalLine?, of incarnation: Incarnation) throws {
        guard let last, let line = try? EventLine(decoding: last.bytes) else { return }
        guard line.incarnation == incarnation.id else {
            throw ReplayFault(
                description: "generation \(incarnation.generation) is called \(incarnation.id), "
                    + "its events \(line.incarnation)"
            )
        }
    }
}

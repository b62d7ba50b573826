package import LockerDomain
package import StationBooks
package import StationPorts
import SyncWire

/// A snapshot's bytes: HMAC-SHA-256 of the rest under the key of the journal, then JSON. One that was damaged, or that
/// somebody without the key has written, is not used.
package struct SnapshotBody: Codable {
    /// Where the snapshot stands: `GENERATION.SEQUENCE`.
    package var position: String
    /// Name of the incarnation of that position.
    package var incarnation: String
    /// Hash of the chain behind the last event in `state`, hex.
    package var hash: String
    package var state: StationState

    package init(position: JournalPosition, incarnation: String, hash: [UInt8], state: StationState) {
        self.position = position.description
        self.incarnation = incarnation
        self.hash = Hex.encode(hash)
        self.state = state
    }

    /// The snapshot as a journal keeps it.
    package func sealed(by key: [UInt8], at position: JournalPosition) throws -> Snapshot {
        let json = try CanonicalJSON.encode(self)
        return Snapshot(
            position: position,
            format: StationState.format,
            bytes: Digest.authentication(of: json, key: key) + json
        )
    }
}

extension SnapshotBody {
    /// `nil` when it is not one that this journal made at that position.
    package init?(_ snapshot: Snapshot, key: [UInt8]) {
        let bytes = snapshot.bytes
        guard bytes.count > 32, snapshot.format == StationState.format else { return nil }
        let json = Array(bytes[32...])
        guard Digest.isAuthentic(Array(bytes[..<32]), of: json, key: key),
            let body = try? CanonicalJSON.decode(SnapshotBody.self, from: json),
            body.position == snapshot.position.description, Hex.decode(body.hash)?.count == 32
        else { return nil }
        self = body
    }

    /// The state of a journal that cannot be read any more, as the base of the one after it.
    package func base(sealedBy key: [UInt8]) throws -> Snapshot {
        let start = JournalPosition(generation: 1, sequence: 0)
        let body = SnapshotBody(position: start, incarnation: incarnation, hash: Chain.start, state: state)
        return try body.sealed(by: key, at: start)
    }
}

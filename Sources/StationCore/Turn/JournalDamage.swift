import LockerDomain
package import StationBooks
package import SyncWire

/// What a replay could not read: the state stands up to there (DESIGN 4.9).
package struct JournalDamage: Sendable, CustomStringConvertible {
    /// The last event in the state; `nil` when the state holds nothing of the journal.
    package var through: EventID?
    /// Numbers in the present incarnation that cannot be read, or that a mark beside the journal proves to be missing.
    package var lost: ClosedRange<Int>?
    /// The incarnation that ends here, with its last line that can be read.
    package var previous: String
    package var last: (sequence: Int, hash: [UInt8])?
    package var description: String
    /// Why the incarnation ends.
    package var reason = JournalReplaced.Reason.damaged

    /// The fact that the next incarnation begins with.
    /// - Parameter acknowledged: what the county has of the incarnation that ends: that is not lost.
    func fact(acknowledged: Int, supportCounter: UInt32) -> JournalReplaced {
        let first = lost.map { max($0.lowerBound, acknowledged + 1) }
        let isLost = lost.map { $0.upperBound >= first ?? 0 } ?? false
        return JournalReplaced(
            previous: previous,
            lastSequence: last.map { EventLine.text(ofSequence: $0.sequence) },
            lastHash: last.map { Hex.encode($0.hash) },
            lostFirst: isLost ? first.map(EventLine.text(ofSequence:)) : nil,
            lostLast: isLost ? lost.map { EventLine.text(ofSequence: $0.upperBound) } : nil,
            supportCounter: supportCounter,
            recoverAfter: through?.description,
            reason: reason
        )
    }
}

package import LockerDomain
package import StationPorts
import SyncWire

/// Decides how much of the front of a journal may go (DESIGN 4.2, 4.9): what the county has, that lies behind no snapshot
/// which a start might need, and that is old or more than the disk is to hold. Pure.
package struct Pruning: Sendable, Hashable {
    private let bounds: JournalBounds

    package init(_ bounds: JournalBounds) { self.bounds = bounds }

    /// The last line that may go, `nil` when none may, or too few to write an event of it.
    ///
    /// - Parameters:
    ///   - snapshot: position of the older of the two newest snapshots that were verified now.
    ///   - county: up to where the county said in this run that it has the journal; the cursor alone may be damaged.
    ///   - trustedTime: the last confirmed time, milliseconds since 1970.
    package func last(
        of front: JournalFront,
        snapshot: JournalPosition,
        county: JournalPosition,
        trustedTime: Int64
    ) -> JournalLine? {
        let end = min(snapshot, county, front.acknowledged)
        let free = front.lines.prefix { $0.position <= end }
        let isTooLarge = front.bytes > bounds.bytes
        let count = isTooLarge ? free.count : old(free, at: trustedTime)
        guard count >= max(1, bounds.eventsMin) else { return nil }
        return free.prefix(count).last
    }

    /// How many lines are older than they need be kept. What no clock could date is as old as what comes behind it.
    private func old(_ lines: ArraySlice<JournalLine>, at trustedTime: Int64) -> Int {
        let cut = trustedTime - Int64(bounds.days) * 86_400_000
        let last = lines.lastIndex { line in
            guard let time = (try? EventLine(decoding: line.bytes))?.time, time.clock.isConfirmed else { return false }
            return time.wall < cut
        }
        return last.map { $0 - lines.startIndex + 1 } ?? 0
    }
}

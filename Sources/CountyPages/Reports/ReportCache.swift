import CountyBooks
import Synchronization

/// Reports that were computed last: page, table, file and paper of one report are asked for one after the other, and by many
/// in the first days of a month.
final class ReportCache: Sendable {
    /// What a report depends on.
    struct Key: Sendable, Hashable {
        var period: CountyPeriod
        var visibility: Visibility
        /// The newest event in the books.
        var through: Int64
        /// Names the state of the books: a station that is folded anew changes them without a new event.
        var changes: Int64
        /// Up to which day statuses prove that stations are whole.
        var heardDays: [String: Int64]
        /// Version of the registers.
        var registers: Int64
        /// Number of the span of time, for a period that is not over.
        var span: Int64?

        /// Whether it is of the same thing, perhaps of another time.
        func isOfSame(_ other: Key) -> Bool { period == other.period && visibility == other.visibility }
    }

    /// Whoever comes first computes it while the others wait.
    private final class Slot: Sendable {
        let made = Mutex<MadeReport?>(nil)
    }

    /// The one that was asked for last stands last.
    private let slots = Mutex<[(key: Key, slot: Slot)]>([])
    /// A year takes memory for all its pieces: one at a time.
    private let years = Mutex(())

    /// The report of a key.
    ///
    /// - Parameter make: computes it; when it throws, whoever asks next tries again.
    func report(_ key: Key, make: () throws -> MadeReport) throws -> MadeReport {
        let slot = slot(key)
        return try slot.made.withLock { made in
            if let made { return made }
            let new = key.period.kind == .year ? try years.withLock { _ in try make() } : try make()
            made = new
            return new
        }
    }

    private func slot(_ key: Key) -> Slot {
        slots.withLock { slots in
            let known = slots.first { $0.key == key }?.slot
            // Nobody asks for an older state of the books again.
            slots.removeAll { $0.key.isOfSame(key) }
            if slots.count >= ReportPagesLimits.reportsMax { slots.removeFirst() }
            let slot = known ?? Slot()
            slots.append((key, slot))
            return slot
        }
    }
}

extension CountyDesk {
    /// The reports of this desk.
    var reports: ReportCache { ReportCaches.cache(of: keeper) }
}

/// The caches of the process, one for each desk.
private enum ReportCaches {
    private struct Entry {
        weak var keeper: SessionKeeper?
        var cache: ReportCache
    }

    private static let all = Mutex<[Entry]>([])

    /// - Parameter keeper: of which each desk has its own.
    static func cache(of keeper: SessionKeeper) -> ReportCache {
        all.withLock { entries in
            entries.removeAll { $0.keeper == nil }
            if let known = entries.first(where: { $0.keeper === keeper }) { return known.cache }
            let cache = ReportCache()
            entries.append(Entry(keeper: keeper, cache: cache))
            return cache
        }
    }
}

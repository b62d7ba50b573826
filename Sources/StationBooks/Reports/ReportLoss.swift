import LockerDomain

/// Notices where events of a station are missing (DESIGN 4.2): a number that does not follow on the one before, or a journal
/// that replaces a damaged one of which more is lost than was read. A run (班次) may have come among them, so the days that
/// they touch are not days without one.
package struct ReportLoss: Sendable, Codable {
    private var incarnation: String?
    /// The last number of it that was read.
    private var sequence = 0
    /// Events are missing, and nothing behind them is dated yet.
    private var isOpen = false
    /// The latest wall time that was known in front of them, milliseconds since 1970.
    private var known: Int64?

    package init() {}

    /// Takes note of the next event. `latest`: wall time up to which the station is known.
    package mutating func note(_ event: Event, _ incarnation: String, _ sequence: Int, latest: Int64?) {
        // What was read first may have been preceded by events that were removed: that is no loss.
        let isFirst = self.incarnation == nil
        let isGap = incarnation == self.incarnation ? sequence > self.sequence + 1 : sequence != 1
        if !isFirst && isGap || replaces(event) {
            known = isOpen ? known : latest
            isOpen = true
        }
        skip(incarnation, sequence)
    }

    /// Takes note of an event that is there, but not understood.
    package mutating func skip(_ incarnation: String, _ sequence: Int) {
        // A branch goes back to where it left the chain.
        self.sequence = incarnation == self.incarnation ? max(sequence, self.sequence) : sequence
        self.incarnation = incarnation
    }

    private func replaces(_ event: Event) -> Bool {
        guard case .stationJournalReplaced(let fact) = event, fact.reason == .damaged else { return false }
        guard fact.stateKept == true else { return true }
        guard let lost = fact.lostLast.flatMap(Int.init) else { return false }
        return fact.previous != incarnation || lost > sequence
    }

    /// Days that events which are missing touch, now that what follows on them is known to have been made at a wall time;
    /// `nil` when none are.
    package mutating func days(before wall: Int64) -> ClosedRange<Int64>? {
        guard isOpen else { return nil }
        isOpen = false
        let last = ReportPeriod.day(ofWall: wall)
        let first = known.map(ReportPeriod.day(ofWall:)) ?? last
        return min(first, last)...max(first, last)
    }
}

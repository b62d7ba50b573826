public import CountyBooks
import Dispatch
import Synchronization
import Testing

/// What each store of closed periods keeps to; `check` is called with an empty store for each clause.
public enum PeriodStoreContract: String, CaseIterable, Sendable {
    case beginsEmpty, keepsAllOfAReport, listsCorrectionsByNumber, givesANumberOnce, keepsPeriodsApart
    case listsTheNewestFirst, keepsTheDaysOfItsSettings, refusesDaysTwice, letsOneOfManyWin, logsWhatItFreezes,
        outlivesARestart

    /// Fails the running test where the store does not keep to it.
    ///
    /// - Parameters:
    ///   - log: the store of the audit log that it writes to.
    ///   - open: opens the store; called again it opens the same one, as after a restart.
    public func check<Store: PeriodStore>(log: some AccountStore, _ open: () throws -> Store) throws {
        let store = try open()
        switch self {
        case .beginsEmpty: try beginsEmpty(store)
        case .keepsAllOfAReport: try keepsAllOfAReport(store)
        case .listsCorrectionsByNumber: try listsCorrectionsByNumber(store)
        case .givesANumberOnce: try givesANumberOnce(store)
        case .keepsPeriodsApart: try keepsPeriodsApart(store)
        case .listsTheNewestFirst: try listsTheNewestFirst(store)
        case .keepsTheDaysOfItsSettings: try keepsTheDaysOfItsSettings(store)
        case .refusesDaysTwice: try refusesDaysTwice(store)
        case .letsOneOfManyWin: try letsOneOfManyWin(store)
        case .logsWhatItFreezes: try logsWhatItFreezes(store, log)
        case .outlivesARestart: try outlivesARestart(store, open)
        }
    }

    private func period(_ kind: CountyPeriod.Kind, _ text: String, ends: Int64 = CountyPeriod.endOfMonth) throws
        -> CountyPeriod
    {
        try #require(CountyPeriod(kind, text, ends: ends))
    }

    private var october: CountyPeriod { get throws { try period(.month, "2026-10") } }

    private func report(
        _ period: CountyPeriod,
        _ correction: Int = 0,
        csv: [UInt8] = Array("140522100201,SF,7\n".utf8),
        unknown: [String] = []
    ) -> FrozenReport {
        FrozenReport(
            period: period,
            correction: correction,
            csv: csv,
            sha256: ReportSheet.sha256(csv),
            through: 7,
            frozenAt: 1_793_664_000_000 + Int64(correction),
            by: "wang",
            unknown: unknown
        )
    }

    /// Whether the store refuses a report. Fails the running test for any error but `CountyFault`.
    private func refuses(_ report: FrozenReport, _ store: some PeriodStore) -> Bool {
        do {
            try store.freeze(report)
            return false
        } catch is CountyFault {
            return true
        } catch {
            Issue.record(error)
            return false
        }
    }

    private func beginsEmpty(_ store: some PeriodStore) throws {
        #expect(try store.closed().isEmpty)
        #expect(try store.frozen(october).isEmpty)
    }

    private func keepsAllOfAReport(_ store: some PeriodStore) throws {
        let lines = ["yc-1: 2026-10-30 –", "屯城村; \"a\", 'b' <c>"]
        var first = report(try october, csv: Array(0...255), unknown: lines)
        (first.by, first.through, first.frozenAt) = ("赵\"敏'; <b>", 9_000_000_000, -1)
        // The text is kept as it is, also one that does not belong to its sum: `verify` is to find that.
        first.sha256 = String(repeating: "0", count: 64)
        try store.freeze(first)
        let empty = report(try october, 1, csv: [])
        try store.freeze(empty)
        #expect(try store.frozen(october) == [first, empty])
    }

    private func listsCorrectionsByNumber(_ store: some PeriodStore) throws {
        for correction in 0...11 { try store.freeze(report(try october, correction)) }
        #expect(try store.frozen(october).map(\.correction) == Array(0...11))
        #expect(try store.closed() == [report(try october)])
    }

    private func givesANumberOnce(_ store: some PeriodStore) throws {
        #expect(try refuses(report(october, 1), store), "nothing is corrected that is not closed")
        #expect(try refuses(report(october, -1), store))
        #expect(try store.frozen(october).isEmpty)
        try store.freeze(report(try october))
        for correction in [0, 2, -1] {
            let other = report(try october, correction, csv: Array("other".utf8))
            #expect(refuses(other, store), "\(correction)")
        }
        #expect(try store.frozen(october) == [report(try october)])
        try store.freeze(report(try october, 1))
        #expect(try refuses(report(october, 1), store))
        #expect(try store.frozen(october).count == 2)
    }

    private func keepsPeriodsApart(_ store: some PeriodStore) throws {
        let periods = [
            try period(.year, "2026"), try october, try period(.month, "2026-11"), try period(.day, "2026-10-01"),
        ]
        for (index, period) in periods.enumerated() { try store.freeze(report(period, csv: [UInt8(index)])) }
        for (index, period) in periods.enumerated() {
            #expect(try store.frozen(period) == [report(period, csv: [UInt8(index)])])
        }
        #expect(try store.frozen(period(.month, "2026-09")).isEmpty)
    }

    private func listsTheNewestFirst(_ store: some PeriodStore) throws {
        for month in ["2026-09", "2026-11", "2025-12", "2026-10"] {
            try store.freeze(report(try period(.month, month)))
            try store.freeze(report(try period(.month, month), 1))
        }
        #expect(try store.closed().map(\.period.description) == ["2026-11", "2026-10", "2026-09", "2025-12"])
        #expect(try store.closed().allSatisfy { $0.correction == 0 })
    }

    /// A county that ends its months on another day from now on neither loses nor closes again what it has closed.
    private func keepsTheDaysOfItsSettings(_ store: some PeriodStore) throws {
        let before = report(try period(.month, "2026-10", ends: 25))
        try store.freeze(before)
        #expect(try refuses(report(october), store))
        #expect(try store.frozen(october) == [before])
        #expect(try store.closed().map(\.period.days) == [before.period.days])
    }

    /// Months that were closed under different settings may meet, and have no day in common.
    private func refusesDaysTwice(_ store: some PeriodStore) throws {
        try store.freeze(report(try october))
        for (month, ends) in [("2026-11", 25), ("2026-09", 31)] as [(String, Int64)] {
            let other = report(try period(.month, month, ends: ends))
            #expect(refuses(other, store) == (ends == 25), "\(month)")
        }
        #expect(try refuses(report(period(.month, "2026-11", ends: 25)), store))
        let next = try #require(try store.calendar(ends: 25).period(.month, "2026-11"))
        #expect(next.days.lowerBound == (try october).days.upperBound + 1)
        try store.freeze(report(next))
        try store.freeze(report(next, 1))
        #expect(try store.closedPeriods() == [next, october, period(.month, "2026-09")])
    }

    private func letsOneOfManyWin(_ store: some PeriodStore) throws {
        let won = Atomic(0)
        let reports = try (UInt8(0)..<8).map { report(try october, csv: [$0]) }
        DispatchQueue.concurrentPerform(iterations: reports.count) { index in
            if !refuses(reports[index], store) { won.add(1, ordering: .relaxed) }
        }
        #expect(won.load(ordering: .relaxed) == 1)
        #expect(try store.frozen(october).count == 1)
    }

    private func logsWhatItFreezes(_ store: some PeriodStore, _ log: some AccountStore) throws {
        #expect(try log.audit(AuditQuery()).isEmpty)
        let (first, correction) = (report(try october), report(try october, 1))
        try store.freeze(first)
        #expect(try refuses(report(october, csv: [1]), store))
        try store.freeze(correction)
        #expect(try refuses(report(october, 1, csv: [1]), store))
        let entries = try log.audit(AuditQuery())
        #expect(entries.map(\.action) == [.correctionIssued, .periodClosed], "none of what was refused")
        #expect(entries.map(\.by) == [.account("wang"), .account("wang")])
        #expect(PeriodCheck("\(first.period)", [first, correction], log: entries).missing.isEmpty)
    }

    private func outlivesARestart<Store: PeriodStore>(_ store: Store, _ open: () throws -> Store) throws {
        let reports = [report(try october, unknown: ["yc-1"]), report(try october, 1)]
        for report in reports { try store.freeze(report) }
        let again = try open()
        #expect(try again.frozen(october) == reports)
        #expect(try again.closed() == [reports[0]])
        #expect(try refuses(report(october, 1), again))
    }
}

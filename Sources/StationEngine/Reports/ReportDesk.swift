import LockerDomain
import StationBooks
import StationPorts
import Synchronization

/// Makes reports from the journal, one at a time, on the reader's connection: the engine never waits for one.
final class ReportDesk: Sendable {
    private let outbox: any OutboxPort
    private let isBusy = Mutex(false)

    init(_ outbox: any OutboxPort) { self.outbox = outbox }

    /// The report of a period, up to an event. Pages are short transactions, so that the WAL can be reset between them,
    /// and other tasks run between them.
    func report(
        _ period: ReportPeriod,
        end: JournalPosition,
        view: StationView
    ) async throws(ControlFault) -> StationReport {
        guard begin() else {
            throw ControlFault(.unavailable, "the report \(period): another one is being made; try again soon")
        }
        defer { isBusy.withLock { $0 = false } }
        var report = StationReport(period, state: view.state)
        do {
            var pages = ReportPages(outbox, end: end)
            if let wall = try pages.prunedBefore() { report.begins(at: wall) }
            try await pages.start(at: report.readsFrom)
            while !report.isComplete, case let lines = try pages.next(), !lines.isEmpty {
                for line in lines { report.take(line) }
                await Task.yield()
                try Task.checkCancellation()
            }
        } catch is CancellationError {
            throw ControlFault(.unavailable, "the report \(period): nobody waits for it any more")
        } catch {
            throw ControlFault(.failed, "the report \(period): the journal cannot be read: \(error)")
        }
        report.finish(at: view.now)
        return report
    }

    /// `false` while another report is made.
    private func begin() -> Bool {
        isBusy.withLock { isBusy in
            defer { isBusy = true }
            return !isBusy
        }
    }
}

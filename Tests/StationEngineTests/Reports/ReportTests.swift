import LockerDomain
import PortFakes
import StationBooks
import StationEngine
import StationPorts
import SyncWire
import Testing

@Suite("Reports from the journal")
struct ReportTests {
    private func control(_ bench: Bench, _ outbox: any OutboxPort) -> StationControl {
        StationControl(
            engine: bench.engine,
            runner: bench.runner(SilentUplink()),
            outbox: outbox,
            simulated: true,
            faults: { [] }
        )
    }

    /// What every line of the journal says, read in one go.
    private func whole(_ period: ReportPeriod, _ bench: Bench) async throws -> StationReport {
        var report = StationReport(period, state: await bench.state)
        for line in bench.journal.all {
            let event = try EventLine(decoding: line.bytes)
            let source = ReportSource(incarnation: event.incarnation, sequence: event.sequence)
            report.take(event.event, at: event.time, from: source)
        }
        report.finish(at: bench.clock.now())
        return report
    }

    @Test("a deposit of today is in today's report, with the numbers of its events")
    func today() async throws {
        let bench = try await Bench().started()
        await bench.deposit("SF7444404156506")
        let report = try await control(bench, bench.journal).report(ReportPeriod(.day, holding: History.today))
        #expect(report.figures[.received, "SF"] == 1 && report.figures[.stored, "SF"] == 1)
        #expect(report.figures[.runs] == 1 && report.days[0].verdict == .served && !report.isClosed)
        #expect(report.spans.map(\.first) == [1] && report.spans.map(\.last) == [bench.journal.all.count])
    }

    @Test("a day of long ago is found without reading the journal, in short pages, and is the same")
    func oldDay() async throws {
        let journal = WatchedJournal()
        var history = History(journal, daysBack: 200)
        try history.beginIncarnation()
        try history.start()
        for _ in 0..<200 { try history.day(events: 60) }
        let bench = try await Bench(on: journal).started()
        let outbox = CountedOutbox(journal)
        let period = ReportPeriod(.day, holding: History.today - 120)
        let report = try await control(bench, outbox).report(period)
        #expect(report.figures[.events] == 60 && report.days[0].runs == 1 && report.isClosed)
        // A week before it, the day, 200 events behind it, and a few looks to find it: of 12,000.
        #expect(outbox.lines < 1_500)
        #expect(outbox.mostLines <= Limits.reportPageEvents)
        let whole = try await whole(period, bench)
        #expect(report.figures == whole.figures && report.days == whole.days && report.spans == whole.spans)
    }

    @Test("a month goes over incarnations and starts without a clock")
    func month() async throws {
        let journal = WatchedJournal()
        var history = History(journal, daysBack: 40)
        for start in 0..<8 {
            try history.beginIncarnation()
            try history.start(clock: start % 3 == 2 ? .fake : .ntp)
            for _ in 0..<5 { try history.day(events: 7) }
        }
        let bench = try await Bench(on: journal).started()
        for month in ["2026-04", "2026-05"] {
            let period = try #require(ReportPeriod(.month, month))
            let outbox = CountedOutbox(journal)
            let report = try await control(bench, outbox).report(period)
            let whole = try await whole(period, bench)
            #expect(report.figures == whole.figures && report.unplaced == whole.unplaced)
            #expect(report.days == whole.days && report.spans == whole.spans)
            #expect(report.figures[.events] > 0 && report.spans.count > 1)
        }
    }

    @Test("a period before the journal or ahead of it is empty and says so", arguments: [Int64(-4_000), 4_000])
    func elsewhere(days: Int64) async throws {
        let bench = try await Bench().started()
        let period = ReportPeriod(.day, holding: History.today + days)
        let report = try await control(bench, bench.journal).report(period)
        #expect(report.figures.isEmpty && report.unplaced.isEmpty)
        #expect(report.days[0].verdict == (days < 0 ? .uncertain : .ahead))
    }

    @Test("a report over days that were removed from the front says that the county knows them")
    func pruned() async throws {
        let journal = WatchedJournal()
        var history = History(journal, daysBack: 200)
        try history.beginIncarnation()
        try history.start()
        for _ in 0..<200 { try history.day(events: 20) }
        let bench = try await Bench(on: journal).started()
        try journal.memory.prune(through: JournalPosition(generation: 1, sequence: 1 + 80 * 20))
        for (days, verdict) in [(Int64(130), ReportDay.Verdict.pruned), (60, .served)] {
            let period = ReportPeriod(.day, holding: History.today - days)
            let report = try await control(bench, journal).report(period)
            #expect(report.days[0].verdict == verdict, "\(days) days ago")
            #expect((report.prunedBefore != nil) == (verdict == .pruned))
        }
    }

    @Test("one report at a time; the next one is told to come back")
    func oneAtATime() async throws {
        let bench = try await Bench().started()
        let outbox = CountedOutbox(bench.journal)
        let control = control(bench, outbox)
        let period = ReportPeriod(.day, holding: History.today)
        outbox.hold()
        let first = Task.detached { try await control.report(period) }
        try await eventually("the first report reads") { outbox.isWaiting }
        await #expect(throws: ControlFault.self) { try await control.report(period) }
        // The engine goes on meanwhile.
        #expect(await bench.scan("VLK1:END").isEmpty == false)
        outbox.release()
        #expect(try await first.value.figures[.events] > 0)
        #expect(try await control.report(period).figures[.events] > 0)
    }

    @Test("a journal that cannot be read is named")
    func unreadable() async throws {
        let bench = try await Bench().started()
        let outbox = CountedOutbox(bench.journal)
        outbox.fail()
        let control = control(bench, outbox)
        let fault = await #expect(throws: ControlFault.self) {
            try await control.report(ReportPeriod(.day, holding: History.today))
        }
        #expect(fault?.code == .failed && fault?.description.contains("disk gone") == true)
    }

    @Test("a line that a newer version wrote is counted, not fatal")
    func newer() throws {
        var report = StationReport(ReportPeriod(.day, holding: History.today))
        report.takeUnreadable()
        report.finish(at: Moment(wall: Bench.firstMorning, uptime: 0, clock: .ntp))
        #expect(report.unreadable == 1)
    }
}

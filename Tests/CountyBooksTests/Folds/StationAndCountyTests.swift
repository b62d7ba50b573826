import CountyBooks
import LockerDomain
import StationBooks
import StoreContracts
import SyncWire
import Testing

@testable import Simulator

/// One reading of events serves both ends; these tests show that nothing around it counts otherwise.
@Suite("The station's own report and the county's books")
struct StationAndCountyTests {
    /// Worlds of twelve days.
    static let seeds: ClosedRange<UInt64> = 1...17

    @Test("give the same figures for every day and month of 204 simulated days", arguments: seeds)
    func sameFigures(seed: UInt64) throws {
        let world = World(seed: seed)
        let failure = world.run(days: 12)
        #expect(failure == nil, "seed \(seed)")
        let lines = world.disk.lines.compactMap(\.read)
        try #require(lines.count > 500, "seed \(seed)")
        let ledger = MemoryLedger()
        var fold = StationFold()
        ledger.fold(lines, into: &fold)

        let dated = lines.filter { $0.time.clock.isDated }.map(\.time.shanghaiDay)
        let first = try #require(dated.min())
        let last = try #require(dated.max())
        var periods = (first...min(last, first + 60)).map { (CountyPeriod(day: $0), ReportPeriod(.day, holding: $0)) }
        periods.append((CountyPeriod(monthHolding: first), ReportPeriod(.month, holding: first)))
        for (county, station) in periods {
            let reported = figures(of: station, lines)
            let kept = ledger.figures(county)
            for key in Set(reported.keys).union(kept.keys) where reported[key] != kept[key] {
                Issue.record("seed \(seed), \(county), \(key): station \(reported[key] ?? 0), county \(kept[key] ?? 0)")
            }
        }
    }

    @Test("know the same days with a run, without one, and those that nobody can tell", arguments: seeds)
    func sameDays(seed: UInt64) throws {
        let world = World(seed: seed)
        #expect(world.run(days: 12) == nil, "seed \(seed)")
        let lines = world.disk.lines.compactMap(\.read)
        let ledger = MemoryLedger()
        var fold = StationFold()
        ledger.fold(lines, into: &fold)
        let end = try #require(lines.last?.time)
        try #require(end.clock.isDated, "seed \(seed)")
        let latest = try #require(fold.latest)
        let period = ReportPeriod(.month, holding: end.shanghaiDay - 1)
        var report = StationReport(period)
        for line in lines {
            report.take(
                line.event,
                at: line.time,
                from: ReportSource(incarnation: line.incarnation, sequence: line.sequence)
            )
        }
        report.finish(at: end)
        for day in report.days {
            let verdict = DayVerdict.of(day.number, ledger.days[day.number], reaches: latest, now: end.wall)
            let expected: DayVerdict =
                switch day.verdict {
                case .served: .visited
                case .withoutRun: .notVisited
                case .uncertain: .uncertain
                case .open, .ahead: .notYet
                case .pruned: .unknown
                }
            #expect(verdict == expected, "seed \(seed), day \(day.number)")
        }
    }

    /// What a station's report surely counts, by the keys of the county.
    private func figures(of period: ReportPeriod, _ lines: [EventLine]) -> [FigureKey: Int] {
        var report = StationReport(period)
        for line in lines {
            report.take(
                line.event,
                at: line.time,
                from: ReportSource(incarnation: line.incarnation, sequence: line.sequence)
            )
        }
        if let last = lines.last { report.finish(at: last.time) }
        var figures: [FigureKey: Int] = [:]
        func add(_ count: Int, _ figure: String, word: String? = nil, _ owner: Tally.Owner? = nil) {
            guard count != 0 else { return }
            figures[
                FigureKey(mark: .day(1), brand: owner?.brand, direction: owner?.direction, figure: figure, word: word),
                default: 0
            ] += count
        }
        for (owner, row) in report.figures.rows {
            for (figure, count) in row.figures { add(count, figure.rawValue, owner) }
            for (breakdown, words) in row.breakdowns {
                for (word, count) in words.counts { add(count, breakdown.rawValue, word: word, owner) }
            }
        }
        for (figure, count) in report.figures.station { add(count, figure.rawValue) }
        for (breakdown, words) in report.figures.words {
            for (word, count) in words.counts { add(count, breakdown.rawValue, word: word) }
        }
        // A score of the survey is a sum in the station's report, and a word in the county's books.
        for (index, question) in report.figures.survey.enumerated() {
            add(question.answers, "survey\(index + 1)")
        }
        return figures
    }
}

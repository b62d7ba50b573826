import LockerDomain
import LockerTestKit
import StationBooks
import StationRules
import Testing

@Suite("Days of a report")
struct DayTests {
    private func verdicts(_ report: StationReport, _ days: Range<Int>) -> [ReportDay.Verdict] {
        report.days[days].map(\.verdict)
    }

    @Test("the last millisecond of a day is that day's, the next one is not")
    func midnight() {
        var diary = Diary(hour: 20)
        diary.wait(milliseconds: Diary.wall(1, 0) - 1 - diary.now.wall)
        diary.run()
        diary.wait(milliseconds: 1)
        diary.run("r-2")
        #expect(diary.day(0).days[0].runs == 1 && diary.day(1).days[0].runs == 1)
        #expect(diary.day(0).figures[.runs] == 1)
    }

    @Test("a month begins and ends at midnight of its own days")
    func monthEdges() {
        var diary = Diary(day: -21)
        for number in 0..<32 {
            diary.go(Int64(number) - 21, 12)
            diary.run("r-\(number)")
        }
        diary.go(12, 0)
        let november = diary.month()
        #expect(november.days.count == 30 && november.figures[.runs] == 30 && november.isClosed)
        #expect(november.days.allSatisfy { $0.verdict == .served && $0.runs == 1 })
    }

    @Test("a day without a run is one only if the station ran")
    func withoutRun() {
        var diary = Diary(day: -2)
        diary.go(-1, 23)
        // Two whole days without any event, but one start goes on through both.
        diary.go(2, 9)
        diary.run()
        let report = diary.month()
        #expect(verdicts(report, 18..<22) == [.uncertain, .withoutRun, .withoutRun, .withoutRun])
        #expect(report.days[22].verdict == .served)
        #expect(diary.day(0).days[0].verdict == .withoutRun)
    }

    @Test("a start that tells when the one before was seen last makes the quiet hours known")
    func quietHours() {
        var diary = Diary(day: -1)
        diary.go(0, 20)
        diary.receive("SF7444404156506")
        diary.go(2, 3)
        let seen = diary.now.wall
        diary.wait(hours: 6)
        for (clock, verdict) in [(ClockTrust.ntp, ReportDay.Verdict.withoutRun), (.none, .uncertain)] {
            var next = diary
            next.start(darkSince: seen, darkClock: clock)
            next.run()
            #expect(next.day(0).days[0].verdict == verdict)
            #expect(next.day(1).days[0].verdict == verdict)
            #expect(next.day(2).days[0].verdict == .served)
        }
    }

    @Test("days that lost lines touch are uncertain, not days without a run")
    func lostLines() {
        var diary = Diary(day: -1)
        diary.go(0, 8)
        diary.receive("SF7444404156506")
        diary.lost = [diary.lines.count]
        diary.go(0, 9)
        diary.run()
        diary.go(1, 9)
        diary.receive("SF7444404156507")
        diary.go(4, 9)
        diary.run("r-2")
        #expect(verdicts(diary.month(), 20..<24) == [.uncertain, .uncertain, .withoutRun, .withoutRun])
        diary.lost = []
        #expect(verdicts(diary.month(), 20..<24) == [.served, .withoutRun, .withoutRun, .withoutRun])
    }

    @Test(
        "a damaged journal of which more is lost than was read makes its days uncertain, lines in the midst of it do not"
    )
    func damagedJournal() {
        var diary = Diary(day: -1)
        diary.go(1, 7)
        diary.receive("SF7444404156506")
        diary.go(1, 8)
        let last = diary.lines.count
        for (lost, verdict) in [(last, ReportDay.Verdict.withoutRun), (last + 1, .uncertain)] {
            var damaged = diary
            damaged.replace(lostLast: lost)
            damaged.go(3, 9)
            damaged.run()
            #expect(damaged.day(0).days[0].verdict == .withoutRun)
            #expect(damaged.day(1).days[0].verdict == verdict)
            #expect(damaged.day(2).days[0].verdict == .withoutRun)
        }
    }

    @Test("a day on which the station was off is uncertain, never a day without a run")
    func off() {
        var diary = Diary(day: -1)
        diary.go(0, 8)
        diary.add(.stationStopped(StationStopped(reason: "SIGTERM")))
        diary.powerCut(hours: 10)
        diary.go(2, 9)
        diary.run()
        #expect(diary.day(0).days[0].verdict == .uncertain)
        #expect(diary.day(0).days[0].watchedMilliseconds == 14 * 3_600_000)
        #expect(diary.day(1).days[0].verdict == .withoutRun)
        #expect(diary.day(-5).days[0].verdict == .uncertain)
    }

    @Test("a restart is no excuse, and a run is a run even on a dark day")
    func restart() {
        var diary = Diary(day: -1)
        diary.go(0, 8)
        diary.add(.stationStopped(StationStopped(reason: "update")))
        diary.wait(milliseconds: 120_000)
        diary.start()
        diary.go(1, 9)
        diary.run()
        diary.powerCut(hours: 14)
        diary.go(2, 9)
        #expect(diary.day(0).days[0].verdict == .withoutRun)
        #expect(diary.day(1).days[0].verdict == .served)
    }

    @Test("what happened before the clock was set is dated by the first reading of the same start")
    func reckoned() {
        var diary = Diary(day: -1)
        diary.go(-1, 18)
        diary.run("yesterday")
        // Power comes back at 07:00; the clock goes on from 18:00 and NTP comes at 10:00.
        diary.powerCut(hours: 13, clock: .fake)
        diary.wait(hours: 2)
        diary.run("dark")
        diary.wait(hours: 1)
        diary.now.wall = Diary.wall(0, 10)
        diary.now.clock = .ntp
        diary.add(.stationClockChanged(ClockChanged(before: .fake, after: .ntp, jumpMilliseconds: 0)))
        diary.go(1, 8)
        #expect(diary.day(-1).figures[.runs] == 1 && diary.day(-1).figures[.clockUncertain] == 0)
        let today = diary.day(0)
        #expect(today.days[0].runs == 1 && today.unplaced.isEmpty)
        #expect(today.figures[.clockUncertain] == 2)
        // The station ran from 07:00 on.
        #expect(today.days[0].watchedMilliseconds == 17 * 3_600_000)
    }

    @Test("a clock that is lost again is bridged by the monotonic one")
    func lostAgain() {
        var diary = Diary()
        diary.go(0, 23)
        diary.add(.stationStopped(StationStopped(reason: "none")))
        diary.wait(hours: 4)
        diary.now.clock = .none
        diary.now.wall = 0
        diary.run()
        #expect(diary.day(1, asked: Diary.moment(1, 12)).figures[.runs] == 1)
        #expect(diary.day(0, asked: Diary.moment(1, 12)).figures[.runs] == 0)
    }

    @Test("a start that never learned the time makes the days around it uncertain; a month that holds them counts it")
    func adrift() {
        var diary = Diary(day: -1)
        diary.go(-1, 18)
        diary.run("yesterday")
        diary.powerCut(hours: 13, clock: .fake)
        diary.run("dark")
        diary.receive("SF0000000001")
        diary.now.wall = Diary.wall(1, 9)
        diary.start()
        diary.go(2, 9)
        for day in [Int64(0), 1] {
            let report = diary.day(day)
            #expect(report.days[0].verdict == .uncertain && report.days[0].runs == 0)
            #expect(report.figures[.received] == 0 && report.figures[.runs] == 0)
            #expect(report.unplaced[.received] == 1 && report.unplaced[.runs] == 1)
        }
        #expect(diary.day(-1).days[0].verdict == .served && diary.day(2).unplaced.isEmpty)
        let month = diary.month()
        #expect(month.figures[.received] == 1 && month.figures[.runs] == 2 && month.runsWithoutDay == 1)
        #expect(month.unplaced.isEmpty && month.figures[.clockUncertain] == 3)
        #expect(month.days[19].runs == 1 && verdicts(month, 20..<22) == [.uncertain, .uncertain])
    }

    @Test("a start without a clock between two readings of one day is that day's")
    func adriftWithinDay() {
        var diary = Diary()
        diary.go(0, 9)
        diary.run()
        diary.powerCut(hours: 0, clock: .fake)
        diary.run("dark")
        diary.now.wall = Diary.wall(0, 12)
        diary.start()
        diary.go(1, 9)
        #expect(diary.day().days[0].runs == 2 && diary.day().unplaced.isEmpty)
    }

    @Test("while the present is unknown, what is dark now may belong to any later day")
    func darkNow() {
        var diary = Diary(day: -1)
        diary.go(-1, 18)
        diary.powerCut(hours: 13, clock: .fake)
        diary.run("dark")
        diary.wait(hours: 1)
        for day in [Int64(-1), 0, 3] {
            let report = diary.day(day)
            #expect(report.unplaced[.runs] == 1 && !report.isClosed)
            #expect(report.days[0].verdict == .uncertain)
        }
        #expect(diary.day(-2).unplaced.isEmpty)
    }

    @Test("today is open, tomorrow lies ahead, and only what is over is closed")
    func present() {
        var diary = Diary(day: -1)
        diary.go(0, 12)
        #expect(diary.day(0).days[0].verdict == .open && !diary.day(0).isClosed)
        #expect(diary.day(1).days[0].verdict == .ahead && !diary.day(1).isClosed)
        #expect(diary.day(-1).isClosed)
        #expect(!diary.month().isClosed)
        #expect(diary.day(0, asked: Diary.moment(1, 0)).isClosed)
        #expect(!diary.day(-1, asked: Moment(wall: Diary.wall(9, 0), uptime: 1, clock: .fake)).isClosed)
    }

    @Test("a journal that was lost makes its day uncertain; a fork, closed while the station runs, does not")
    func journalReplaced() {
        let cases: [(JournalReplaced.Reason, ReportDay.Verdict)] = [(.damaged, .uncertain), (.forked, .withoutRun)]
        for (reason, verdict) in cases {
            var diary = Diary(day: -1)
            diary.go(0, 12)
            let fact = JournalReplaced(previous: nil, lastSequence: nil, lastHash: nil, reason: reason)
            diary.add(.stationJournalReplaced(fact))
            if reason == .damaged { diary.start() }
            diary.go(1, 12)
            #expect(diary.day().days[0].verdict == verdict)
        }
    }

    @Test("the start behind a lost journal is one start, dated as one")
    func prologue() {
        var diary = Diary(day: -1)
        diary.go(0, 6)
        diary.now.uptime = 30_000
        diary.now.clock = .fake
        let fact = JournalReplaced(previous: nil, lastSequence: nil, lastHash: nil, reason: .damaged)
        diary.add(.stationJournalReplaced(fact))
        diary.start(clock: .fake)
        diary.wait(hours: 1)
        diary.now.clock = .ntp
        diary.run()
        #expect(diary.day().unplaced.isEmpty && diary.day().figures[.clockUncertain] == 2)
    }

    @Test("a clock that was wrong for a moment does not end the report")
    func wrongClock() {
        var diary = Diary()
        diary.run()
        diary.wait(hours: 1)
        diary.now.wall += 400 * 86_400_000
        for _ in 0..<20 { diary.add(.doorOpened(DoorOpened(door: "A01", cycle: 1))) }
        diary.now.wall -= 400 * 86_400_000
        diary.wait(hours: 1)
        diary.run("r-2")
        var report = StationReport(ReportPeriod(.day, holding: Diary.day))
        for line in diary.lines where !report.isComplete { report.take(line.event, at: line.at) }
        #expect(report.figures[.runs] == 2)
        diary.go(2, 9)
        let opened = Event.doorOpened(DoorOpened(door: "A01", cycle: 1))
        for _ in 0..<Limits.reportTailEvents { report.take(opened, at: diary.now) }
        #expect(report.isComplete)
    }

    @Test("more events in the dark than are kept stay counted, as undated")
    func spilled() {
        var diary = Diary(hour: 1, clock: .fake)
        for _ in 0..<(Limits.reportWaitingEventsMax + 100) { diary.add(.doorOpened(DoorOpened(door: "A01", cycle: 1))) }
        diary.wait(hours: 1)
        diary.now.clock = .ntp
        diary.run()
        let report = diary.day()
        #expect(report.figures[.runs] == 1)
        #expect(report.figures[.doorOpenings] + report.unplaced[.doorOpenings] == Limits.reportWaitingEventsMax + 100)
        #expect(report.unplaced[.doorOpenings] > 0 && report.figures[.doorOpenings] > 0)
    }

    @Test("a camera is offline while it does not answer and the station asks it")
    func cameras() {
        var diary = Diary(day: -1)
        diary.go(-1, 22)
        diary.add(.cameraOffline(CameraOffline(camera: "front", reason: "timeout")))
        diary.go(0, 3)
        diary.add(.cameraOnline(CameraOnline(camera: "front")))
        diary.go(0, 10)
        diary.add(.cameraOffline(CameraOffline(camera: "front", reason: "timeout")))
        diary.go(0, 12)
        diary.add(.stationStopped(StationStopped(reason: "none")))
        diary.powerCut(hours: 4)
        diary.go(1, 6)
        let hours = (Int64(-1)...1).map { (diary.day($0).cameras["front"]?.offlineMilliseconds ?? 0) / 3_600_000 }
        #expect(hours == [2, 5, 0])
        #expect(diary.day().cameras["front"]?.times == 1)
    }

    @Test("a camera that is offline since long before the lookback is known from the state")
    func oldCamera() {
        var diary = Diary(day: -1)
        diary.go(1, 6)
        var state = StationState()
        state.cameras["front"] = .init(online: false, reason: "timeout", since: Diary.wall(-30, 0))
        var report = StationReport(ReportPeriod(.day, holding: Diary.day), state: state)
        for line in diary.lines.dropFirst() { report.take(line.event, at: line.at) }
        report.finish(at: diary.now)
        #expect(report.cameras["front"]?.offlineMilliseconds == 86_400_000)
    }

    @Test("the days of a month add up to the month, whatever the power and the clock do", arguments: UInt64(1)...40)
    func sums(seed: UInt64) {
        var random = SplitMix(seed: seed)
        var diary = Diary(day: -18, clock: .ntp)
        for number in 0..<400 {
            switch Int.random(in: 0..<20, using: &random) {
            case 0: diary.powerCut(hours: Int64.random(in: 0..<9, using: &random), clock: .ntp)
            case 1: diary.powerCut(hours: Int64.random(in: 0..<9, using: &random), clock: .fake)
            case 2, 3: diary.now.clock = .ntp
            case 4..<8: diary.run("r-\(number)")
            case 8..<14: diary.receive(Waybill(rawValue: "SF\(number)"))
            default: diary.wait(milliseconds: Int64.random(in: 0..<9_000_000, using: &random))
            }
        }
        let end = Diary.wall(12, 0)
        diary.now.clock = .ntp
        diary.now.wall = max(diary.now.wall, end)
        let month = diary.month()
        let days = (0..<30).map { diary.day($0 - 20) }
        for figure in [StationFigure.runs, .events] {
            let placed = days.reduce(0) { $0 + $1.figures[figure] }
            #expect(placed <= month.figures[figure] && month.figures[figure] <= diary.lines.count)
        }
        for (day, report) in zip(month.days, days) {
            #expect(day == report.days[0], "seed \(seed)")
            #expect(day.verdict != .withoutRun || 86_400_000 - day.watchedMilliseconds <= 3_600_000)
        }
        #expect(month.figures[.runs] == month.days.reduce(month.runsWithoutDay) { $0 + $1.runs })
    }
}

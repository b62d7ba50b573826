import CountyBooks
import LockerDomain
import Testing

/// Day verdicts where the last event was made at 20:00 of the last day of a month and a status came the next morning.
@Suite("What a status adds to the last event of a station")
struct HeardTests {
    private static let hour: Int64 = 3_600_000

    /// November of two stations that ran all the time. The last event of `yc-n` was made at 20:00 of the 30th.
    private struct Month {
        var county: SmallCounty
        /// 20:00 of the 30th, and midnight behind it.
        let last: Int64
        let midnight: Int64
        var status: LastStatus

        init() throws {
            county = try SmallCounty()
            let days = county.period.days
            midnight = ReportPeriod.wall(ofDay: days.upperBound + 1)
            last = midnight - 4 * hour
            county.now = midnight + 7 * hour
            county.stations[0].reaches = last
            county.stations[1].reaches = county.now
            for station in ["yc-n", "yc-s"] {
                county.days[station] = days.map { number in
                    var day = StationDay(day: number)
                    let isCut = station == "yc-n" && number == days.upperBound
                    day.watchedMilliseconds = (isCut ? 20 : 24) * hour
                    return day
                }
            }
            status = LastStatus(
                station: "yc-n",
                received: midnight + 6 * hour + 1_000,
                made: midnight + 6 * hour,
                clock: .ntp,
                eventsWaiting: 0,
                end: LastStatus.ChainEnd(number: 99, made: last)
            )
        }

        var extract: BooksExtract { county.extract.heard([status], now: county.now) }
        var reaches: Int64? { extract.stations[0].reaches }
        var report: MonthReport {
            var builder = ReportBuilder(
                extract,
                Registers(county.rows),
                county: SmallCounty.county,
                now: county.now
            )
            return builder.report()
        }
        /// Days of the village: not visited, unknown, uncertain.
        func days() throws -> [Int] {
            let line = try #require(report.lines.first { $0.code == SmallCounty.north && $0.brand == nil })
            let days = try #require(line.days)
            return [days.notVisited, days.unknown, days.uncertain]
        }
    }

    @Test(
        "the last day of a month closes as not visited with a status of the 1st, and nothing of the station is unknown"
    )
    func monthCloses() throws {
        var month = try Month()
        #expect(try month.days() == [30, 0, 0])
        #expect(month.report.silent.isEmpty)
        let closed = try PeriodBook(month.report, frozen: []).close(by: "wang", at: 5, isDoubtful: false)
        #expect(!closed.unknown.contains { $0.contains("yc-n") })
        // Without it the same books leave the day open.
        month.status.station = "yc-other"
        #expect(try month.days() == [29, 1, 0])
        #expect(month.report.silent.map(\.station) == ["yc-n"])
    }

    @Test("the next event of the same start changes nothing in what was closed by a status")
    func confirmed() throws {
        var month = try Month()
        let closed = try PeriodBook(month.report, frozen: []).close(by: "wang", at: 5, isDoubtful: false)
        month.county.stations[0].reaches = month.midnight + 8 * Self.hour
        month.county.days["yc-n"]?[29].watchedMilliseconds = 24 * Self.hour
        #expect(month.reaches == month.midnight + 8 * Self.hour)
        #expect(try PeriodBook(month.report, frozen: [closed]).openDifferences() == ReportCorrection([:]))
    }

    /// Why a status proves nothing.
    enum Doubt: CaseIterable {
        case eventWaits, clockFake, clockUnset, endElsewhere, booksLag, endNotInBooks, beforeLastEvent, atLastEvent
        case yearsLater
    }

    @Test("a status that proves nothing leaves the day unknown", arguments: Doubt.allCases)
    func provesNothing(_ doubt: Doubt) throws {
        var month = try Month()
        switch doubt {
        case .eventWaits: month.status.eventsWaiting = 1
        case .clockFake: month.status.clock = .fake
        case .clockUnset: month.status.clock = .none
        case .endElsewhere: month.status.end = nil
        // The books are at event 99.
        case .booksLag: month.status.end?.number = 100
        case .endNotInBooks: month.status.end?.made = month.last + 1
        case .beforeLastEvent: month.status.made = month.last - 1
        case .atLastEvent: month.status.made = month.last
        case .yearsLater:
            month.status.made += 500 * 24 * Self.hour
            month.status.received = month.status.made
            month.county.now = month.status.made
        }
        #expect(month.reaches == month.last)
        #expect(month.extract.days == month.county.days)
        guard doubt != .yearsLater else { return }
        #expect(try month.days() == [29, 1, 0])
    }

    @Test("a station that waits to be folded anew is proven by no status, and no day without a run is known of it")
    func waiting() throws {
        var month = try Month()
        month.county.stations[0].isWaiting = true
        #expect(month.reaches == month.last)
        #expect(month.extract.days == month.county.days)
        #expect(try month.days() == [0, 30, 0])
        #expect(month.report.silent.map(\.station) == ["yc-n"])
    }

    @Test("a clock that is dated by its battery is enough")
    func batteryClock() throws {
        var month = try Month()
        month.status.clock = .rtc
        #expect(try month.days() == [30, 0, 0])
    }

    @Test("a status proves nothing beyond the time at which it came, nor beyond the county's clock")
    func capped() throws {
        var month = try Month()
        month.status.made = month.midnight + 90 * Self.hour
        #expect(month.reaches == month.status.received)
        month.county.now = month.midnight + Self.hour
        #expect(month.reaches == month.county.now)
        month.status.received = month.midnight - 1
        #expect(month.reaches == month.midnight - 1)
        #expect(try month.days() == [29, 1, 0])
    }

    @Test("a station without a dated event stays as it is")
    func undated() throws {
        var month = try Month()
        month.county.stations[0].reaches = nil
        #expect(month.reaches == nil)
        #expect(month.extract.days == month.county.days)
    }

    @Test("the time between is split at midnight, and goes to the days of the period alone")
    func split() throws {
        var month = try Month()
        let days = month.county.period.days
        // From 20:00 of the 28th; the books have no row of the 29th, and one of the 30th in which a run may have come.
        month.county.stations[0].reaches = month.last - 48 * Self.hour
        month.status.end?.made = month.last - 48 * Self.hour
        var first = StationDay(day: days.upperBound - 2)
        (first.runs, first.watchedMilliseconds) = (1, 20 * Self.hour)
        var last = StationDay(day: days.upperBound)
        last.mayHaveRun = true
        month.county.days["yc-n"] = [first, last]
        let heard = try #require(month.extract.days["yc-n"])
        #expect(heard.map { $0.day - days.upperBound } == [-2, -1, 0])
        #expect(heard.map(\.watchedMilliseconds) == [24 * Self.hour, 24 * Self.hour, 24 * Self.hour])
        #expect(heard.map(\.runs) == [1, 0, 0])
        #expect(heard.map(\.mayHaveRun) == [false, false, true])
        #expect(month.extract.days["yc-s"] == month.county.days["yc-s"])
    }

    @Test("a status before midnight leaves the day open")
    func beforeMidnight() throws {
        var month = try Month()
        month.status.made = month.midnight - 1
        #expect(month.reaches == month.midnight - 1)
        #expect(month.extract.days["yc-n"]?.last?.watchedMilliseconds == 24 * Self.hour - 1)
        #expect(try month.days() == [29, 1, 0])
    }
}

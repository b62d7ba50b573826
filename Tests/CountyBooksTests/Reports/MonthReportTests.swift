import CountyBooks
import LockerDomain
import StationBooks
import Testing

@Suite("The month report")
struct MonthReportTests {
    private typealias County = SmallCounty

    @Test("counts pieces by village and brand, and a village without any stands there with its zeros")
    func lines() throws {
        var county = try SmallCounty()
        county.count("SF1", on: .day(county.day(1)))
        county.count("SF2", on: .day(county.day(30)))
        county.count("YT1", at: "yc-s", on: .day(county.day(2)), brand: "YTO")
        county.count("SF9", .accepted, on: .day(county.day(2)))
        let shown = county.report.lines.map {
            "\($0.code) \($0.brand ?? "*") \($0.figures.received) \($0.figures.accepted)"
        }
        #expect(
            shown == [
                "140522 * 3 1", "140522 SF 2 1", "140522 YTO 1 0", "140522100 * 3 1", "140522100 SF 2 1",
                "140522100 YTO 1 0", "140522100201 * 2 1", "140522100201 SF 2 1", "140522100202 * 1 0",
                "140522100202 YTO 1 0", "140522100203 * 0 0",
            ]
        )
    }

    @Test("counts a waybill once a period at each level, and says by how many the villages have more together")
    func once() throws {
        var county = try SmallCounty()
        county.count("SF1", at: "yc-n", on: .day(county.day(1)))
        county.count("SF1", at: "yc-n", on: .day(county.day(9)))
        county.count("SF1", at: "yc-s", on: .day(county.day(3)))
        #expect(try county.line(County.north).figures.received == 1)
        #expect(try county.line(County.south).figures.received == 1)
        let township = try county.line(County.township).figures
        #expect(township.received == 1)
        #expect(township.receivedTwice == 1)
        #expect(try county.line("140522", "SF").figures.receivedTwice == 1)
    }

    @Test("takes off what was rejected in the same period, and leaves what an earlier one counted")
    func rejected() throws {
        var county = try SmallCounty()
        let before = DayMark.day(county.period.days.lowerBound - 1)
        county.count("A1", .accepted, on: .day(county.day(4)))
        county.count("A1", .rejected, on: .day(county.day(5)))
        county.count("A1", .accepted, on: .day(county.day(5)), takesOff: .day(county.day(4)), -1)
        county.count("A2", .rejected, on: .day(county.day(1)))
        county.count("A2", .accepted, on: .day(county.day(1)), takesOff: before, -1)
        county.count("A3", .accepted, on: .day(county.day(1)))
        let figures = try county.line(County.north).figures
        #expect(figures.accepted == 1)
        #expect(figures.rejected == 2)
    }

    @Test("counts a parcel for the village of its manifest, by code or by name, else for that of the site")
    func manifestVillage() throws {
        var county = try SmallCounty()
        county.count("SF1", on: .day(county.day(1)), village: "远村")
        county.count("SF2", on: .day(county.day(1)), village: County.far)
        county.count("SF3", on: .day(county.day(1)), village: "无此村")
        #expect(try county.line(County.far).figures.received == 2)
        #expect(try county.line(County.north).figures.received == 1)
    }

    @Test("counts for the village where the station stood on that day, when it moved within the month")
    func moved() throws {
        var county = try SmallCounty()
        let day = CivilDay(number: county.day(16))
        county.rows.append(DatedRow(.site(County.site("F1", County.far, "yc-n")), validFrom: day))
        var without = County.site("N1", County.north, "yc-n")
        without.stations = []
        county.rows.append(DatedRow(.site(without), validFrom: day))
        county.count("SF1", on: .day(county.day(15)))
        county.count("SF2", on: .day(county.day(16)))
        #expect(try county.line(County.north).figures.received == 1)
        #expect(try county.line(County.far).figures.received == 1)
    }

    @Test("shows pieces of a station without a site under a line of their own")
    func unregistered() throws {
        var county = try SmallCounty()
        county.count("SF1", at: "yc-new", on: .day(county.day(1)))
        #expect(try county.line("").figures.received == 1)
        #expect(try county.line("140522").figures.received == 1)
        #expect(try county.line(County.township).figures.received == 0)
    }

    @Test(
        "counts what no clock can date when the stretch lies within the period, and calls it uncertain when it may not"
    )
    func drifts() throws {
        var county = try SmallCounty()
        county.drifts = [
            5: Drift(number: 5, first: county.day(2), last: county.day(4)),
            6: Drift(number: 6, first: county.period.days.lowerBound - 1, last: county.day(2)),
            7: Drift(number: 7, first: county.day(29), last: nil),
        ]
        county.count("SF1", on: .drift(5))
        county.count("SF2", on: .drift(6))
        county.count("SF3", on: .drift(7))
        county.count("SF4", on: .drift(8))
        let figures = try county.line(County.north).figures
        #expect(figures.received == 1)
        #expect(figures.receivedUncertain == 2)
    }

    // MARK: Days

    private func watched(_ day: Int64, runs: Int = 0) -> StationDay {
        var kept = StationDay(day: day)
        (kept.runs, kept.watchedMilliseconds) = (runs, 86_400_000)
        return kept
    }

    @Test("counts a run for every village that the site serves, at it or from it")
    func reach() throws {
        var county = try SmallCounty()
        let served = [ServedVillage(village: County.far, mode: .reach)]
        county.rows.append(
            DatedRow(.site(County.site("N1", County.north, "yc-n", served)), validFrom: CivilDay(number: county.day(1)))
        )
        county.days["yc-n"] = county.period.days.map { watched($0, runs: $0 == county.day(3) ? 1 : 0) }
        let far = try county.line(County.far)
        #expect(far.mode == .reach)
        #expect(far.days?.visited == 1)
        #expect(far.days?.notVisited == 29)
        #expect(try county.line(County.north).mode == .site)
    }

    @Test("says unknown from where the station's chain ends, and lists the station with its published phone")
    func silent() throws {
        var county = try SmallCounty()
        county.stations[0].reaches = ReportPeriod.wall(ofDay: county.day(11))
        county.days["yc-n"] = (1...10).map { watched(county.day($0), runs: $0 == 1 ? 1 : 0) }
        let days = try #require(try county.line(County.north).days)
        #expect([days.visited, days.notVisited, days.unknown, days.uncertain, days.notYet] == [1, 9, 20, 0, 0])
        #expect(county.report.silent.map(\.station) == ["yc-n"])
        #expect(county.report.silent.first?.phone == "0356-4221234")
        #expect(county.report.isIncomplete)
    }

    @Test("a station that began behind the period tells nothing of it; one that began in it, nothing of days before")
    func beganLater() throws {
        var county = try SmallCounty()
        county.serveAll()
        county.stations[0].began = ReportPeriod.wall(ofDay: county.day(31)) + 3_600_000
        #expect(county.report.silent.map(\.station) == ["yc-n"])
        #expect(UnknownThings(county.report).lines == ["站点 yc-n N1网点，电话 0356-4221234：记录自 2026-12-01 起"])
        #expect(try !county.line(County.north).isWhole)
        #expect(try county.line(County.south).isWhole)
        #expect(try county.line(County.north).days?.unknown == 30)
        county.stations[0].began = ReportPeriod.wall(ofDay: county.day(11)) + 3_600_000
        county.days["yc-n"] = (11...30).map { watched(county.day($0)) }
        #expect(county.report.silent.isEmpty)
        #expect(try county.line(County.north).isWhole)
        let days = try #require(try county.line(County.north).days)
        #expect([days.visited, days.notVisited, days.unknown, days.uncertain] == [0, 20, 10, 0])
    }

    @Test("days count from the first day of a village in the register, and a run that came before counts too")
    func lateVillage() throws {
        var county = try SmallCounty()
        let late = Village(code: "140522100204", name: "后村", township: County.township)
        county.rows.append(DatedRow(.village(late), validFrom: CivilDay(number: county.day(20))))
        let site = County.site("N1", County.north, "yc-n", [ServedVillage(village: late.code, mode: .reach)])
        county.rows.append(DatedRow(.site(site), validFrom: CivilDay(number: county.day(1))))
        county.days["yc-n"] = county.period.days.map { watched($0, runs: $0 == county.day(3) ? 1 : 0) }
        let days = try #require(try county.line(late.code).days)
        #expect([days.visited, days.notVisited, days.notYet] == [1, 11, 0])
        county.now = ReportPeriod.wall(ofDay: county.day(1)) + 3_600_000
        county.days = [:]
        #expect(try county.line(late.code).days?.notYet == 11)
        #expect(try county.line(County.north).days?.notYet == 30)
    }

    @Test("does not wait for a station whose site was closed before the period, but for one that came and went in it")
    func closedSite() throws {
        var county = try SmallCounty()
        county.stations[1].reaches = ReportPeriod.wall(ofDay: county.day(1))
        var site = SmallCounty.site("S1", SmallCounty.south, "yc-s")
        site.status = .closed
        let before = CivilDay(number: county.day(1))
        #expect(county.report.silent.map(\.station) == ["yc-s"])
        let open = county
        county.rows.append(DatedRow(.site(site), validFrom: before))
        #expect(county.report.silent.isEmpty)
        county = open
        county.rows.append(DatedRow(.site(site), validFrom: CivilDay(number: county.day(20))))
        county.stations.remove(at: 1)
        #expect(county.report.silent.map(\.station) == ["yc-s"])
    }

    @Test("waits for a station to the last day on which a site has it, and not for one that was taken away before")
    func retired() throws {
        var county = try SmallCounty()
        // The site gets another station on the 11th.
        let day = CivilDay(number: county.day(11))
        county.rows.append(DatedRow(.site(SmallCounty.site("S1", SmallCounty.south, "yc-t")), validFrom: day))
        county.stations.append(StationStanding(station: "yc-t", reaches: county.now, began: 0))
        county.stations[1].reaches = ReportPeriod.wall(ofDay: county.day(11))
        #expect(county.report.silent.isEmpty)
        county.stations[1].reaches = ReportPeriod.wall(ofDay: county.day(11)) - 1
        #expect(county.report.silent.map(\.station) == ["yc-s"])
        // In the next month no site has it, and what it sent before is all that there will be.
        county.period = try #require(CountyPeriod(.month, "2026-12"))
        county.now = ReportPeriod.wall(ofDay: county.period.days.upperBound + 3)
        for index in county.stations.indices where county.stations[index].station != "yc-s" {
            county.stations[index].reaches = county.now
        }
        #expect(county.report.silent.isEmpty)
        let context = ViewContext(Registers(county.rows), now: county.now)
        #expect(context.silent(county.stations, in: county.period).isEmpty)
        // One that goes on without a site does concern it.
        county.stations[1].reaches = ReportPeriod.wall(ofDay: county.day(2))
        #expect(county.report.silent.map(\.station) == ["yc-s"])
    }

    @Test("a site that is closed within the month leaves nothing of it unknown behind the day of its end")
    func closedWithin() throws {
        var county = try SmallCounty()
        var site = SmallCounty.site("S1", SmallCounty.south, "yc-s")
        site.status = .closed
        county.rows.append(DatedRow(.site(site), validFrom: CivilDay(number: county.day(20))))
        county.stations[1].reaches = ReportPeriod.wall(ofDay: county.day(20))
        #expect(county.report.silent.isEmpty)
        #expect(try county.line(County.south).isWhole)
        #expect(try county.line(County.south).days?.unknown == 0)
    }

    @Test("a 0 above villages of which one has no station is unknown; where all have one it is 0")
    func noStation() throws {
        var county = try SmallCounty()
        for code in [County.township, "140522"] { #expect(try !county.line(code).isWhole, "\(code)") }
        #expect(try county.line(County.north).isWhole)
        #expect(ReportSheet(county.report).rows[ReportSheet.Key(code: "140522", brand: "")]?.figures[.received] == nil)
        county.serveAll()
        for code in [County.township, "140522"] { #expect(try county.line(code).isWhole, "\(code)") }
        #expect(ReportSheet(county.report).rows[ReportSheet.Key(code: "140522", brand: "")]?.figures[.received] == 0)
    }

    @Test("a station that waits to be folded anew proves no 0 and no day without a run, and what it counted stays")
    func waiting() throws {
        var county = try SmallCounty()
        county.serveAll()
        county.count("SF1", on: .day(county.day(5)))
        county.days["yc-n"] = county.period.days.map { watched($0, runs: $0 == county.day(3) ? 1 : 0) }
        #expect(county.report.silent.isEmpty)
        #expect(try county.line(County.north).days?.notVisited == 29)
        county.stations[0].isWaiting = true
        let report = county.report
        #expect(report.silent.map(\.station) == ["yc-n"])
        #expect(report.isIncomplete)
        let figures = try #require(ReportSheet(report).rows[ReportSheet.Key(code: County.north, brand: "")]?.figures)
        #expect(figures[.received] == 1)
        #expect(figures[.accepted] == nil)
        #expect([figures[.visited], figures[.notVisited], figures[.unknown]] == [1, 0, 29])
        #expect(try county.line(County.south).isWhole)
        #expect(
            UnknownThings(report).lines == ["站点 yc-n N1网点，电话 0356-4221234：有事件待账簿重新计算，件数可能变化"]
        )
    }

    @Test("nobody waits for the books of a station whose site was closed before the period")
    func waitingAtClosed() throws {
        var county = try SmallCounty()
        county.stations[0].isWaiting = true
        #expect(county.report.silent.map(\.station) == ["yc-n"])
        var site = SmallCounty.site("N1", SmallCounty.north, "yc-n")
        site.status = .closed
        county.rows.append(DatedRow(.site(site), validFrom: CivilDay(number: county.day(1))))
        #expect(county.report.silent.isEmpty)
    }

    @Test("a station that lost events of the period proves no 0, is listed with its days, and what it counted stays")
    func lossy() throws {
        var county = try SmallCounty()
        county.serveAll()
        county.count("SF1", on: .day(county.day(5)))
        county.days["yc-n"] = [5, 6, 9].map { (number: Int64) in
            var day = watched(county.day(number))
            day.isLossy = true
            return day
        }
        let report = county.report
        #expect(report.silent.isEmpty)
        #expect(report.lossy.map(\.days) == [[county.day(5), county.day(6), county.day(9)]])
        #expect(report.isIncomplete)
        let figures = try #require(ReportSheet(report).rows[ReportSheet.Key(code: County.north, brand: "")]?.figures)
        #expect(figures[.received] == 1)
        #expect(figures[.accepted] == nil)
        #expect(try county.line(County.south).isWhole)
        #expect(
            UnknownThings(report).lines == [
                "站点 yc-n N1网点，电话 0356-4221234：2026-11-05 至 2026-11-06、2026-11-09 有事件丢失，件数可能少于实际"
            ]
        )
        // What was lost before or behind the period is no matter of it.
        county.days["yc-n"]?.removeAll()
        var before = watched(county.period.days.lowerBound - 1)
        before.isLossy = true
        county.days["yc-n"] = [before]
        #expect(county.report.lossy.isEmpty)
    }

    @Test("names villages and townships as they were on the last day of the period")
    func names() throws {
        var county = try SmallCounty()
        func rename(_ name: String, from day: Int64) -> DatedRow {
            let village = Village(code: County.north, name: name, township: County.township)
            return DatedRow(.village(village), validFrom: CivilDay(number: day))
        }
        county.rows += [rename("新北村", from: county.day(20)), rename("北社区", from: county.day(30) + 1)]
        let township = Township(code: County.township, name: "北留街道")
        county.rows.append(DatedRow(.township(township), validFrom: CivilDay(number: county.day(30) + 1)))
        let late = Village(code: "140522100204", name: "后村", township: County.township)
        county.rows.append(DatedRow(.village(late), validFrom: CivilDay(number: county.day(30) + 1)))
        #expect(try county.line(County.north).name == "新北村")
        #expect(try county.line(County.township).name == "北留镇")
        #expect(!county.report.lines.contains { $0.code == late.code })
    }

    @Test("says nothing of the days of a village that no station serves")
    func unserved() throws {
        #expect(try SmallCounty().line(County.far).days == nil)
    }
}

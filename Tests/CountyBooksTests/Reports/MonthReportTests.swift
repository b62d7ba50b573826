import CountyBooks
import LockerDomain
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

    @Test("says nothing of the days of a village that no station serves")
    func unserved() throws {
        #expect(try SmallCounty().line(County.far).days == nil)
    }

    @Test("shows what firms report in columns of its own, never added")
    func reported() throws {
        var county = try SmallCounty()
        county.count("SF1", on: .day(county.day(1)), village: "远村")
        for (brand, received, visits) in [("SF", 4, 12), ("YTO", 3, nil)] as [(String, Int, Int?)] {
            let report = OperatorReport(
                period: "2026-11",
                village: County.far,
                brand: brand,
                received: received,
                visitDays: visits,
                by: "共配"
            )
            county.rows.append(DatedRow(.operatorReport(report)))
        }
        let all = try county.line(County.far)
        #expect(all.figures.received == 1)
        #expect(all.reported == ReportedFigures(received: 7, accepted: nil, visitDays: 12, by: ["共配"]))
        #expect(try county.line(County.far, "YTO").reported?.received == 3)
        #expect(try county.line(County.township).reported == nil)
    }
}

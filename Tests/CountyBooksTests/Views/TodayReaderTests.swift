import CountyBooks
import LockerDomain
import Testing

@Suite("Today: plots, and readers who see a part")
struct TodayReaderTests {
    private typealias World = ViewWorld
    /// Before all weeks of the plot.
    private static let longAgo = World.at(8, daysBefore: 60)

    /// - Parameter began: when the stations made their first events.
    private func today(_ visibility: Visibility, began: Int64 = World.at(8, daysBefore: 2)) -> TodayView {
        let stations = ["yc-01", "yc-02", "rc-01"]
        let extract = BooksExtract(
            period: CountyPeriod(day: World.today),
            stations: stations.map {
                StationStanding(station: $0, reaches: World.at(6, 50), began: began)
            },
            days: [
                "yc-01": [World.day(1, runs: 1), World.day(2, runs: 1)], "rc-01": [World.day(1, runs: 0)],
            ],
            pieces: [
                World.counted("SF1", at: "yc-01"), World.counted("YT1", at: "yc-01", brand: "YT"),
                World.counted("YT2", at: "yc-02", brand: "YT"), World.counted("YT3", at: "rc-01", brand: "YT"),
            ]
        )
        var holdings = stations.map { StationHoldings(station: $0) }
        (holdings[0].waiting, holdings[0].overdue) = (9, 4)
        var view = TodayView(
            extract,
            holdings,
            stations.map { World.sight($0, lastContact: World.at(6, 50)) },
            World.context(visibility)
        )
        var overdue = World.piece("SF7", storedAt: World.at(7, daysBefore: 5))
        overdue.overdueAt = World.at(7, daysBefore: 2)
        view.waiting = [
            PieceOfStation(station: "yc-01", piece: overdue),
            PieceOfStation(station: "yc-01", piece: World.piece("SF8", storedAt: World.at(6))),
            PieceOfStation(station: "yc-01", piece: World.piece("YT8", brand: "YT", storedAt: World.at(6))),
            PieceOfStation(station: "rc-01", piece: World.piece("SF9", .inbound, .collected)),
            PieceOfStation(station: "rc-01", piece: World.piece("SF5")),
        ]
        view.troubles = [
            TroubleOfStation(
                station: "yc-01",
                trouble: Trouble(number: 1, kind: .outOfService, thing: "A03", from: World.at(4))
            )
        ]
        return view
    }

    @Test("a carrier sees the figures of its brands alone, whether villages were visited, and nothing of doors")
    func carrier() throws {
        let view = today(try World.carrier("SF")).view
        let row = try view.table("villages").row("village", "章训村")
        #expect(row["received"] == .number(1))
        #expect(row["waiting"] == .number(2))
        #expect(row["overdue"] == .number(1))
        #expect(row["yesterday"] == .state("已到", .ok))
        #expect(row["stations"] == .state("正常", .ok))
        let other = try view.table("villages").row("village", "屯城村")
        #expect(other["received"] == .number(0))
        #expect(other["waiting"] == .number(1))
        #expect(try view.fact("今日下行").value == .number(1))
        #expect(try view.fact("在库待取").value == .number(3))
        #expect(view.facts.allSatisfy { $0.name.chinese != "停用格口" })
        #expect(view.scopes == ["townships", "villages", "silent"])
        #expect(!view.text.contains("YT"))
    }

    @Test("a firm sees the stations of its own sites, and what came there")
    func firm() throws {
        let view = today(try World.firm("邮政")).view
        let row = try view.table("villages").row("village", "章训村")
        #expect(row["received"] == .number(1))
        #expect(row["waiting"] == .number(0))
        #expect(try view.fact("停用格口").value == .number(0))
        #expect(try view.table("doors").rows == [])
        let rival = try view.table("villages").row("village", "屯城村")
        #expect(rival["received"] == Table.Cell.none)
        #expect(rival["stations"] == Table.Cell.none)
    }

    @Test("an account of a township sees its villages alone")
    func township() throws {
        let view = today(try World.township("140522103")).view
        #expect(try view.table("villages").rows.map { $0[1].text() } == ["屯城村", "王村"])
        #expect(try view.fact("今日下行").value == .number(1))
        #expect(!view.text.contains("章训"))
    }

    @Test("waiting parcels are divided by their age; one of which nobody knows since when has a row of its own")
    func ages() throws {
        let times = [0, 1, 3, 7, 14].flatMap { (days: Int64) in
            [World.now - days * 86_400_000] + (days > 0 ? [World.now - days * 86_400_000 + 1] : [])
        }
        let ages = WaitingAges(times + [nil], now: World.now)
        #expect(ages.counts == [2, 2, 2, 2, 1])
        #expect(ages.undated == 1)
        let plots = today(.county).view.plots
        let svg = try #require(plots.last)
        #expect(svg.contains("0–1 天 至 时间未知：件数 4"))
    }

    @Test("villages by day begin with the first station, and today's end with what is not yet")
    func visits() throws {
        let plots = today(.county).view.plots
        let svg = try #require(plots.first)
        // Three days of three villages that stations serve; one day of one station is known to be without a run.
        #expect(svg.contains("11-19 至 11-21：已到 4，未到 1，未知 4"))
    }

    @Test("pieces by week hold what the reader may see; a week of which nothing came is unknown")
    func weeks() throws {
        var view = today(.county, began: Self.longAgo)
        view.figures = [
            World.figure("received", 5), World.figure("received", 2, brand: "YT"), World.figure("accepted", 3),
            World.figure("received", 4, mark: .day(World.today - 7)), World.figure("stored", 50),
            World.figure("received", 9, mark: .day(World.today - 40)),
        ]
        #expect(view.view.plots[1].contains("10-19 至 11-16：下行 11，上行 3"))
        view.context = World.context(try World.carrier("YT"))
        #expect(view.view.plots[1].contains("下行 2，上行 0"))
        // One station that is missing leaves a week in which nothing came unknown.
        view.extract.stations.removeLast()
        #expect(view.view.plots[1].contains("下行 2（另有 4 个未知）"))
        view.extract.stations = []
        #expect(view.view.plots[0].contains("下行 2（另有 4 个未知）"))
    }

    @Test("a week before the first event of a station, in which nothing came, is unknown")
    func weekBeforeBegin() throws {
        var view = today(try World.carrier("YT"))
        view.figures = [World.figure("received", 2, brand: "YT")]
        #expect(view.view.plots[1].contains("下行 2（另有 4 个未知）"))
    }

    @Test("a week in which a station lost events and nothing came is unknown, and no other week is")
    func lossyWeek() throws {
        var view = today(try World.carrier("YT"), began: Self.longAgo)
        view.figures = [World.figure("received", 2, brand: "YT")]
        #expect(view.view.plots[1].contains("下行 2，上行 0"))
        var lost = World.day(7, runs: 1)
        lost.isLossy = true
        view.extract.days["yc-01", default: []].append(lost)
        #expect(view.view.plots[1].contains("下行 2（另有 1 个未知）"))
    }

    @Test("sums of days make the same plot for a reader of all places, and no reader of a few is shown them")
    func daySums() throws {
        var view = today(.county, began: Self.longAgo)
        let (day, before) = (World.today, World.today - 7)
        view.daySums = [
            DaySum(day: day, brand: "SF", figure: "received", count: 5),
            DaySum(day: day, brand: "YT", figure: "received", count: 2),
            DaySum(day: day, brand: "SF", figure: "accepted", count: 4),
            // Of the same week, and of the one before, which keeps it.
            DaySum(day: day, takesOff: .day(day - 1), brand: "SF", figure: "accepted", count: -1),
            DaySum(day: day, takesOff: .day(before), brand: "SF", figure: "received", count: -4),
            DaySum(day: before, brand: "SF", figure: "received", count: 4),
            DaySum(day: day, figure: "stored", count: 50),
            DaySum(day: day - 40, brand: "SF", figure: "received", count: 9),
        ]
        #expect(view.view.plots[1].contains("10-19 至 11-16：下行 11，上行 3"))
        view.context = World.context(try World.carrier("YT"))
        #expect(view.view.plots[1].contains("下行 2，上行 0"))
        for visibility in [try World.township("140522102"), try World.firm("县共配中心")] {
            view.context = World.context(visibility)
            #expect(view.view.plots[1].contains("下行 0，上行 0"))
        }
    }
}

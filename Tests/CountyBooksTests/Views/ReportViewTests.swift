import CountyBooks
import LockerDomain
import StationBooks
import Testing

@Suite("The report as a table")
struct ReportViewTests {
    private typealias World = ViewWorld

    /// October, which is over: two stations have sent all of it, one ends on the 28th.
    private func extract(_ month: String = "2026-10") throws -> BooksExtract {
        let period = try #require(CountyPeriod(.month, month))
        let day = period.days.lowerBound + 4
        func counted(_ waybill: String, _ station: String, _ brand: String, _ figure: ReportFigure = .received)
            -> StationPiece
        {
            StationPiece(
                station: station,
                waybill: Waybill(rawValue: waybill),
                mark: .day(day),
                brand: brand,
                figure: figure,
                count: 1
            )
        }
        return BooksExtract(
            period: period,
            stations: [
                StationStanding(station: "yc-01", reaches: World.at(6), began: 0),
                StationStanding(station: "yc-02", reaches: World.at(6), began: 0),
                StationStanding(station: "rc-01", reaches: World.at(18, daysBefore: 24), began: 0),
            ],
            pieces: [
                counted("SF1", "yc-01", "SF"), counted("SF2", "yc-01", "SF"), counted("SF2", "rc-01", "SF"),
                counted("YT1", "yc-02", "YT"), counted("YT2", "yc-01", "YT", .accepted),
            ]
        )
    }

    private func report(_ visibility: Visibility = .county) throws -> ReportView {
        ReportView(try extract(), county: World.county, World.context(visibility))
    }

    private func row(_ table: Table, _ code: String, _ brand: String) throws -> [String: Table.Cell] {
        let row = try #require(table.rows.first { $0[0] == .text(code) && $0[4].text() == brand })
        return Dictionary(uniqueKeysWithValues: zip(table.columns.map(\.id), row.map { $0.seen() }))
    }

    @Test("a line has the words of the form: a village with its township, how it is served, and 0 where that is known")
    func village() throws {
        let line = try row(try report().table, World.twoSites, "合计")
        #expect(line["village"] == .link("章训村", path: "/villages/140522102206"))
        #expect(line["township"] == .text("北留镇"))
        #expect(line["mode"] == .text("设点"))
        #expect(line["received"] == .number(3))
        #expect(line["accepted"] == .number(1))
        #expect(line["rejected"] == .number(0))
        #expect(line["receivedUncertain"] == .number(0))
        // No day of the station was watched.
        #expect(line["visited"] == .number(0))
        #expect(line["uncertain"] == .number(31))
        #expect(line["notYet"] == nil)
        #expect(line["remark"] == Table.Cell.none)
        let brand = try row(try report().table, World.twoSites, "YT")
        #expect(brand["received"] == .number(1))
        #expect(brand["visited"] == Table.Cell.none)
    }

    @Test("a village with a silent station shows what came, up to when, and nothing as 0")
    func silent() throws {
        let table = try report().table
        let line = try row(table, World.silent, "合计")
        #expect(line["received"] == .number(1))
        #expect(line["accepted"] == .unknown)
        #expect(line["rejected"] == .unknown)
        #expect(line["remark"] == .text("rc-01 截至 2026-10-28 18:00"))
        #expect(line["unknown"] == .number(4))
        #expect(table.notes.map(\.chinese) == ["站点 rc-01 屯城站，电话 0356-4227777：记录截至 2026-10-28 18:00"])
        #expect(try report().view.notices == ["有 1 个站点的记录未到期末，见表后说明；“未知”不是 0"])
    }

    @Test("a station that began behind the period leaves it unknown, and its village, note and notice say from when on")
    func beganLater() throws {
        var books = try extract()
        (books.stations[2].reaches, books.stations[2].began) = (World.at(6), World.at(9, daysBefore: 3))
        let report = ReportView(books, county: World.county, World.context())
        #expect(report.view.notices == ["有 1 个站点在本期之后才有记录，本期未知；“未知”不是 0"])
        let line = try row(report.table, World.silent, "合计")
        #expect(line["received"] == .number(1))
        #expect(line["accepted"] == .unknown)
        #expect(line["unknown"] == .number(31))
        #expect(line["remark"] == .text("rc-01 记录自 2026-11-18 起"))
        #expect(report.table.notes.map(\.chinese) == ["站点 rc-01 屯城站，电话 0356-4227777：记录自 2026-11-18 起"])
    }

    @Test("a station that waits to be folded anew is named to those who may see it, and its village shows nothing as 0")
    func waiting() throws {
        var books = try extract()
        (books.stations[2].reaches, books.stations[2].isWaiting) = (World.at(6), true)
        let report = ReportView(books, county: World.county, World.context())
        #expect(
            report.view.notices == ["有 1 个站点补传的事件次序在前，账簿稍后重新计算：rc-01（屯城站）；在此之前，其数字不含这些事件及其后的事件"]
        )
        let line = try row(report.table, World.silent, "合计")
        #expect(line["received"] == .number(1))
        #expect(line["accepted"] == .unknown)
        #expect(line["unknown"] == .number(31))
        #expect(line["remark"] == .text("rc-01 有事件待重新计算"))
        #expect(report.table.notes.map(\.chinese) == ["站点 rc-01 屯城站，电话 0356-4227777：有事件待账簿重新计算"])
        let other = ReportView(books, county: World.county, World.context(try World.firm("邮政")))
        #expect(other.view.notices == [])
        #expect(other.table.notes == [])
    }

    @Test("a village whose station sent nothing of the period at all has no figure, not 0")
    func nothing() throws {
        var books = try extract()
        books.stations[2].reaches = nil
        books.pieces.removeAll { $0.station == "rc-01" }
        let table = ReportView(books, county: World.county, World.context()).table
        let line = try row(table, World.silent, "合计")
        for id in ["received", "accepted", "rejected", "receivedUncertain", "acceptedUncertain"] {
            #expect(line[id] == .unknown, "\(id)")
        }
        #expect(line["remark"] == .text("rc-01 没有记录"))
        #expect(line["unknown"] == .number(31))
        // So has one that only a register knows.
        books.stations.removeLast()
        let unheard = ReportView(books, county: World.county, World.context()).table
        #expect(try row(unheard, World.silent, "合计")["received"] == .unknown)
        #expect(unheard.notes.map(\.chinese) == ["站点 rc-01 屯城站，电话 0356-4227777：没有记录"])
    }

    @Test("a sum is less than its villages by the waybills that came to several, and says so")
    func sums() throws {
        let table = try report().table
        let county = try row(table, "140522", "合计")
        #expect(county["village"] == .text("全县合计"))
        #expect(county["received"] == .number(3))
        #expect(county["remark"] == .text("下行少于各村之和 1（同一运单到过几个村）"))
        #expect(county["rejected"] == .unknown)
        let township = try row(table, "140522102", "合计")
        #expect(township["village"] == .text("乡镇合计"))
        #expect(township["township"] == .text("北留镇"))
        #expect(township["received"] == .number(3))
        // One of its villages has no station.
        #expect(township["rejected"] == .unknown)
        #expect(township["remark"] == Table.Cell.none)
        #expect(try row(table, "140522103", "合计")["rejected"] == .unknown)
    }

    @Test("a village without a site has no figures of stations; what its firm says stands in columns of its own")
    func withoutSite() throws {
        let books = try extract("2026-11")
        let table = ReportView(books, county: World.county, World.context()).table
        let line = try row(table, World.withoutSite, "顺丰")
        #expect(line["mode"] == .text("无网点"))
        #expect(line["received"] == Table.Cell.none)
        #expect(line["reportedReceived"] == .number(7))
        #expect(line["reportedAccepted"] == Table.Cell.none)
        #expect(line["reportedVisitDays"] == .number(12))
        #expect(line["reportedBy"] == .text("顺丰阳城"))
        let unequipped = try row(table, World.withoutStation, "合计")
        for id in ["received", "visited", "unknown"] { #expect(unequipped[id] == .unknown, "\(id)") }
    }

    @Test(
        "a period that is not over says so, counts days that are not over, and no station is silent that sent yesterday"
    )
    func running() throws {
        var books = try extract("2026-11")
        books.stations[2].reaches = World.at(5)
        let view = ReportView(books, county: World.county, World.context())
        #expect(view.view.notices == ["本期未结束，数字截至现在"])
        let line = try row(view.table, World.twoSites, "合计")
        #expect(line["notYet"] == .number(10))
        #expect(line["rejected"] == .number(0))
        #expect(view.table.notes == [])
    }

    @Test("what belongs to no village that is known stands last")
    func unregistered() throws {
        var books = try extract()
        books.pieces.append(books.pieces[0])
        books.pieces[5].station = "nobody"
        books.pieces[5].waybill = "SF7"
        let table = ReportView(books, county: World.county, World.context()).table
        let last = try #require(table.seen().rows.last)
        #expect(last.prefix(5) == [.none, .text("未登记"), .none, .none, .text("顺丰")])
        #expect(last[5] == .number(1))
        #expect(table.rows.first?[0] == .text("140522"))
    }

    // MARK: Readers

    @Test("a carrier's report has its brands alone, in every line and sum, and whether villages were visited")
    func carrier() throws {
        let table = try report(try World.carrier("YT")).table
        #expect(Set(table.rows.map { $0[4].text() }) == ["合计", "YT"])
        #expect(try row(table, "140522", "合计")["received"] == .number(1))
        #expect(try row(table, World.twoSites, "合计")["received"] == .number(1))
        #expect(try row(table, World.twoSites, "合计")["uncertain"] == .number(31))
    }

    @Test("a carrier's report has no line of what firms say of another brand, also where all firms' sheets made it")
    func carrierOfSheets() throws {
        let (books, context) = (try extract("2026-11"), World.context(try World.carrier("YT")))
        let own = ReportView(books, county: World.county, context)
        #expect(Set(own.table.rows.map { $0[4].text() }).isSubset(of: ["合计", "YT"]))
        #expect(own.report.lines.allSatisfy { $0.reported == nil })
        var builder = ReportBuilder(books.seen(by: context), context.registers, county: World.county, now: context.now)
        let all = ReportView(builder.report(), context, isOfReader: true).table
        #expect(Set(all.rows.map { $0[4].text() }).isSubset(of: ["合计", "YT"]))
        #expect(try row(all, World.withoutSite, "合计")["reportedReceived"] == Table.Cell.none)
    }

    @Test("of a report of all pieces a carrier gets the lines of its brands, and no sum over all brands")
    func carrierOfAll() throws {
        let all = try report().report
        let table = ReportView(all, World.context(try World.carrier("YT"))).table
        #expect(Set(table.rows.map { $0[4].text() }) == ["合计", "YT"])
        #expect(try row(table, "140522", "合计")["received"] == Table.Cell.none)
        #expect(try row(table, "140522", "合计")["remark"] == Table.Cell.none)
        #expect(try row(table, "140522", "YT")["received"] == .number(1))
        let firm = ReportView(all, World.context(try World.firm("邮政"))).table
        #expect(Set(firm.rows.map { $0[4].text() }) == ["合计"])
        #expect(firm.rows.allSatisfy { $0[5] == .none })
    }

    @Test("a firm's report has what came to its own sites, and no other firm's own figures")
    func firm() throws {
        let table = try report(try World.firm("邮政")).table
        #expect(try row(table, World.twoSites, "合计")["received"] == .number(1))
        // One of its sites has no station.
        #expect(try row(table, "140522", "合计")["accepted"] == .unknown)
        #expect(try row(table, World.silent, "合计")["received"] == Table.Cell.none)
        let books = try extract("2026-11")
        let other = ReportView(books, county: World.county, World.context(try World.firm("邮政"))).table
        #expect(try row(other, World.withoutSite, "合计")["reportedReceived"] == Table.Cell.none)
        let own = ReportView(books, county: World.county, World.context(try World.firm("顺丰阳城"))).table
        #expect(try row(own, World.withoutSite, "合计")["reportedReceived"] == .number(7))
    }

    @Test("a firm's figures are of the pieces that name it, at any site, and of its own sites where none is named")
    func operatorOfPiece() throws {
        var books = try extract()
        // Its own piece at another firm's site, and another firm's at its own.
        books.pieces[0].operatorName = "邮政"
        books.pieces[3].operatorName = "县共配中心"
        var unnamed = books.pieces[3]
        (unnamed.waybill, unnamed.operatorName) = ("YT8", nil)
        books.pieces.append(unnamed)
        let context = World.context(try World.firm("邮政"))
        let table = ReportView(books, county: World.county, context).table
        #expect(try row(table, World.twoSites, "顺丰")["received"] == .number(1))
        #expect(try row(table, World.twoSites, "YT")["received"] == .number(1))
        #expect(try row(table, "140522", "合计")["received"] == .number(2))
        // A list of the same pieces has the same.
        let held = [
            PieceOfStation(station: "yc-01", piece: World.piece("SF1", operatorName: "邮政")),
            PieceOfStation(station: "yc-02", piece: World.piece("YT1", brand: "YT")),
            PieceOfStation(station: "yc-02", piece: World.piece("YT8", brand: "YT", operatorName: "unknown")),
        ]
        let list = try ParcelSearchView("1", held, context).view.table("parcels")
        #expect(list.rows.map { $0[0].text() } == ["SF1", "YT8"])
    }

    @Test("a township's report has its own lines")
    func township() throws {
        let table = try report(try World.township("140522103")).table
        #expect(table.rows.allSatisfy { $0[0].text().hasPrefix("140522103") })
        #expect(try row(table, "140522103", "合计")["received"] == .number(1))
    }
}

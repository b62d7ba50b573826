import CountyBooks
import LockerDomain
import StationBooks
import Testing

@Suite("A village's page")
struct VillageViewTests {
    private typealias World = ViewWorld

    private func extract() throws -> BooksExtract {
        BooksExtract(
            period: try #require(CountyPeriod(.month, "2026-11")),
            stations: [
                StationStanding(station: "yc-01", reaches: World.at(6, 50), began: World.at(0, daysBefore: 2)),
                StationStanding(
                    station: "yc-02",
                    reaches: World.at(0, daysBefore: 1),
                    began: World.at(0, daysBefore: 2)
                ),
            ],
            days: ["yc-01": [World.day(1, runs: 0), World.day(2, runs: 2)], "yc-02": [World.day(2, runs: 1)]],
            pieces: [
                World.counted("SF1", at: "yc-01"), World.counted("SF2", at: "yc-02", daysBefore: 2),
                World.counted("YT1", at: "yc-01", brand: "YT", .accepted),
                World.counted("SF3", at: "yc-01", village: "大桥村"),
            ]
        )
    }

    @Test("days go from the latest, a run counts at each station, and what one station cannot tell is not known")
    func days() throws {
        let view = VillageView(World.twoSites, try extract(), [], World.context()).view
        #expect(
            try view.table("days").rows.prefix(3) == [
                [.text("2026-11-21"), .state("未完", .unknown), .number(0)],
                [.text("2026-11-20"), .unknown, .unknown],
                [.text("2026-11-19"), .state("已到", .ok), .number(3)],
            ]
        )
        #expect(try view.table("days").rows.count == 21)
    }

    @Test("the sites that serve it and its row of the register are shown; what the register lacks is unknown")
    func sites() throws {
        let view = VillageView(World.twoSites, try extract(), [], World.context()).view
        #expect(try view.fact("距镇驻地（公里）").value == .decimal(tenths: 85))
        #expect(try view.fact("人口").value == .number(1_250))
        let table = try view.table("sites")
        #expect(
            table.rows[0] == [
                .text("S1"), .text("章训便民站"), .text("村级便民服务点"), .text("设点"),
                .link("yc-01", path: "/stations/yc-01"), .text("0356-4221234"), .text("章训村口"), .text("县共配中心"),
                .state("营业", .ok),
            ]
        )
        #expect(table.rows[1][5] == Table.Cell.none)
        let other = VillageView(World.reached, try extract(), [], World.context()).view
        #expect(try other.fact("人口").value == .unknown)
        #expect(try other.fact("距镇驻地（公里）").value == .unknown)
        #expect(try other.table("sites").rows.map { $0[3] } == [.text("辐射")])
    }

    @Test("pieces by brand are those of the report; with a silent station nothing is 0")
    func brands() throws {
        let rows = try VillageView(World.twoSites, try extract(), [], World.context()).view.table("brands").rows
        #expect(rows.map { $0[0] } == [.text("合计"), .text("顺丰"), .text("YT")])
        #expect(rows[0].prefix(4) == [.text("合计"), .number(2), .number(1), .unknown])
        #expect(rows[1].prefix(3) == [.text("顺丰"), .number(2), .unknown])
        #expect(rows[0].last == .text("yc-02 截至 2026-11-20 00:00"))
        let reached = try VillageView(World.reached, try extract(), [], World.context()).view.table("brands").rows
        #expect(reached[0].prefix(4) == [.text("合计"), .number(1), .number(0), .number(0)])
    }

    @Test("what waits for the village stands there, what waits for another at the same site does not")
    func waiting() throws {
        var forOther = World.piece("SF5", storedAt: World.at(6))
        forOther.village = "大桥村"
        let held = [World.piece("SF4", storedAt: World.at(6)), forOther, World.piece("SF6", .inbound, .collected)]
            .map { PieceOfStation(station: "yc-01", piece: $0) }
        let view = VillageView(World.twoSites, try extract(), held, World.context()).view
        #expect(try view.table("waiting").rows.map { $0[0].text() } == ["SF4"])
        #expect(try view.fact("在库待取").value == .number(1))
        // One of the two stations is silent.
        #expect(try VillageView(World.twoSites, try extract(), [], World.context()).view.fact("在库待取").value == .unknown)
        #expect(
            try VillageView(World.reached, try extract(), [], World.context()).view.fact("在库待取").value == .number(0)
        )
    }

    @Test("a station that waits to be folded anew is named to those who may see it, and proves neither a day nor a 0")
    func notCounted() throws {
        var books = try extract()
        books.stations[0].isWaiting = true
        let view = VillageView(World.reached, books, [], World.context()).view
        #expect(
            view.notices == ["有 1 个站点补传的事件次序在前，账簿稍后重新计算：yc-01（章训便民站）；在此之前，其数字不含这些事件及其后的事件"]
        )
        #expect(
            try view.table("days").rows.prefix(3) == [
                [.text("2026-11-21"), .unknown, .unknown], [.text("2026-11-20"), .unknown, .unknown],
                [.text("2026-11-19"), .state("已到", .ok), .number(2)],
            ]
        )
        #expect(try view.fact("在库待取").value == .unknown)
        let brands = try view.table("brands").rows
        #expect(brands[0].prefix(3) == [.text("合计"), .number(1), .unknown])
        #expect(brands[0].last == .text("yc-01 有事件待重新计算"))
        let other = World.context(try World.firm("邮政"))
        #expect(VillageView(World.reached, books, [], other).view.notices == [])
    }

    @Test("a village of another township, of another county, or none at all is not found")
    func missing() throws {
        let context = World.context(try World.township("140522103"))
        let foreign = VillageView(World.twoSites, try extract(), [], context)
        #expect(!foreign.isFound)
        #expect(foreign.view == VillageView("110101001001", try extract(), [], context).view)
        #expect(foreign.view.notices == ["没有找到这个村"])
    }

    @Test("a carrier sees the brand lines of its own")
    func carrier() throws {
        let view = VillageView(World.twoSites, try extract(), [], World.context(try World.carrier("YT"))).view
        let rows = try view.table("brands").rows
        #expect(rows.map { $0[0] } == [.text("合计"), .text("YT")])
        #expect(rows[0].prefix(3) == [.text("合计"), .unknown, .number(1)])
        #expect(try view.table("days").rows[2][1] == .state("已到", .ok))
    }
}

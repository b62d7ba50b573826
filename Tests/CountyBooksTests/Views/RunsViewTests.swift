import CountyBooks
import LockerDomain
import Testing

@Suite("Runs")
struct RunsViewTests {
    private typealias World = ViewWorld

    private func visit(
        _ run: String,
        _ route: String?,
        at station: String,
        daysBefore: Int64?,
        departed: Bool = true
    ) -> VisitOfStation {
        var visit = RunVisit(
            number: 1,
            run: run,
            person: "0000000000000401",
            arrivedAt: World.at(9, daysBefore: daysBefore ?? 0)
        )
        (visit.route, visit.vehicle, visit.day) = (route, "晋E12345", daysBefore.map { World.today - $0 })
        if departed {
            visit.departedAt = World.at(9, 6, daysBefore: daysBefore ?? 0)
            (visit.parcelsIn, visit.shipmentsOut, visit.parcelsBack) = (40, 3, 0)
            (visit.bags, visit.seals) = (["B1", "B2"], ["F7"])
        }
        return VisitOfStation(station: station, visit: visit)
    }

    private func runs(_ visibility: Visibility = .county) -> RunsView {
        RunsView(
            (World.today - 2)...World.today,
            [
                visit("R2", "北线", at: "yc-01", daysBefore: 1, departed: false),
                visit("R1", "北线", at: "yc-01", daysBefore: 2), visit("R1", "北线", at: "yc-02", daysBefore: 2),
                visit("R9", nil, at: "rc-01", daysBefore: 2), visit("R8", "南线", at: "rc-01", daysBefore: nil),
            ],
            [
                StationStanding(station: "yc-01", reaches: World.at(6), began: nil),
                StationStanding(station: "yc-02", reaches: World.at(6), began: nil),
            ],
            World.context(visibility)
        )
    }

    @Test("a run shows what came, went and goes back once it has left; before that nobody knows")
    func visits() throws {
        let rows = try runs().view.table("visits").rows
        #expect(
            rows[1] == [
                .text("2026-11-19"), .text("北线"), .text("晋E12345"), .text("R1"),
                .link("yc-01", path: "/stations/yc-01"), .text("章训便民站"), .link("章训村", path: "/villages/140522102206"),
                .text("2026-11-19 09:00"), .text("2026-11-19 09:06"), .number(40), .number(3), .number(0),
                .text("B1，B2"),
                .text("F7"), .text("李师傅 (1025)"),
            ]
        )
        #expect(rows[0][8...11] == [.unknown, .unknown, .unknown, .unknown])
    }

    @Test("a run of which no clock knows the day has none, and no time of arrival")
    func undated() throws {
        let row = try #require(try runs().view.table("visits").rows.last)
        #expect(row[0] == .unknown)
        #expect(row[7] == .unknown)
    }

    @Test("the matrix counts stops by route and day: 0 is written where all stations of the route have sent that day")
    func matrix() throws {
        let table = try runs().view.table("routes")
        #expect(table.columns.map(\.header.chinese) == ["线路", "11-19", "11-20", "11-21", "日期未知"])
        #expect(
            table.rows == [
                [.text("北线"), .number(2), .number(1), .unknown, .none],
                [.text("南线"), .unknown, .unknown, .unknown, .number(1)],
                [.text("未写明"), .number(1), .unknown, .unknown, .none],
            ]
        )
        var over = runs()
        over.days = (World.today - 3)...(World.today - 1)
        #expect(try over.view.table("routes").rows[0] == [.text("北线"), .number(0), .number(2), .number(1), .none])
        over.isCut = true
        #expect(try over.view.table("routes").rows[0][1] == .unknown)
        #expect(over.view.notices == ["记录过多，只列出最近的 5 条"])
    }

    @Test("a day before a station of the route made its first event is unknown, not 0")
    func beforeBegin() throws {
        var over = runs()
        over.days = (World.today - 3)...(World.today - 1)
        over.stations[0].began = World.at(9, daysBefore: 2)
        #expect(try over.view.table("routes").rows[0] == [.text("北线"), .unknown, .number(2), .number(1), .none])
    }

    @Test("a station that waits to be folded anew is named to those who may see it, and no day of its route is 0")
    func waiting() throws {
        var over = runs()
        over.days = (World.today - 3)...(World.today - 1)
        over.stations[1].isWaiting = true
        #expect(
            over.view.notices == ["有 1 个站点补传的事件次序在前，账簿稍后重新计算：yc-02（章训邮政站）；在此之前，其数字不含这些事件及其后的事件"]
        )
        #expect(try over.view.table("routes").rows[0] == [.text("北线"), .unknown, .number(2), .number(1), .none])
        over.context = World.context(try World.firm("县共配中心"))
        #expect(over.view.notices == [])
    }

    @Test("a firm sees runs at its own sites, a carrier none")
    func readers() throws {
        let firm = runs(try World.firm("邮政")).view
        #expect(try firm.table("visits").rows.map { $0[4].text() } == ["yc-02"])
        #expect(try firm.table("routes").rows == [[.text("北线"), .number(1), .number(0), .unknown, .none]])
        #expect(try runs(try World.carrier("SF")).view.table("visits").rows == [])
    }
}

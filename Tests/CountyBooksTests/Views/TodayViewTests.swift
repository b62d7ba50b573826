import CountyBooks
import LockerDomain
import StationBooks
import Testing

@Suite("Today")
struct TodayViewTests {
    private typealias World = ViewWorld

    /// Two stations that were heard of this morning, one that is silent for two days.
    private func today(_ visibility: Visibility = .county) -> TodayView {
        let extract = BooksExtract(
            period: CountyPeriod(day: World.today),
            stations: [
                StationStanding(station: "yc-01", reaches: World.at(6, 50), began: World.at(8, daysBefore: 3)),
                StationStanding(station: "yc-02", reaches: World.at(6, 40), began: World.at(8, daysBefore: 3)),
                StationStanding(
                    station: "rc-01",
                    reaches: World.at(12, daysBefore: 2),
                    began: World.at(8, daysBefore: 3)
                ),
            ],
            days: [
                "yc-01": [World.day(1, runs: 1), World.day(2, runs: 0)],
                "yc-02": [World.day(1, runs: 0), World.day(2, runs: 0), World.day(0, runs: 1)],
            ],
            pieces: [
                World.counted("SF1", at: "yc-01"), World.counted("SF2", at: "yc-02", brand: "YT"),
                // The same waybill at both sites is one.
                World.counted("SF1", at: "yc-02"), World.counted("YT9", at: "yc-01", brand: "YT", .accepted),
                World.counted("SF0", at: "yc-01", daysBefore: 1),
            ]
        )
        var first = StationHoldings(station: "yc-01")
        (first.waiting, first.overdue) = (3, 1)
        var second = StationHoldings(station: "yc-02")
        second.waiting = 2
        var silent = World.sight("rc-01", lastContact: World.at(12, daysBefore: 2))
        silent.commandTroubles = ["命令 17 未执行"]
        let sights = [
            World.sight("yc-01", lastContact: World.at(6, 55)), World.sight("yc-02", lastContact: World.at(6, 41)),
            silent,
        ]
        return TodayView(
            extract,
            [first, second, StationHoldings(station: "rc-01")],
            sights,
            World.context(visibility)
        )
    }

    @Test("a village served by two sites counts each waybill once, joins what waits, and is visited when one is")
    func twoSites() throws {
        let row = try today().view.table("villages").row("village", "章训村")
        #expect(row["township"] == .text("北留镇"))
        #expect(row["village"] == .link("章训村", path: "/villages/140522102206"))
        #expect(row["mode"] == .state("设点", .ok))
        #expect(row["today"] == .state("已到", .ok))
        #expect(row["yesterday"] == .state("已到", .ok))
        #expect(row["received"] == .number(2))
        #expect(row["accepted"] == .number(1))
        #expect(row["waiting"] == .number(5))
        #expect(row["overdue"] == .number(1))
        #expect(row["stations"] == .state("正常", .ok))
    }

    @Test("a village that is reached has its verdict from the other village's site, and nothing that waits of its own")
    func reached() throws {
        let row = try today().view.table("villages").row("village", "大桥村")
        #expect(row["mode"] == .state("辐射", .ok))
        #expect(row["today"] == .state("未完", .unknown))
        #expect(row["yesterday"] == .state("已到", .ok))
        #expect(row["received"] == .number(0))
        #expect(row["waiting"] == Table.Cell.none)
    }

    @Test("a village without a site is listed as such, not with 0")
    func withoutSite() throws {
        let row = try today().view.table("villages").row("village", "上庄村")
        #expect(row["mode"] == .state("无网点", .warn))
        for id in ["today", "yesterday", "received", "accepted", "waiting", "overdue", "stations"] {
            #expect(row[id] == Table.Cell.none, "\(id)")
        }
    }

    @Test("a village is listed and counted from the day on which the register has it")
    func lateVillage() throws {
        var view = today()
        let late = RegisterRow.village(Village(code: "140522102299", name: "新村", township: "140522102"))
        func register(from day: Int64) {
            let row = DatedRow(late, validFrom: CivilDay(number: day))
            view.context.registers = Registers(World.rows.map { DatedRow($0) } + [row])
        }
        register(from: World.today + 1)
        #expect(try view.view.table("villages").rows.count == 5)
        #expect(try view.view.fact("无网点的村").value == .number(1))
        register(from: World.today)
        #expect(try view.view.table("villages").rows.count == 6)
        #expect(try view.view.fact("无网点的村").value == .number(2))
    }

    @Test("a silent station makes the figures of its village unknown, not 0")
    func silentVillage() throws {
        let row = try today().view.table("villages").row("village", "屯城村")
        // Nobody knows whether somebody came so far.
        for id in ["today", "yesterday", "received", "accepted", "waiting", "overdue"] {
            #expect(row[id] == .unknown, "\(id)")
        }
        #expect(row["stations"] == .state("1 个站点中 1 个失联", .bad))
    }

    @Test("a site without a station tells nothing: its village is unknown")
    func withoutStation() throws {
        let row = try today().view.table("villages").row("village", "王村")
        #expect(row["mode"] == .state("设点", .ok))
        for id in ["today", "yesterday", "received", "waiting"] { #expect(row[id] == .unknown, "\(id)") }
        #expect(row["stations"] == .state("无设备", .unknown))
    }

    @Test("a piece of a silent village that did come is shown")
    func atLeast() throws {
        var view = today()
        view.extract.pieces.append(World.counted("SF3", at: "yc-01", village: "屯城村"))
        let row = try view.view.table("villages").row("village", "屯城村")
        #expect(row["received"] == .number(1))
        #expect(row["accepted"] == .unknown)
    }

    @Test("silent stations stand with their published phone, the last contact and how far their events reach")
    func silentStations() throws {
        let table = try today().view.table("silent")
        #expect(
            table.rows == [
                [
                    .link("rc-01", path: "/stations/rc-01"), .text("屯城站"), .text("0356-4227777"),
                    .text("2026-11-19 12:00"), .text("2026-11-19 12:00"),
                    .state("43 小时未联系；记录只到 2026-11-19 12:00", .bad),
                ]
            ]
        )
    }

    @Test("a station that a register names and nobody ever heard of is silent")
    func neverHeard() throws {
        var view = today()
        view.sights.removeFirst()
        view.extract.stations.removeFirst()
        let row = try view.view.table("silent").row("station", "yc-01")
        #expect(row["contact"] == Table.Cell.none)
        #expect(row["why"] == .state("未入网；没有可定日期的记录", .bad))
        let village = try view.view.table("villages").row("village", "章训村")
        #expect(village["stations"] == .state("2 个站点中 1 个失联", .bad))
    }

    @Test("a station that was taken away is not waited for, and one that came in its place is")
    func retired() throws {
        var view = today()
        let row = try #require(World.rows.first { $0.kind == .site && $0.key == "S3" })
        guard case .site(var site) = row else { throw CountyFault("S3", "is no site") }
        site.stations = ["rc-02"]
        let moved = DatedRow(.site(site), validFrom: CivilDay(number: World.today - 1))
        view.context.registers = Registers(World.rows.map { DatedRow($0) } + [moved])
        #expect(try view.view.table("silent").rows.map { $0[0].text() } == ["rc-02"])
        view.sights.append(World.sight("rc-02", lastContact: World.at(6, 50)))
        let standing = StationStanding(station: "rc-02", reaches: World.at(6, 50), began: World.at(0, daysBefore: 1))
        view.extract.stations.append(standing)
        #expect(try view.view.table("silent").rows.isEmpty)
        #expect(try view.view.fact("失联站点").value == .number(0))
    }

    @Test("a station that lost events of today proves no 0 of today")
    func lossy() throws {
        var view = today()
        var day = World.day(0, runs: 0)
        day.isLossy = true
        view.extract.days["yc-01"]?.append(day)
        let row = try view.view.table("villages").row("village", "大桥村")
        #expect(row["received"] == .unknown)
        #expect(row["today"] == .unknown)
    }

    @Test("the facts count villages by verdict, and note what silent stations may add")
    func facts() throws {
        let view = today().view
        #expect(try view.fact("今日已到的村").value == .number(1))
        #expect(try view.fact("今日尚未到的村").value == .number(1))
        #expect(try view.fact("今日未知的村").value == .number(1))
        #expect(try view.fact("昨日已到的村").value == .number(2))
        #expect(try view.fact("昨日未到的村").value == .number(0))
        #expect(try view.fact("昨日未知的村").value == .number(1))
        #expect(try view.fact("无设备的村").value == .number(1))
        #expect(try view.fact("无网点的村").value == .number(1))
        #expect(try view.fact("今日下行").value == .number(2))
        #expect(try view.fact("今日上行").value == .number(1))
        #expect(try view.fact("在库待取").value == .number(5))
        #expect(try view.fact("在库待取").note?.chinese == "不含 1 个失联站点的最新情况")
        #expect(try view.fact("失联站点").value == .number(1))
    }

    @Test("when every station is silent no figure is 0")
    func allSilent() throws {
        var view = today()
        view.extract.pieces = []
        view.extract.stations = []
        view.holdings = []
        for name in ["今日下行", "今日上行", "在库待取", "滞留"] {
            #expect(try view.view.fact(name).value == .unknown, "\(name)")
        }
    }

    @Test("cameras that are off and doors out of service are counted and listed, those that work again are not")
    func troubles() throws {
        var view = today()
        var over = Trouble(number: 3, kind: .cameraOffline, thing: "back", from: World.at(1))
        over.until = World.at(2)
        view.troubles = [
            TroubleOfStation(
                station: "yc-01",
                trouble: Trouble(number: 1, kind: .outOfService, thing: "A03", reason: "abnormal", from: World.at(4))
            ),
            TroubleOfStation(
                station: "yc-01",
                trouble: Trouble(number: 2, kind: .cameraOffline, thing: "front", from: World.at(6, 30))
            ), TroubleOfStation(station: "yc-01", trouble: over),
        ]
        let page = view.view
        #expect(try page.fact("摄像头离线").value == .number(1))
        #expect(try page.fact("停用格口").value == .number(1))
        #expect(
            try page.table("doors").rows == [
                [
                    .link("yc-01", path: "/stations/yc-01"), .text("章训便民站"), .text("A03"), .text("2026-11-21 04:00"),
                    .text("3 小时"), .text("异常"),
                ]
            ]
        )
        #expect(try page.table("cameras").rows.map { $0[2] } == [.text("front")])
        let village = try page.table("villages").row("village", "章训村")
        #expect(village["stations"] == .state("停用格口 1；摄像头离线 1", .warn))
        #expect(
            try page.table("commands").rows == [
                [.link("rc-01", path: "/stations/rc-01"), .text("屯城站"), .state("指令", .bad), .text("命令 17 未执行")]
            ]
        )
    }

    @Test("a station that waits to be folded anew is named to those who may see it, and proves no 0")
    func waiting() throws {
        var view = today()
        view.extract.stations[0].isWaiting = true
        let page = view.view
        #expect(
            page.notices == ["有 1 个站点补传的事件次序在前，账簿稍后重新计算：yc-01（章训便民站）；在此之前，其数字不含这些事件及其后的事件"]
        )
        let reached = try page.table("villages").row("village", "大桥村")
        for id in ["today", "received", "accepted"] { #expect(reached[id] == .unknown, "\(id)") }
        #expect(reached["yesterday"] == .state("已到", .ok))
        #expect(reached["stations"] == .state("1 个站点中 1 个待重新计算", .warn))
        let both = try page.table("villages").row("village", "章训村")
        #expect(both["received"] == .number(2))
        #expect(both["stations"] == .state("2 个站点中 1 个待重新计算", .warn))
        // It is in contact.
        #expect(try page.fact("失联站点").value == .number(1))
        view.extract.days["yc-01"] = [World.day(1, runs: 0), World.day(2, runs: 0)]
        #expect(try view.view.table("villages").row("village", "大桥村")["yesterday"] == .unknown)
        view.context = World.context(try World.firm("邮政"))
        #expect(view.view.notices == [])
        view.context = World.context(try World.firm("县共配中心"))
        #expect(view.view.notices.count == 1)
    }

    @Test("a clock in doubt, events that nobody understands and a period that is due are said, nothing of the books")
    func notices() throws {
        var view = today()
        view.clockDoubt = "比站点慢 2 小时"
        view.state = BooksState(through: 10, newest: 90, isRebuilding: true, quarantined: 2)
        view.toClose = CountyPeriod(.month, "2026-10")
        #expect(
            view.view.notices == [
                "县中心时钟存疑，今日的判断可能有误：比站点慢 2 小时", "有 2 条事件本版本无法识别，未计入数字",
                "2026-10 月报到期未关账，请关账",
            ]
        )
        #expect(today().view.notices == [])
    }
}

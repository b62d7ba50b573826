import CountyBooks
import LockerDomain
import StationBooks
import SyncWire
import Testing

@Suite("A station's page")
struct StationPageTests {
    private typealias World = ViewWorld

    /// As a station would send it at 04:12 of today.
    private func status(ntp: String = "2026-11-20T20:12:00.000Z") throws -> StatusReport {
        let text = """
            {"time":"2026-11-20T20:12:00.000Z","clock":"rtc","ntp":"\(ntp)","version":"1.4.0",
            "doors":[{"name":"A01","level":"closed","contents":"occupied"},
            {"name":"A02","level":"unknown","contents":"unknown","outOfService":"no level at start"}],
            "scanners":[{"name":"1-1.2","role":"scanner","attached":true},{"name":"1-1.3","attached":false}],
            "cameras":[{"name":"front","online":false,"reason":"no answer"},{"name":"back"}],
            "storage":"ok","parcelsWaiting":3,"eventsWaiting":40,"oldestUnsentSeconds":7300}
            """
        return try CanonicalJSON.decode(StatusReport.self, from: Array(text.utf8))
    }

    private func station(_ visibility: Visibility = .county, status: StatusReport? = nil) -> CountyStationView {
        var sight = World.sight("yc-01", lastContact: World.at(6, 55))
        (sight.status, sight.statusReceived) = (status, status == nil ? nil : World.at(4, 12))
        (sight.commandsWaiting, sight.eventsMissing) = (2, 5)
        let standing = StationStanding(station: "yc-01", reaches: World.at(6, 50), began: World.at(0, daysBefore: 9))
        return CountyStationView("yc-01", sight, standing, World.context(visibility))
    }

    @Test("each figure of the status says how old it is")
    func ages() throws {
        let view = station(status: try status()).view
        let age = Words("截至 04:12，2 小时前", "as of 04:12, 2 h old")
        for name in ["时钟", "存储", "程序版本", "待上传事件", "最早待上传", "在柜件数"] {
            #expect(try view.fact(name).note == age, "\(name)")
        }
        #expect(try view.fact("时钟").value == .state("电池时钟", .warn))
        #expect(try view.fact("待上传事件").value == .number(40))
        #expect(try view.fact("最早待上传").value == .text("2 小时"))
        #expect(
            try view.table("doors").rows == [
                [
                    .text("A01"), .state("关", .ok), .state("有件", .ok), .state("可用", .ok), .text(age.chinese), .none,
                    .none,
                ],
                [
                    .text("A02"), .unknown, .unknown, .state("停用：启动时读不到门磁", .bad), .text(age.chinese), .none,
                    .none,
                ],
            ]
        )
        #expect(
            try view.table("scanners").rows == [
                [.text("1-1.2"), .text("扫码"), .state("正常", .ok), .text(age.chinese)],
                [.text("1-1.3"), .unknown, .state("拔出", .bad), .text(age.chinese)],
            ]
        )
        #expect(
            try view.table("cameras").rows == [
                [.text("front"), .state("离线", .bad), .text("无应答"), .text(age.chinese)],
                [.text("back"), .unknown, .none, .text(age.chinese)],
            ]
        )
    }

    @Test(
        "events of a clock that is ahead are said to be, from three minutes on",
        arguments: [
            (ViewWorld.at(7, 2), "截至 07:02，不到 1 分钟前", "as of 07:02, under 1 min old"),
            (ViewWorld.at(7, 3), "截至 07:03，比现在晚 3 分钟", "as of 07:03, 3 min ahead"),
            (ViewWorld.at(7, daysBefore: -2), "截至 2026-11-23 07:00，比现在晚 2 天", "as of 2026-11-23 07:00, 2 d ahead"),
        ]
    )
    func ahead(reaches: Int64, chinese: String, english: String) throws {
        var page = station()
        page.standing?.reaches = reaches
        #expect(try page.view.fact("在库待取").note == Words(chinese, english))
    }

    @Test("without a status all of it is unknown, and what the events say of a door stands alone")
    func noStatus() throws {
        var page = station()
        var door = DoorStanding(door: "A03")
        (door.outOfService, door.unknownContents, door.since) = ("abnormal", "interrupted", World.at(5))
        page.doors = [door]
        let view = page.view
        #expect(view.notices == ["站点从未上报状态"])
        for name in ["时钟", "存储", "程序版本", "待上传事件", "最早待上传", "在柜件数", "在库待取", "滞留"] {
            #expect(try view.fact(name).value == .unknown, "\(name)")
        }
        #expect(
            try view.table("doors").rows == [
                [
                    .text("A03"), .unknown, .unknown, .unknown, .none, .state("停用：异常；操作中断，内容未知", .bad),
                    .text("2026-11-21 05:00"),
                ]
            ]
        )
    }

    @Test("a status that this version cannot read says so")
    func unreadable() throws {
        var page = station()
        page.sight?.statusReceived = World.at(6, 30)
        #expect(page.view.notices == ["本版本无法读取站点的状态（截至 06:30，30 分钟前）"])
    }

    @Test("a clock that NTP contradicts is bad, whatever the station says of it")
    func clock() throws {
        let view = station(status: try status(ntp: "2026-11-20T21:12:00.000Z")).view
        #expect(try view.fact("时钟").value == .state("电池时钟，但网络时间为 2026-11-21 05:12:00", .bad))
    }

    @Test("what the county knows beside the status has its own age; faults and silence are said")
    func county() throws {
        var page = station()
        page.holdings = StationHoldings(station: "yc-01")
        page.sight?.lastContact = World.at(7, daysBefore: 3)
        page.sight?.faults = ["两块主板共用本站身份"]
        page.sight?.commandTroubles = ["命令 17 未执行"]
        let view = page.view
        #expect(view.notices.prefix(2) == ["失联：3 天未联系", "两块主板共用本站身份"])
        #expect(try view.fact("最近联系").note?.chinese == "3 天前")
        #expect(try view.fact("在库待取").value == .number(0))
        #expect(try view.fact("在库待取").note?.chinese == "截至 06:50，10 分钟前")
        #expect(try view.fact("最久在库").value == Table.Cell.none)
        #expect(try view.fact("缺失事件").value == .number(5))
        #expect(try view.fact("待执行指令").value == .number(2))
        #expect(try view.table("commands").rows == [[.text("命令 17 未执行")]])
    }

    @Test("last events, runs, complaints, troubles and pieces stand in tables of their own")
    func lists() throws {
        var page = station()
        page.lines = [try World.line(.doorOpenFailed, number: 8), try World.line(.runArrived, number: 7, clock: .fake)]
        var visit = RunVisit(number: 7, run: "R1", person: "0000000000000401", arrivedAt: World.at(6))
        visit.day = World.today
        page.visits = [VisitOfStation(station: "yc-01", visit: visit)]
        let voice = Voice(number: 9, at: World.at(5), waybill: "SF1", category: 2)
        page.voices = [VoiceOfStation(station: "yc-01", voice: voice)]
        page.pieces = [PieceOfStation(station: "yc-01", piece: World.piece("SF1", storedAt: World.at(5)))]
        let view = page.view
        #expect(try view.table("events").rows.map { $0[0].text() } == ["2026-11-21 06:30:00", "2026-11-21 06:30:00 ?"])
        #expect(try view.table("visits").rows.map { $0[3].text() } == ["R1"])
        #expect(
            try view.table("voices").rows == [
                [
                    .text("2026-11-21 05:00"), .link("yc-01", path: "/stations/yc-01"), .text("章训便民站"),
                    .state("投诉", .warn), .text("未按址投递"), .link("SF1", path: "/parcels/SF1"),
                ]
            ]
        )
        #expect(try view.table("pieces").rows.map { $0[0].text() } == ["SF1"])
    }

    @Test("a station is not found by a carrier, by a firm of another site, by another township, or if there is none")
    func readers() throws {
        for visibility in [try World.carrier("SF"), try World.firm("邮政"), try World.township("140522103")] {
            #expect(!station(visibility).isFound)
            #expect(station(visibility).view.notices == ["没有找到这个站点"])
        }
        #expect(station(try World.firm("县共配中心")).isFound)
        #expect(!CountyStationView("yc-99", nil, nil, World.context()).isFound)
    }

    @Test("a station whose lines wait until it is folded anew says that its figures stand still")
    func waiting() throws {
        var page = station()
        #expect(!page.view.notices.contains { $0.contains("账簿稍后重新计算本站") })
        page.standing?.isWaiting = true
        #expect(page.view.notices.contains { $0.contains("账簿稍后重新计算本站") })
    }

    @Test("a firm counts its own pieces at its site, and sees no events of what others handle there")
    func firm() throws {
        var page = station(try World.firm("县共配中心"))
        page.holdings = StationHoldings(station: "yc-01")
        page.holdings?.waiting = 9
        let other = World.piece("EMS1", brand: "EMS", operatorName: "邮政", storedAt: World.at(5))
        page.pieces = [World.piece("SF1", storedAt: World.at(5)), other].map {
            PieceOfStation(station: "yc-01", piece: $0)
        }
        var line = try World.line(.parcelRefused, number: 2)
        guard case .parcelRefused(var fact) = line.line.event else { throw CountyFault("line", "is another") }
        fact.parties.operatorName = "邮政"
        line.line.event = .parcelRefused(fact)
        page.lines = [try World.line(.parcelRefused, number: 1), line]
        #expect(try page.view.fact("在库待取").value == .number(1))
        #expect(try page.view.table("events").rows.map(\.last) == [.number(1)])
    }
}

import CountyBooks
import LockerDomain
import Testing

@Suite("People, fees, voices, troubles and what is not understood")
struct PeopleAndFeesTests {
    private typealias World = ViewWorld

    private var silent: [SilentStation] { [SilentStation(station: "rc-01", site: "屯城站", phone: nil, reaches: nil)] }
    private func month() throws -> CountyPeriod { try #require(CountyPeriod(.month, "2026-11")) }

    @Test("work is counted by person over stations and brands; what may belong elsewhere stands beside it")
    func people() throws {
        let figures = [
            World.figure("handled.received", 40, word: "0000000000000401"),
            World.figure("handled.received", 2, at: "yc-02", brand: "YT", word: "0000000000000401"),
            World.figure("handled.stored", 3, word: "0000000000000402"),
            World.figure("handled.stored", 1, mark: .drift(9), word: "0000000000000402", isUncertain: true),
            World.figure("received", 99), World.figure("handled.acceptedByKind", 5, word: "0000000000000402"),
        ]
        var view = PeopleView(try month(), figures, World.context())
        let table = try view.view.table("people")
        #expect(table.rows.count == 2)
        let courier = try table.row("person", "李师傅 (1025)")
        #expect(courier["stations"] == .text("yc-01，yc-02"))
        #expect(courier["received"] == .number(42))
        #expect(courier["stored"] == Table.Cell.none)
        // What a door saw go in names nobody.
        #expect(table.column("stored")?.header.chinese == "入柜（本人确认）")
        #expect(table.notes.map(\.chinese).contains("由柜门传感器确认的入柜没有人员，不在此列"))
        #expect(try table.row("person", "王站长 (1026)")["stored"] == .state("3（另 1 不确定）", .warn))
        #expect(view.view.notices == [])
        view.silent = silent
        #expect(view.view.notices == ["有 1 个站点的记录未到期末，数字可能还会增加"])
        view.context = World.context(try World.carrier("YT"))
        #expect(try view.view.table("people").rows.map { $0[0] } == [.text("1025")])
        #expect(try view.view.table("people").row("person", "1025")["received"] == .number(2))
    }

    @Test("fees stand by day, station and brand in yuan; with a silent station a sum of nothing is unknown")
    func fees() throws {
        let figures = [
            World.figure("feesFen", 250), World.figure("fees", 2), World.figure("feesFen", -100),
            World.figure("fees", -1),
            World.figure("feesFen", 1_005, at: "yc-02", mark: .drift(4), brand: "YT"),
            World.figure("fees", 1, at: "yc-02", mark: .drift(4), brand: "YT"),
        ]
        let view = FeesView(try month(), figures, World.context()).view
        let table = try view.table("fees")
        #expect(
            table.rows == [
                [
                    .unknown, .link("yc-02", path: "/stations/yc-02"), .text("章训邮政站"), .text("YT"), .number(1),
                    .hundredths(1_005),
                ],
                [
                    .text("2026-11-21"), .link("yc-01", path: "/stations/yc-01"), .text("章训便民站"), .text("顺丰"),
                    .number(1),
                    .hundredths(150),
                ],
            ]
        )
        #expect(table.rows.map { $0[5].text() } == ["10.05", "1.50"])
        #expect(try view.fact("保管费合计（元）").value.text() == "11.55")
        #expect(try FeesView(try month(), [], World.context()).view.fact("保管费合计（元）").value == .hundredths(0))
        var unknown = FeesView(try month(), [], World.context())
        unknown.silent = silent
        #expect(try unknown.view.fact("保管费合计（元）").value == .unknown)
        #expect(try unknown.view.fact("收费件数").value == .unknown)
    }

    @Test("of stations that wait to be folded anew the first ten are named, beside those that are silent")
    func waiting() throws {
        var view = FeesView(try month(), [], World.context())
        view.silent = (1...11).map { number in
            SilentStation(station: "s\(number)", site: nil, phone: nil, reaches: nil, isWaiting: true)
        }
        #expect(
            view.view.notices == [
                "有 11 个站点补传的事件次序在前，账簿稍后重新计算：s1、s2、s3、s4、s5、s6、s7、s8、s9、s10等；在此之前，其数字不含这些事件及其后的事件"
            ]
        )
        #expect(try view.view.fact("收费件数").value == .unknown)
        view.silent = silent + [view.silent[0]]
        #expect(view.view.notices.first == "有 1 个站点的记录未到期末，数字可能还会增加")
        #expect(view.view.notices.count == 2)
    }

    @Test("money is sorted by value among numbers")
    func money() {
        let table = Table(
            Words("费", "Fees"),
            columns: [Table.Column("yuan", "元", "Yuan", .number)],
            rows: [[.hundredths(1_005)], [.hundredths(450)], [.number(5)], [.decimal(tenths: 48)], [.hundredths(-5)]]
        )
        #expect(table.sorted(by: "yuan").rows.map { $0[0].text() } == ["-0.05", "4.50", "4.8", "5", "10.05"])
        #expect(String(decoding: table.csv().suffix(9), as: UTF8.self) == "\r\n-0.05\r\n")
    }

    @Test("complaints stand by category in words, surveys with their averages; nobody's answer is unknown, not 0")
    func voices() throws {
        let figures = [
            World.figure("complaints", 3, brand: nil, word: "2"), World.figure("complaints", 1, brand: nil, word: "9"),
            World.figure("survey1", 2, brand: nil, word: "5"), World.figure("survey1", 1, brand: nil, word: "4"),
        ]
        var view = VoicesView(try month(), figures, [], World.context())
        let complaints = try view.view.table("complaints")
        #expect(complaints.rows[0] == [.text("违规收费"), .number(0)])
        #expect(complaints.rows[1] == [.text("未按址投递"), .number(3)])
        #expect(complaints.rows.last == [.text("第 9 类"), .number(1)])
        let surveys = try view.view.table("surveys")
        #expect(surveys.rows[0] == [.text("设置便捷性"), .decimal(tenths: 47), .number(3)])
        #expect(surveys.rows[1] == [.text("时效性"), .unknown, .number(0)])
        view.silent = silent
        #expect(try view.view.table("complaints").rows[0][1] == .unknown)
        #expect(try view.view.table("surveys").rows[1][2] == .unknown)
    }

    @Test("a trouble shows how long it lasted, or that it lasts; a moment has no length")
    func troubles() throws {
        var over = Trouble(number: 1, kind: .cameraOffline, thing: "front", reason: "电话 13812345678", from: World.at(1))
        over.until = World.at(3, 30)
        var moment = Trouble(number: 2, kind: .openFailed, thing: "A02", from: World.at(2))
        moment.until = World.at(2)
        let lasting = Trouble(number: 3, kind: .outOfService, thing: "A01", from: World.at(7, daysBefore: 3))
        let all = [over, moment, lasting].map { TroubleOfStation(station: "yc-01", trouble: $0) }
        let view = TroublesView(all, World.context()).view
        let (station, site) = (Table.Cell.link("yc-01", path: "/stations/yc-01"), Table.Cell.text("章训便民站"))
        #expect(
            try view.table("troubles").rows == [
                [
                    .text("2026-11-21 01:00"), .text("2026-11-21 03:30"), .text("2 小时"), station, site,
                    .state("摄像头离线", .warn), .text("front"), .text("电话 1******5678"),
                ],
                [
                    .text("2026-11-21 02:00"), .text("2026-11-21 02:00"), .none, station, site, .state("开门失败", .warn),
                    .text("A02"), .none,
                ],
                [
                    .text("2026-11-18 07:00"), .state("未恢复", .bad), .text("3 天"), station, site, .state("停用", .bad),
                    .text("A01"), .none,
                ],
            ]
        )
        #expect(try view.fact("未恢复：停用").value == .number(1))
        #expect(try view.fact("未恢复：摄像头离线").value == .number(0))
        #expect(try TroublesView(all, World.context(try World.carrier("SF"))).view.table("troubles").rows == [])
    }

    @Test("troubles of a period are those that began in it or lasted still")
    func troublesOfPeriod() throws {
        func trouble(_ number: Int64, _ kind: Trouble.Kind, from: Int64, until: Int64? = nil) -> TroubleOfStation {
            var trouble = Trouble(number: number, kind: kind, thing: "T\(number)", from: from)
            trouble.until = until
            return TroubleOfStation(station: "yc-01", trouble: trouble)
        }
        let all = [
            trouble(1, .outOfService, from: World.at(9, daysBefore: 60)),
            trouble(2, .outOfService, from: World.at(9, daysBefore: 60), until: World.at(9, daysBefore: 50)),
            trouble(3, .cameraOffline, from: World.at(9, daysBefore: 30), until: World.at(9, daysBefore: 2)),
            trouble(4, .openFailed, from: World.at(9, daysBefore: 40)), trouble(5, .openFailed, from: World.at(1)),
        ]
        var view = TroublesView(all, World.context())
        #expect(try view.view.table("troubles").rows.count == 5)
        view.period = try month()
        #expect(try view.view.table("troubles").rows.map { $0[6].text() } == ["T1", "T3", "T5"])
        #expect(view.view.title.chinese == "设备故障 2026-11")
        view.period = CountyPeriod(day: World.today)
        #expect(try view.view.table("troubles").rows.map { $0[6].text() } == ["T1", "T5"])
    }

    @Test("what is not understood is listed with why, for those alone who see all firms")
    func quarantined() throws {
        let line = QuarantinedLine(
            station: "yc-01",
            incarnation: "00ff",
            sequence: 12,
            received: World.at(3),
            type: nil,
            fault: "<script> 不是 JSON"
        )
        let view = QuarantineView([line], World.context()).view
        #expect(
            try view.table("quarantined").rows == [
                [
                    .text("2026-11-21 03:00:00"), .link("yc-01", path: "/stations/yc-01"), .text("章训便民站"), .unknown,
                    .text("<script> 不是 JSON"), .number(12), .text("00ff"),
                ]
            ]
        )
        let firm = QuarantineView([line], World.context(try World.firm("县共配中心"))).view
        #expect(try firm.table("quarantined").rows == [])
    }
}

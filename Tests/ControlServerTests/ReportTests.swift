import ControlAPI
import ControlServer
import Foundation
import LockerDomain
import StationBooks
import StationPorts
import Testing

extension ControlSocketTests {
    @Suite("Control socket, reports and lists for paper")
    struct ReportTests {
        @Test(
            "a report is asked for by day and month; without a word it is today's",
            arguments: [
                ("", "2026-08-21"), ("?period=day", "2026-08-21"), ("?period=month", "2026-08"),
                ("?period=day&of=2026-02-28", "2026-02-28"), ("?of=2026-02-28", "2026-02-28"),
                ("?period=month&of=2025-12", "2025-12"),
            ]
        )
        func periods(query: String, period: String) async throws {
            let port = FakePort()
            try await Served.run(port) { served in
                let reply = try await served.reply("/v1/report" + query, as: ReportReply.self)
                #expect(reply.period == period && reply.station == "yc-beiliu-0231")
                #expect(await port.asked.reports.map(\.description) == [period])
            }
        }

        @Test(
            "a period that is none is named",
            arguments: [
                "period=week", "period=", "of=2026", "of=2026-02-29", "of=", "period=month&of=2026-11-21",
                "period=day&of=2026-11", "of=2026-11-21x",
            ]
        )
        func badPeriod(query: String) async throws {
            try await Served.run { served in
                let (status, fault) = try await served.fault("/v1/report?" + query)
                #expect(status == 400 && fault.code == .invalid)
                #expect(fault.message.hasPrefix(query.hasSuffix("week") || query == "period=" ? "period is" : "of is"))
            }
        }

        @Test("the report says what it covers, whether it is closed, and every figure of a brand")
        func reply() async throws {
            try await Served.run { served in
                let today = try await served.reply("/v1/report", as: ReportReply.self)
                #expect(!today.closed && today.from.text == "2026-08-21T00:00:00.000+08:00")
                #expect(today.covers.map { "\($0.incarnation) \($0.first) \($0.last)" } == ["ab12 1 14"])
                #expect(today.days.map(\.runs) == [1] && today.days[0].verdict == .served)
                #expect(today.figures.brands.count == 7 && today.figures.brands.allSatisfy { $0[.received] == 1 })
                let inbound = ReportFigure.allCases.filter { $0.direction == .inbound }
                #expect(today.figures.brands[0].figures.count == inbound.count)
                #expect(today.figures.breakdowns["complaints"] == ["2": 1])
                #expect(today.figures.survey.map(\.meanHundredths) == [500, 400, 300, 200, 100])
                #expect(today.cameras.map(\.offlineMilliseconds) == [3_600_000])
                let month = try await served.reply("/v1/report?period=month&of=2026-07", as: ReportReply.self)
                #expect(month.closed && month.days.count == 31 && month.covers.isEmpty)
                #expect(month.days.allSatisfy { $0.verdict == .uncertain && $0.runs == 0 })
            }
        }

        @Test("a refused or failed report keeps its words")
        func refused() async throws {
            let fault = ControlFault(.unavailable, "the report 2026-08: another one is being made; try again soon")
            try await Served.run(FakePort(fault: fault)) { served in
                let answer = try await served.fault("/v1/report")
                #expect(answer.status == 409 && answer.fault.message == fault.description)
            }
        }

        @Test("parcels to take back come first and say why; shipments and lists show no keys")
        func lists() async throws {
            try await Served.run { served in
                let parcels = try await served.reply("/v1/parcels", as: ParcelsReply.self).parcels
                #expect(parcels.map(\.retrieval) == [.overdue, nil])
                let shipments = try await served.call("/v1/shipments").body
                #expect(shipments.contains("YT8962646785389") && shipments.contains("S1-02"))
                let tell = try await served.call("/v1/tell").body
                // Stored at the beginning of time and never told: on the list; the overdue one was told.
                #expect(tell.contains(#""waybillTail":"6506""#) && !tell.contains("6507"))
                for body in [shipments, tell] { #expect(!body.contains("SECRET") && !body.contains(#""n":"#)) }
                #expect(!tell.contains("SF7444404156506"))
            }
        }

        @Test("the promise leaves out what is not set and names no fee without a published line")
        func promise() async throws {
            try await Served.run { served in
                let promise = try await served.reply("/v1/promise", as: PromiseReply.self)
                #expect(promise.hours == "08:00-20:00" && promise.tariff == nil && promise.holdHours == 72)
                let screen = try await served.reply("/v1/screen", as: ScreenReply.self)
                #expect(screen.promise == promise)
            }
        }
    }
}

@Suite("Sheets for paper")
struct SheetTests {
    private let now = Moment(wall: 1_787_275_800_123, uptime: 273_600_000, clock: .ntp)

    private func report(_ kind: ReportPeriod.Kind, _ text: String, at now: Moment? = nil) throws -> ReportReply {
        let period = try #require(ReportPeriod(kind, text))
        return ReportReply(FakePort.report(period, asked: now ?? self.now), station: "yc-beiliu-0231")
    }

    @Test("a report fits 80 columns, in both languages, with any number of brands")
    func text() throws {
        let lines = try report(.month, "2026-08").lines(style: .plain)
        #expect(lines.allSatisfy { DisplayWidth.of($0) <= 80 })
        let text = lines.joined(separator: "\n")
        for part in [
            "not closed yet (未结)", "1 to 14 of ab12", "1 on 1 days", "20 days: 01 02 03", "收到 Received", "ALL 合计",
            "courier 1001: 1", "2 未按址投递 address: 1", "服务态度 attitude 2.00", "front: 1 h", "上行 OUTBOUND",
        ] {
            #expect(text.contains(part), "\(part)\n\(text)")
        }
        #expect(text.components(separatedBy: "ALL 合计").count == 3)
    }

    @Test("a day says whether a run came, or that nobody can tell")
    func day() throws {
        #expect(try report(.day, "2026-08-21").lines(style: .plain).contains { $0.hasSuffix("1 came") })
        let before = try report(.day, "2026-08-20").lines(style: .plain).joined(separator: "\n")
        #expect(before.contains("closed (已结)") && before.contains("uncertain (不详): the station was off"))
        let ahead = try report(.day, "2026-08-22").lines(style: .plain).joined(separator: "\n")
        #expect(ahead.contains("has not begun (未到)"))
    }

    @Test("what no clock could date is shown beside the figures, not in them")
    func unplaced() throws {
        var report = StationReport(try #require(ReportPeriod(.day, "2026-08-21")))
        let dark = Moment(wall: 0, uptime: 1, clock: .none)
        report.take(.runArrived(RunArrived(run: "yc-1", person: "1001", how: .card)), at: dark)
        report.finish(at: dark)
        let reply = ReportReply(report, station: "yc")
        #expect(reply.unplaced?[.runs] == 1 && reply.figures[.runs] == 0 && !reply.closed)
        let text = reply.lines(style: .plain).joined(separator: "\n")
        #expect(text.contains("日期不详 Unplaced") && text.contains("班次 Runs 1"))
        #expect(reply.csv.contains(",,,unplacedEvents,日期不详 Unplaced,,1\r\n"))
        #expect(reply.csv.contains(",runsOfDay,当日班次 Runs of day,2026-08-21,uncertain\r\n"))
    }

    @Test("a spreadsheet gets one row for each brand, direction and figure, and no formula")
    func csv() throws {
        let csv = try report(.day, "2026-08-21").csv
        let rows = csv.components(separatedBy: "\r\n")
        let start = "yc-beiliu-0231,2026-08-21,no,"
        #expect(rows.contains(start + "SF,inbound,received,收到 Received,,1"))
        #expect(rows.contains(start + "SF,inbound,lost,丢失 Lost,,0"))
        #expect(rows.contains(start + #""'=HYPERLINK(""x"")",inbound,received,收到 Received,,1"#))
        #expect(rows.contains(start + ",,runs,班次 Runs,,1"))
        #expect(rows.contains(start + ",,sessions,在岗 Sessions,courier 1001,1"))
        #expect(rows.contains(start + ",,surveyMean,满意度 Survey,时效性 timeliness,4.00"))
        #expect(rows.contains(start + ",,runsOfDay,当日班次 Runs of day,2026-08-21,1"))
        #expect(rows.count == (try report(.day, "2026-08-21").csvRows) + 2)
    }

    @Test("fees are yuan on the sheet and in the table, fen in the reply")
    func fees() throws {
        var report = StationReport(try #require(ReportPeriod(.day, "2026-08-21")))
        let collected = ParcelCollected(
            waybill: "SF7444404156506",
            parties: Parties(brand: "SF", operatorName: "o", agent: "a", cooperationMode: .direct),
            direction: .inbound,
            place: .door("A01"),
            by: .recipient,
            means: .code,
            evidence: .sensor,
            doorOpenedAt: nil,
            person: nil,
            fee: Fee(line: "over-72h", fen: 105)
        )
        report.take(.parcelCollected(collected), at: now)
        report.finish(at: now)
        let reply = ReportReply(report, station: "yc")
        #expect(reply.figures.brands.first?[.fees] == 1 && reply.figures.brands.first?[.feesFen] == 105)
        #expect(reply.csv.contains(",SF,inbound,fees,收保管费件 With a fee,,1\r\n"))
        #expect(reply.csv.contains(",SF,inbound,feesYuan,保管费(元) Fees in yuan,,1.05\r\n"))
        let lines = reply.lines(style: .plain)
        #expect(lines.contains { $0.hasPrefix("保管费(元) Fees in yuan") && $0.hasSuffix("1.05") }, "\(lines)")
    }

    @Test("the promise names the tariff, or says that there is no fee; what is missing is seen")
    func promise() {
        var policy = Policy()
        let promise = PublicPromise(hours: "08:00-20:00", phone: "", filingNumber: "231")
        let free = PromiseReply(promise, policy).lines(style: .plain)
        #expect(free.joined().contains("不收费 No fee, ever") && free.joined().contains("没有填写 not set"))
        policy.publicWelfare = false
        policy.tariff = TariffLine(name: "超期保管费", periodHours: 12, fen: 50, fenMax: 300)
        let lines = PromiseReply(promise, policy).lines(style: .plain)
        let words = lines.joined(separator: " ").split(separator: " ").joined(separator: " ")
        #expect(words.contains("超期保管费: ¥0.50 for each 12 h begun behind it, at most ¥3.00"))
        #expect((free + lines).allSatisfy { DisplayWidth.of($0) <= 80 })
    }

    @Test("the list for the round has a box to tick and fits 80 columns")
    func tell() async {
        var state = await FakePort().view().state
        for number in 0..<3 {
            var parcel = Parcel(
                waybill: Waybill(rawValue: "JD00000000000\(number)-1-1-"),
                parties: Parties(brand: "JD", operatorName: "o", agent: "a", cooperationMode: .direct),
                size: .small,
                n: 0,
                status: .stored,
                announced: true,
                changed: 0
            )
            parcel.hamlet = String(repeating: "很长的村组名", count: 9)
            parcel.place = .door("A01")
            state.parcels[parcel.waybill] = parcel
        }
        let reply = TellReply(station: "yc", state: state, now: now)
        let lines = reply.lines(style: .plain)
        #expect(lines.allSatisfy { DisplayWidth.of($0) <= 80 }, "\(lines)")
        #expect(lines.count { $0.hasPrefix("[ ]") } == 4 && lines.last?.hasPrefix("4 parcels") == true)
        #expect(TellReply(station: "yc", state: StationState(), now: now).lines(style: .plain).count == 2)
    }
}

import CountyBooks
import LockerDomain
import Testing

@Suite("Rows of registers, by page")
struct RegisterFormTests {
    private static let row = "/registers/site/W001"
    private static let ever = "/registers/site/W001/ever"

    private func filled() throws -> RegisterOffice {
        let office = try RegisterOffice()
        try office.fill()
        office.stations.add("yc-001", isEnrolled: true)
        return office
    }

    private func site(_ office: RegisterOffice, on day: String) throws -> Site {
        let day = try #require(CivilDay(day)).number
        return try #require(
            Registers(office.registers.rows().map(\.dated)).sites(on: day).first { $0.number == "W001" }
        )
    }

    @Test("the form of a register has the columns of its sheet, each with its name", arguments: RegisterKind.allCases)
    func columns(kind: RegisterKind) async throws {
        let office = try filled()
        try await office.visit { clerk in
            let page = try await clerk.get("/registers/add/\(kind.rawValue)")
            let fields = try page.form("/registers/add/\(kind.rawValue)").keys.filter { !$0.hasPrefix("_") }
            #expect(fields.count == RegisterSheet.header(kind).count)
            for name in RegisterSheet.header(kind) { #expect(page.text.contains(">\(name)<"), "\(name)") }
        }
    }

    @Test("a new row is kept as a sheet's would be: names of villages become codes, and the log has it")
    func added() async throws {
        let office = try filled()
        let typed = [
            "number": "W002", "name": "郭峪村服务点", "type": "智能快件箱", "address": "郭峪村口", "operator": "县供销社",
            "village": "郭峪村", "reach-villages": "皇城村\r\n", "stations": "yc-002\r\nyc-003", "equipment": "扫码枪",
        ]
        try await office.visit { clerk in
            let answer = try await clerk.fill("/registers/add/site", nil, typed)
            #expect(answer.location == "/registers/site/W002", "\(answer.notices)")
            #expect(try await clerk.follow(answer).text.contains("郭峪村服务点"))
        }
        let kept = try #require(office.registers.rows().first { $0.dated.row.key == "W002" })
        guard case .site(let site) = kept.dated.row else {
            Issue.record("no site")
            return
        }
        #expect(site.village == RegisterOffice.other)
        #expect(site.serves == [ServedVillage(village: RegisterOffice.village, mode: .reach)])
        #expect(site.stations == ["yc-002", "yc-003"])
        #expect(kept.dated.validFrom == nil && kept.by == "clerk")
        let entry = try #require(office.log.last)
        #expect(entry.action == .registerChanged && entry.object == "site W002")
        #expect(entry.detail.contains("网点名称 – → 郭峪村服务点"))
    }

    @Test(
        "what a sheet may not say a form may not say either, and what was typed stays",
        arguments: [
            ("village", ["code": "110101001001", "name": "远村"], "不是本县的区划代码"),
            ("village", ["code": "1405251", "name": "某村"], "12"),
            ("village", ["code": RegisterOffice.village, "name": "某村"], "已有 \(RegisterOffice.village)"),
            ("staff", ["number": "9", "name": "140525198001011230", "role": "店主"], "身份证"),
            ("staff", ["number": "9", "name": "某人", "role": "店主", "site": "W777"], "没有此网点"),
            ("operatorFirm", ["operator": "（示例）某公司"], "示例"),
            ("township", ["name": "某镇"], "为空"),
            ("township", [:], "没有填写"),
        ] as [(String, [String: String], String)]
    )
    func refused(kind: String, typed: [String: String], cause: String) async throws {
        let office = try filled()
        let before = office.registers.rows()
        try await office.visit { clerk in
            let answer = try await clerk.fill("/registers/add/\(kind)", nil, typed)
            #expect(answer.status == 422)
            #expect(answer.notices.joined().contains(cause), "\(answer.notices)")
            let shown = try answer.form("/registers/add/\(kind)")
            for (name, value) in typed { #expect(shown[name] == value) }
        }
        #expect(office.registers.rows() == before)
    }

    @Test("a correction is told field by field: who, when, what stood there before")
    func corrected() async throws {
        let office = try filled()
        office.office.now += 60_000
        try await office.visit { clerk in
            let answer = try await clerk.fill(Self.ever, nil, ["address": "皇城村一号", "status": "暂停"])
            #expect(answer.location == Self.row, "\(answer.notices)")
            let page = try await clerk.follow(answer)
            let history = page.text.split(separator: "<tr>").filter { $0.contains("更正") }
            #expect(history.count == 2)
            #expect(history.contains { $0.contains("皇城村委会") && $0.contains("皇城村一号") && $0.contains("clerk") })
            #expect(history.contains { $0.contains("营业") && $0.contains("暂停") })
        }
        #expect(try site(office, on: "2020-01-01").address == "皇城村一号")
        #expect(office.log.last?.detail == "地址 皇城村委会 → 皇城村一号; 状态 营业 → 暂停")
    }

    @Test("another day of validity, also one that is past, makes another time and leaves what was before")
    func backDated() async throws {
        let office = try filled()
        try await office.visit { clerk in
            let typed = ["address": "新址", "valid-from": "2026-03-01", "stations": ""]
            #expect(try await clerk.fill(Self.ever, nil, typed).status == 303)
            let page = try await clerk.get(Self.row)
            #expect(page.text.contains("/registers/site/W001/2026-03-01"))
            #expect(page.text.contains("/registers/site/W001/ever"))
            #expect(page.text.contains("自该日变更"))
        }
        #expect(try site(office, on: "2026-02-28").address == "皇城村委会")
        #expect(try site(office, on: "2026-03-01").address == "新址")
        // The older time can still be corrected, and stays one that held ever since.
        try await office.visit { clerk in
            #expect(try await clerk.fill(Self.ever, nil, ["address": "旧址"]).status == 303)
            let again = try await clerk.fill(Self.ever, nil, ["valid-from": "2026-03-01"])
            #expect(again.status == 422)
            #expect(again.notices.joined().contains("已有自这一天起的内容"))
            #expect(try await clerk.fill(Self.ever, nil, [:]).notices.joined().contains("没有修改"))
        }
        #expect(try site(office, on: "2026-02-28").address == "旧址")
        #expect(office.registers.rows().count { $0.dated.row.key == "W001" } == 2)
    }

    @Test("a station that moves in mid-month is of each site in its time; at both at one time it is refused")
    func moved() async throws {
        let office = try filled()
        try office.registers.fill([DatedRow(RegisterOffice.site("W002", serves: []))])
        try await office.visit { clerk in
            let other = "/registers/site/W002/ever"
            let taken = try await clerk.fill(other, nil, ["stations": "yc-001", "valid-from": "2026-11-16"])
            #expect(taken.status == 422)
            #expect(taken.notices.joined().contains("同一时间重复登记"), "\(taken.notices)")
            let given = try await clerk.fill(Self.ever, nil, ["stations": "", "valid-from": "2026-11-16"])
            #expect(given.status == 303, "\(given.notices)")
            let now = try await clerk.fill(other, nil, ["stations": "yc-001", "valid-from": "2026-11-16"])
            #expect(now.status == 303, "\(now.notices)")
        }
        let registers = Registers(office.registers.rows().map(\.dated))
        let days = try ["2026-11-15", "2026-11-16"].map { try #require(CivilDay($0)).number }
        #expect(days.map { registers.site(ofStation: "yc-001", on: $0)?.number } == ["W001", "W002"])
    }

    @Test("of two clerks at one row the second is told, keeps what was typed, and can keep it then")
    func twoClerks() async throws {
        let office = try filled()
        try office.office.add("second", try Office.rights(.clerk))
        try await office.visit(["clerk", "second"]) { clerks in
            let (first, second) = (clerks[0], clerks[1])
            let (mine, theirs) = (try await first.get(Self.ever), try await second.get(Self.ever))
            #expect(try await first.send(mine, Self.ever, ["address": "东头"]).status == 303)
            let late = try await second.send(theirs, Self.ever, ["address": "西头"])
            #expect(late.status == 409)
            #expect(late.notices.joined().contains("已被 clerk"))
            #expect(late.text.contains("东头"))
            #expect(try late.form(Self.ever)["address"] == "西头")
            #expect(try site(office, on: "2026-11-30").address == "东头")
            #expect(try await second.send(late, Self.ever).status == 303)
        }
        #expect(try site(office, on: "2026-11-30").address == "西头")
    }

    @Test("a change between the look and the keeping is found by the store, and told the same way")
    func race() async throws {
        let office = try filled()
        try await office.visit { clerk in
            office.registers.beforeNextKeep {
                let number = office.registers.rows().first { $0.dated.row.key == "W001" }?.number
                let change = RegisterChange(
                    DatedRow(RegisterOffice.site(stations: ["yc-001"], serves: [])),
                    replaces: number
                )
                try? office.registers.keep([change], by: "somebody", at: 5)
            }
            let answer = try await clerk.fill(Self.ever, nil, ["address": "北头"])
            #expect(answer.status == 409)
            #expect(answer.notices.joined().contains("已被 somebody"))
            #expect(try answer.form(Self.ever)["address"] == "北头")
        }
        #expect(!office.log.contains { $0.action == .registerChanged })
    }

    @Test("a row that somebody else adds in the same moment is told as one that is there already")
    func addedTwice() async throws {
        let office = try filled()
        try await office.visit { clerk in
            office.registers.beforeNextKeep {
                try? office.registers.fill([DatedRow(.operatorFirm(OperatorFirm(name: "新公司", phone: "95311")))])
            }
            let answer = try await clerk.fill("/registers/add/operatorFirm", nil, ["operator": "新公司"])
            #expect(answer.status == 409)
            #expect(answer.notices.joined().contains("已有 新公司"))
        }
        #expect(office.registers.rows().count { $0.dated.row.key == "新公司" } == 1)
    }

    @Test("HTML in a name is text, and a key with a slash or a blank has its page")
    func markup() async throws {
        let office = try filled()
        let name = "<script>alert(1)</script> A/B \"公司\""
        try await office.visit { clerk in
            let answer = try await clerk.fill("/registers/add/operatorFirm", nil, ["operator": name])
            let page = try await clerk.follow(answer)
            #expect(page.status == 200)
            #expect(page.text.contains("&lt;script&gt;alert(1)"))
            #expect(!page.text.contains("<script"))
            let path = try #require(answer.location) + "/ever"
            #expect(try await clerk.fill(path, nil, ["phone": "0356-4221234"]).status == 303)
            let list = try await clerk.get("/registers/operatorFirm")
            #expect(list.text.contains("&lt;script&gt;") && !list.text.contains("<script"))
        }
    }
}

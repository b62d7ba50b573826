import CountyBooks
import LockerDomain
import Testing

@Suite("Sheets of registers, by page")
struct RegisterSheetTests {
    private static let villages = "区划代码,村名,人口\r\n140525100203,大桥村,812\r\n140525100204,尧沟村,\r\n"

    private func load(
        _ kind: RegisterKind,
        _ text: String,
        _ office: RegisterOffice,
        _ check: @Sendable (SeenPage) throws -> Void
    ) async throws {
        try await office.visit { clerk in
            let path = "/registers/upload/\(kind.rawValue)"
            let answer = try await clerk.send(try await clerk.get(path), path, file: Array(text.utf8))
            try check(answer.status == 303 ? try await clerk.follow(answer) : answer)
        }
    }

    @Test("a sheet is loaded, the answer counts its rows, and the audit log has it")
    func loaded() async throws {
        let office = try RegisterOffice()
        try office.fill()
        try await load(.village, Self.villages, office) { page in
            #expect(page.text.contains("共 2 行，新增或修改 2 行"))
            #expect(page.text.contains("没有的列，留空"))
        }
        #expect(office.registers.rows().count { $0.dated.row.kind == .village } == 4)
        let entry = try #require(office.log.last { $0.action == .registerImported })
        #expect(entry.object == "village")
        #expect(entry.by == .account("clerk"))
    }

    @Test(
        "a wrong row is named with its row, column and fix, and nothing is loaded",
        arguments: [
            ("of another county", "区划代码,村名\r\n140525100203,大桥村\r\n110101001001,远村\r\n", "第 3 行", "140525"),
            ("twice", "区划代码,村名\r\n140525100203,大桥村\r\n140525100203,大桥村\r\n", "第 3 行", "请删去一行"),
            ("of no township", "区划代码,村名\r\n140525999203,大桥村\r\n", "第 2 行", "请先导入乡镇台账"),
            ("removed column", "村名,人口\r\n大桥村,812\r\n", "“区划代码”列", "请补上"),
            ("rounded by Excel", "区划代码,村名\r\n1.40525E+11,大桥村\r\n", "A 列", "文本"),
        ]
    )
    func refused(what: String, text: String, place: String, fix: String) async throws {
        let office = try RegisterOffice()
        try office.fill()
        let before = office.registers.rows()
        try await load(.village, text, office) { page in
            #expect(page.status == 422)
            let all = page.notices.joined()
            #expect(all.contains(place) && all.contains(fix), "\(what): \(all)")
        }
        #expect(office.registers.rows() == before)
        #expect(!office.log.contains { $0.action == .registerImported })
    }

    @Test("a sheet without columns in which its rows have something in the register is refused, and names each")
    func removedColumns() async throws {
        let office = try RegisterOffice()
        try office.fill()
        let before = office.registers.rows()
        let sheet = """
            网点编号,网点名称,类型,地址,经营企业,所在村
            W001,皇城村便民服务点,村级便民服务点,皇城村委会,县供销社,皇城村
            """
        try await load(.site, sheet, office) { page in
            #expect(page.status == 422)
            let all = page.notices.joined()
            #expect(all.contains("网点：缺少 3 列，没有载入"), "\(all)")
            for column in ["公开电话", "辐射村", "站点"] {
                #expect(all.contains("\(column)：表中没有此列，而台账中有 1 行在此列有内容：请恢复该列及其内容"), "\(all)")
            }
        }
        #expect(office.registers.rows() == before)
        #expect(!office.log.contains { $0.action == .registerImported })
        // With the columns back, and nothing in them, it is what the clerk means.
        let emptied = """
            网点编号,网点名称,类型,地址,经营企业,所在村,公开电话,辐射村,站点
            W001,皇城村便民服务点,村级便民服务点,皇城村委会,县供销社,皇城村,,,
            """
        try await load(.site, emptied, office) { #expect($0.text.contains("共 1 行，新增或修改 1 行")) }
    }

    @Test("a column is missed where it held on the row's day, and not where the row says nothing less than before")
    func missedByDay() async throws {
        let office = try RegisterOffice()
        try office.fill()
        let village = Village(code: "140525100203", name: "大桥村", township: RegisterOffice.township, population: 812)
        try office.registers.fill([DatedRow(.village(village), validFrom: CivilDay(year: 2026, month: 1, day: 1))])
        let header = "区划代码,村名,生效日期\r\n"
        for row in ["140525100203,大桥,2026-06-01", "140525100203,大桥,2026-01-01", "140525100203,大桥,"] {
            try await load(.village, "\(header)\(row)\r\n", office) { page in
                #expect(page.status == 422)
                let all = page.notices.joined()
                #expect(all.contains("人口：表中没有此列，而台账中有 1 行在此列有内容") && !all.contains("距镇驻地公里"), "\(all)")
            }
        }
        // Earlier nothing held; of 皇城村 nobody knows the population.
        for row in ["140525100203,大桥,2025-01-01", "140525100201,皇城,"] {
            try await load(.village, "\(header)\(row)\r\n", office) {
                #expect($0.text.contains("共 1 行，新增或修改 1 行"), "\(row)")
            }
        }
    }

    @Test("a sheet of column names alone is refused: nothing was loaded")
    func noRows() async throws {
        let office = try RegisterOffice()
        try office.fill()
        try await load(.village, "区划代码,村名\r\n", office) { page in
            #expect(page.status == 422)
            #expect(page.notices.joined().contains("没有数据行，没有载入：请在列名下面逐行填写"), "\(page.notices)")
        }
        #expect(!office.log.contains { $0.action == .registerImported })
    }

    @Test("the form for a sheet says what an empty day means, where its register has days")
    func emptyDay() async throws {
        let office = try RegisterOffice()
        try office.fill()
        try await office.visit { clerk in
            let village = try await clerk.get("/registers/upload/village").text
            #expect(village.contains("生效日期留空：新的行为自始如此"))
            #expect(village.contains("每行先列出第一处错误"))
            #expect(!(try await clerk.get("/registers/upload/operatorReport").text.contains("生效日期留空")))
            clerk.cookies["county_lang"] = "en"
            #expect(try await clerk.get("/registers/upload/village").text.contains("a new row holds ever since"))
        }
    }

    @Test("a workbook, a file of nothing and no file at all are refused with what to do")
    func noSheet() async throws {
        let office = try RegisterOffice()
        try await load(.village, "PK\u{3}\u{4}rest", office) { #expect($0.notices.joined().contains("CSV UTF-8")) }
        try await load(.village, "", office) { #expect($0.status == 422) }
        try await office.visit { clerk in
            let path = "/registers/upload/village"
            let answer = try await clerk.fill(path, nil, [:])
            #expect(answer.status == 422)
        }
    }

    @Test(
        "sites may come before the enrolment sheets of their stations; the answer and the register say which have none"
    )
    func planned() async throws {
        let office = try RegisterOffice()
        try office.fill()
        office.stations.add("yc-001", isEnrolled: true)
        let sheet = """
            网点编号,网点名称,类型,地址,经营企业,所在村,站点
            W002,郭峪村服务点,智能快件箱,郭峪村口,县供销社,郭峪村,yc-002、yc-003
            """
        try await load(.site, sheet, office) { page in
            #expect(page.text.contains("有 2 个站点尚未制作入网单"))
        }
        try await office.visit { clerk in
            #expect(try await clerk.get("/registers/site").text.contains("有 2 个站点尚未制作入网单"))
            let site = try await clerk.get("/registers/site/W002")
            #expect(site.text.split(separator: "<tr>").contains { $0.contains("yc-003") && $0.contains("未制作入网单") })
        }
    }

    @Test("a station at two sites is refused, whether the county knows it or not", arguments: ["yc-001", "yc-009"])
    func twoSites(station: String) async throws {
        let office = try RegisterOffice()
        try office.fill()
        let sheet = """
            网点编号,网点名称,类型,地址,经营企业,所在村,站点
            W002,甲点,智能快件箱,村口,县供销社,郭峪村,\(station)
            W003,乙点,智能快件箱,村口,县供销社,郭峪村,\(station)
            """
        try await load(.site, sheet, office) { page in
            #expect(page.status == 422)
            #expect(page.notices.joined().contains("站点 \(station) 与"), "\(page.notices)")
        }
        #expect(office.registers.rows().count { $0.dated.row.kind == .site } == 1)
    }

    @Test("a phone number in the column of stations is no station, and stands in no fault")
    func phone() async throws {
        let office = try RegisterOffice()
        try office.fill()
        let sheet = """
            网点编号,网点名称,类型,地址,经营企业,所在村,站点
            W002,甲点,智能快件箱,村口,县供销社,郭峪村,13812345678
            W003,乙点,智能快件箱,村口,县供销社,郭峪村,13812345678
            """
        try await load(.site, sheet, office) { page in
            #expect(page.status == 422)
            #expect(page.notices.joined().contains("含手机号"), "\(page.notices)")
            #expect(!page.text.contains("13812345678"))
        }
    }

    @Test("the disk is full: reading goes on, a sheet is refused with the reason")
    func full() async throws {
        let office = try RegisterOffice()
        try office.fill()
        try await office.visit { clerk in
            let page = try await clerk.get("/registers/upload/village")
            office.office.storeTrouble = Words("磁盘已满", "The disk is full")
            let answer = try await clerk.send(page, "/registers/upload/village", file: Array(Self.villages.utf8))
            #expect(answer.status == 503)
            #expect(answer.text.contains("磁盘已满"))
            #expect(try await clerk.get("/registers/village").status == 200)
        }
        #expect(office.registers.rows().count { $0.dated.row.kind == .village } == 2)
    }
}

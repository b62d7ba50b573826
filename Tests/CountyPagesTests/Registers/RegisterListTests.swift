import CountyBooks
import CountyPages
import LockerDomain
import Testing

@Suite("Pages of the registers")
struct RegisterListTests {
    @Test("every register is listed with how many things it has, a thing of two times once")
    func overview() async throws {
        let office = try RegisterOffice()
        try office.fill()
        let later = RegisterOffice.site(stations: ["yc-001", "yc-002"])
        try office.registers.fill([DatedRow(later, validFrom: CivilDay("2026-11-01"))])
        try await office.visit { clerk in
            let page = try await clerk.get("/registers")
            #expect(page.status == 200)
            for (kind, count) in [("village", 2), ("operatorFirm", 2), ("site", 1), ("staff", 0)] {
                let row = #"href="/registers/\#(kind)">[^<]*</a></th><td class="n">\#(count)</td>"#
                #expect(try page.text.contains(Regex(row)), "\(kind)")
            }
        }
    }

    @Test("who may not read registers gets none of their pages", arguments: ["carrier", "operatorFirm"])
    func refused(role: String) async throws {
        let office = try RegisterOffice()
        try office.fill()
        try await office.visit(role) { reader in
            for path in ["/registers", "/registers/site", "/registers/site/W001", "/registers/site/template.csv"] {
                let page = try await reader.get(path)
                #expect(page.status == 403, "\(path)")
            }
        }
    }

    @Test(
        "who reads registers and does not change them sees no form, and is refused at each",
        arguments: ["inspector", "dispatcher"]
    )
    func readsAlone(role: String) async throws {
        let office = try RegisterOffice()
        try office.fill()
        try await office.visit(role) { reader in
            let page = try await reader.get("/registers/site/W001")
            #expect(page.status == 200)
            #expect(!page.text.contains("/registers/site/W001/ever"))
            let list = try await reader.get("/registers/site")
            #expect(!list.text.contains("/registers/add/site"))
            for path in ["/registers/add/site", "/registers/upload/site", "/registers/site/W001/ever"] {
                #expect(try await reader.get(path).status == 403, "\(path)")
            }
        }
    }

    @Test("a register as a file can be loaded again, and nothing is changed by it", arguments: RegisterKind.allCases)
    func roundTrip(kind: RegisterKind) async throws {
        let office = try RegisterOffice()
        try office.fill()
        office.stations.add("yc-001", isEnrolled: true)
        try office.registers.fill(
            [
                .staff(StaffMember(number: "17", name: "王小平", role: "keeper", site: "W001")),
                .operatorReport(
                    OperatorReport(
                        period: "2026-10",
                        village: RegisterOffice.other,
                        brand: "中通",
                        received: 12,
                        by: "县供销社"
                    )
                ),
                .village(
                    Village(
                        code: "140525100203",
                        name: "大桥村",
                        township: RegisterOffice.township,
                        population: 1_204,
                        townHectometres: 120
                    )
                ),
            ].map { DatedRow($0) }
        )
        let before = office.registers.rows()
        for language in ["zh", "en"] {
            try await office.visit { clerk in
                _ = try await clerk.get("/registers?lang=\(language)")
                let file = try await clerk.get("/registers/\(kind.rawValue)?format=csv&table=")
                #expect(file.status == 200)
                let form = try await clerk.get("/registers/upload/\(kind.rawValue)")
                let answer = try await clerk.send(form, "/registers/upload/\(kind.rawValue)", file: file.body)
                #expect(answer.status == 303, "\(answer.notices)")
                let rows = before.count { $0.dated.row.kind == kind }
                let page = try await clerk.follow(answer)
                let said = language == "zh" ? "共 \(rows) 行，新增或修改 0 行" : "\(rows) rows, 0 of them"
                #expect(page.text.contains(said), "\(page.notices)")
            }
        }
        #expect(office.registers.rows() == before)
    }

    @Test(
        "a sheet to fill in begins as Excel wants it, and is refused while its examples stand in it",
        arguments: RegisterKind.allCases
    )
    func template(kind: RegisterKind) async throws {
        let office = try RegisterOffice()
        try await office.visit { clerk in
            let file = try await clerk.get("/registers/\(kind.rawValue)/template.csv")
            #expect(file.status == 200)
            #expect(file.body.starts(with: [0xEF, 0xBB, 0xBF]))
            for name in RegisterSheet.header(kind) { #expect(file.text.contains(name)) }
            let form = try await clerk.get("/registers/upload/\(kind.rawValue)")
            let answer = try await clerk.send(form, "/registers/upload/\(kind.rawValue)", file: file.body)
            #expect(answer.status == 422)
            #expect(answer.notices.contains { $0.contains("第 2-3 行") && $0.contains("示例") }, "\(answer.notices)")
        }
        #expect(office.registers.rows().isEmpty)
    }

    @Test("an account of one township sees the rows of it, and no others")
    func township() async throws {
        let office = try RegisterOffice()
        try office.fill()
        try office.fillElsewhere()
        office.stations.add("yc-777", isEnrolled: true)
        try await office.visit("narrow") { clerk in
            for path in ["/registers", "/registers/site", "/registers/village", "/registers/operatorFirm"] {
                let page = try await clerk.get(path)
                #expect(page.status == 200)
                for text in ["润城", "上庄", "W900", "140525101", "yc-900", "yc-777"] {
                    #expect(!page.text.contains(text), "\(path) \(text)")
                }
            }
            #expect(try await clerk.get("/registers/site/W001").status == 200)
            for path in ["/registers/site/W900", "/registers/village/140525101201", "/registers/operatorFirm/润城快运"] {
                #expect(try await clerk.get(path).status == 404, "\(path)")
            }
            #expect(try await clerk.get("/registers/add/site").status == 403)
        }
    }

    @Test(
        "a site's page has its villages, as 设点 or 辐射, and its stations; one without a site stands with the register"
    )
    func stations() async throws {
        let office = try RegisterOffice()
        try office.fill()
        office.stations.add("yc-001", isEnrolled: true)
        office.stations.add("yc-555", isEnrolled: false)
        try await office.visit { clerk in
            let site = try await clerk.get("/registers/site/W001")
            let rows = site.text.split(separator: "<tr>")
            #expect(rows.contains { $0.contains("郭峪村") && $0.contains("辐射") && $0.contains(RegisterOffice.other) })
            #expect(rows.contains { $0.contains("皇城村") && $0.contains("设点") })
            #expect(rows.contains { $0.contains("/stations/yc-001") && $0.contains("已入网") })
            #expect(!site.text.contains("yc-555"))
            let list = try await clerk.get("/registers/site?format=csv&table=stations")
            #expect(list.text.contains("yc-555"))
            #expect(!list.text.contains("yc-001"))
        }
    }

    @Test("a register, a row or a time that is none is no page")
    func missing() async throws {
        let office = try RegisterOffice()
        try office.fill()
        try await office.visit { clerk in
            for path in [
                "/registers/secrets", "/registers/secrets/template.csv", "/registers/site/W002",
                "/registers/village/W001", "/registers/site/W001/2026-01-01", "/registers/add/secrets",
            ] {
                let page = try await clerk.get(path)
                #expect(page.status == 404, "\(path)")
            }
        }
    }
}

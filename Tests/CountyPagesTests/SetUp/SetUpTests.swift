import CountyBooks
import CountyPages
import LockerDomain
import Testing

@Suite("The page of an empty county")
struct SetUpTests {
    private func links(_ page: SeenPage) -> [String] {
        page.text.matches(of: /href="(\/(?:registers|enrolments|manifests)[^"]*)"/).map { String($0.1) }
    }

    @Test("an empty county begins here: five steps, the first is next, each with what does it and a sheet to fill in")
    func empty() async throws {
        let office = try RegisterOffice()
        try await office.visit { clerk in
            #expect(try await clerk.get("/").location == "/setup")
            let page = try await clerk.get("/setup")
            #expect(page.notices == ["下一步：第 1 步，乡镇。\n"], "\(page.notices)")
            let links = links(page)
            for kind in ["township", "village", "operatorFirm", "site", "staff"] {
                #expect(links.contains("/registers/upload/\(kind)"))
                #expect(links.contains("/registers/\(kind)/template.csv"))
            }
            #expect(links.contains("/enrolments") && links.contains("/manifests/template.csv"))
            for link in Set(links) { #expect(try await clerk.get(link).status == 200, "\(link)") }
        }
    }

    @Test("an inspector sees the same steps and how far they are, each with what is there, and nothing that changes it")
    func inspector() async throws {
        let office = try RegisterOffice()
        try await office.visit("inspector") { reader in
            let page = try await reader.get("/setup")
            #expect(page.notices == ["下一步：第 1 步，乡镇。\n"], "\(page.notices)")
            let links = links(page)
            for kind in ["township", "village", "operatorFirm", "site", "staff"] {
                #expect(links.contains("/registers/\(kind)") && links.contains("/registers/\(kind)/template.csv"))
            }
            #expect(links.contains("/enrolments") && links.contains("/manifests"))
            #expect(!links.contains { $0.hasPrefix("/registers/upload") })
            for link in Set(links) { #expect(try await reader.get(link).status == 200, "\(link)") }
        }
    }

    @Test("a county whose configuration has no code is told so first")
    func withoutCode() async throws {
        let office = Office()
        try office.addOfEachRole()
        try await office.serving(PageSettings(county: "county", isTLS: true)) { browser in
            let clerk = browser()
            try await clerk.logIn("clerk")
            let notices = try await clerk.get("/setup").notices
            #expect(notices.count == 2)
            #expect(notices.first?.contains("县的区划代码未设置") == true, "\(notices)")
        }
    }

    @Test("each step that is done leads to the next one, and people may come last")
    func steps() async throws {
        let office = try RegisterOffice()
        try await office.visit { clerk in
            try office.fill()
            #expect(try await clerk.get("/setup").text.contains("下一步：第 3 步，从业人员"))
            try office.registers.fill([DatedRow(.staff(StaffMember(number: "1", name: "某人", role: "keeper")))])
            #expect(try await clerk.get("/setup").text.contains("下一步：第 4 步，入网单"))
            _ = try office.stations.makeToken(station: "yc-001", days: 7)
            #expect(try await clerk.get("/setup").text.contains("下一步：第 5 步，预报单"))
            let form = try await clerk.get("/manifests")
            let sent = try await clerk.send(form, "/manifests", ["station": "yc-001"], file: Array("sheet".utf8))
            #expect(sent.status == 303)
            #expect(try await clerk.get("/setup").text.contains("五步都已完成"))
        }
    }

    @Test("a county that has all but its people works, and says so")
    func withoutPeople() async throws {
        let office = try RegisterOffice()
        try office.fill()
        office.stations.add("yc-001", isEnrolled: true)
        try await office.visit { clerk in
            let form = try await clerk.get("/manifests")
            _ = try await clerk.send(form, "/manifests", ["station": "yc-001"], file: Array("sheet".utf8))
            #expect(try await clerk.get("/setup").text.contains("可以开始使用"))
        }
    }
}

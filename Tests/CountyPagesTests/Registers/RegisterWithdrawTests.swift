import CountyBooks
import CountyPages
import LockerDomain
import Testing

@Suite("Withdrawing a row of a register, by page")
struct RegisterWithdrawTests {
    private static let site = "/registers/site/W001"
    private static let path = "/registers/site/W001/ever/withdraw"

    private func filled() throws -> RegisterOffice {
        let office = try RegisterOffice()
        try office.fill()
        office.stations.add("yc-001", isEnrolled: true)
        return office
    }

    @Test("a clerk confirms it; then the row holds no longer, its history stays, and the log has what it said")
    func withdrawn() async throws {
        let office = try filled()
        try await office.visit { clerk in
            #expect(try await clerk.get("\(Self.site)/ever").text.contains("href=\"\(Self.path)\""))
            let page = try await clerk.get(Self.path)
            let unsure = try await clerk.send(page, Self.path)
            #expect(unsure.status == 422 && unsure.notices.joined().contains("请勾选确认"))
            #expect(office.registers.rows().contains { $0.dated.row.key == "W001" })
            let sent = try await clerk.send(unsure, Self.path, ["confirm": "on"])
            #expect(sent.location == Self.site, "\(sent.notices)")
            let after = try await clerk.follow(sent)
            #expect(after.status == 200 && after.notices.joined().contains("已作废"))
            #expect(after.text.contains("皇城村便民服务点") && after.text.contains("新增"))
            #expect(!(try await clerk.get("/registers/site").text.contains(Self.site)))
            #expect(try await clerk.get(Self.path).status == 404)
        }
        #expect(Registers(office.registers.rows().map(\.dated)).site("W001") == nil)
        let entry = try #require(office.log.last)
        #expect(entry.action == .registerWithdrawn && entry.object == "site W001" && entry.by == .account("clerk"))
        #expect(entry.detail.contains("皇城村便民服务点"))
        #expect(office.registers.history(.site, "W001").map(\.isWithdrawn) == [true, false])
    }

    @Test("it may be entered again, and the history says so")
    func again() async throws {
        let office = try filled()
        try await office.visit { clerk in
            let withdraw = "/registers/operatorFirm/\(LocalPath.encoded("县邮政公司"))/ever/withdraw"
            #expect(try await clerk.fill(withdraw, nil, ["confirm": "on"]).status == 303)
            let sent = try await clerk.fill("/registers/add/operatorFirm", nil, ["operator": "县邮政公司"])
            #expect(sent.status == 303, "\(sent.notices)")
            let page = try await clerk.follow(sent)
            #expect(page.text.contains("重新录入") && page.text.contains("作废"))
        }
        #expect(office.registers.rows().count { $0.dated.row.key == "县邮政公司" } == 1)
    }

    @Test(
        "a row at which others point has no form, and names them",
        arguments: [
            ("/registers/township/140525100/ever/withdraw", "行政村 140525100201"),
            ("/registers/village/140525100201/ever/withdraw", "网点 W001"),
            ("/registers/village/140525100202/ever/withdraw", "网点 W001"),
        ]
    )
    func pointed(path: String, pointer: String) async throws {
        let office = try filled()
        try await office.visit { clerk in
            let page = try await clerk.get(path)
            #expect(page.status == 200 && page.notices.joined().contains(pointer), "\(page.notices)")
            #expect(!page.text.contains("action=\"\(path)\""))
        }
        #expect(office.registers.rows().count == 6)
    }

    @Test("a row that another begins to use between the look and the sending stays")
    func meanwhile() async throws {
        let office = try filled()
        try await office.visit { clerk in
            let page = try await clerk.get(Self.path)
            try office.registers.fill([
                DatedRow(.staff(StaffMember(number: "7", name: "某人", role: "keeper", site: "W001")))
            ])
            let late = try await clerk.send(page, Self.path, ["confirm": "on"])
            #expect(late.status == 409 && late.notices.joined().contains("从业人员 7"), "\(late.notices)")
        }
        #expect(office.registers.rows().contains { $0.dated.row.key == "W001" })
        #expect(!office.log.contains { $0.action == .registerWithdrawn })
    }

    @Test("a row that somebody changed since the page was opened stays")
    func changed() async throws {
        let office = try filled()
        try office.office.add("second", try Office.rights(.clerk))
        try await office.visit(["clerk", "second"]) { clerks in
            let page = try await clerks[0].get(Self.path)
            _ = try await clerks[1].fill("\(Self.site)/ever", nil, ["address": "东头"])
            let late = try await clerks[0].send(page, Self.path, ["confirm": "on"])
            #expect(late.status == 409 && late.notices.joined().contains("已被 second"), "\(late.notices)")
        }
        #expect(office.registers.rows().contains { $0.dated.row.key == "W001" })
    }

    @Test("one time of a row goes, the other stays")
    func oneTime() async throws {
        let office = try filled()
        try await office.visit { clerk in
            _ = try await clerk.fill("\(Self.site)/ever", nil, ["address": "新址", "valid-from": "2026-03-01"])
            let path = "\(Self.site)/2026-03-01/withdraw"
            #expect(try await clerk.fill(path, nil, ["confirm": "on"]).status == 303)
        }
        let site = Registers(office.registers.rows().map(\.dated)).site("W001")
        #expect(site?.address == "皇城村委会")
    }

    @Test("who may not change registers withdraws nothing", arguments: ["dispatcher", "inspector", "narrow"])
    func permissions(role: String) async throws {
        let office = try filled()
        try await office.visit(role) { reader in
            let page = try await reader.get(Self.path)
            let sent = try await reader.post(Self.path, ["confirm": "on"])
            #expect(page.status == 403 && sent.status == 403)
        }
    }
}

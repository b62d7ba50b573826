import CountyBooks
import LockerDomain
import OfficeSheets
import Testing

@Suite("Manifests, by page")
struct ManifestPageTests {
    private static let path = "/manifests"
    private static let sheet = Array("运单号,品牌\r\nYT8962646000001,圆通\r\n".utf8)

    private func filled() throws -> RegisterOffice {
        let office = try RegisterOffice()
        try office.fill()
        office.stations.add("yc-001", isEnrolled: true)
        return office
    }

    @Test("a sheet is loaded for the station that was chosen by its site's name, and the log has it")
    func loaded() async throws {
        let office = try filled()
        try await office.visit { clerk in
            let form = try await clerk.get(Self.path)
            #expect(form.text.contains("皇城村便民服务点（yc-001）"))
            let answer = try await clerk.send(form, Self.path, ["station": "yc-001"], file: Self.sheet)
            let page = try await clerk.follow(answer)
            #expect(page.text.contains("已导入 2 件"))
            #expect(page.text.contains("m20261121-0a"))
        }
        #expect(office.manifests.taken.map(\.station) == ["yc-001"])
        #expect(office.manifests.taken.first?.text == String(decoding: Self.sheet, as: UTF8.self))
        let entry = try #require(office.log.last)
        #expect(entry.action == .manifestImported && entry.object == "yc-001 m20261121-0a")
    }

    @Test("wrong rows are shown in the page's own words, and left out when that is ticked")
    func refused() async throws {
        let office = try filled()
        office.manifests.refuse(
            CountyFault(
                "manifest",
                "1 bad rows, nothing was loaded\nrow 3, column A 运单号 waybill: is empty: write it\n"
                    + "correct them, or load the others with --skip-bad"
            )
        )
        try await office.visit { clerk in
            let form = try await clerk.get(Self.path)
            let refused = try await clerk.send(form, Self.path, ["station": "yc-001"], file: Self.sheet)
            #expect(refused.status == 422)
            #expect(refused.notices.joined().contains("第 3 行，A 列“运单号”"))
            #expect(refused.notices.joined().contains("勾选"))
            #expect(!refused.text.contains("--skip-bad"))
            #expect(try refused.form(Self.path)["station"] == "yc-001")
            #expect(!office.log.contains { $0.action == .manifestImported })
            let sent = try await clerk.send(refused, Self.path, ["skip": "on"], file: Self.sheet)
            #expect(try await clerk.follow(sent).text.contains("第 3 行：left out"))
        }
        #expect(office.manifests.taken.map(\.isSkipping) == [true])
    }

    @Test("without a station, with one that the county does not know, or without a file nothing is loaded")
    func missing() async throws {
        let office = try filled()
        try await office.visit { clerk in
            for station in ["", "yc-777", "<b>"] {
                let form = try await clerk.get(Self.path)
                #expect(try await clerk.send(form, Self.path, ["station": station], file: Self.sheet).status == 422)
            }
            #expect(try await clerk.fill(Self.path, nil, ["station": "yc-001"]).status == 422)
        }
        #expect(office.manifests.taken.isEmpty)
    }

    @Test("the sheet to fill in is read as a manifest, with its hints in the header")
    func template() async throws {
        let office = try filled()
        try await office.visit { clerk in
            let file = try await clerk.get("\(Self.path)/template.csv")
            #expect(file.body.starts(with: [0xEF, 0xBB, 0xBF]))
            let text = try SheetText.decode(file.body) + "YT8962646000001,圆通,,13812345678,中,,同意,,,,,,皇城村\r\n"
            let sheet = try ManifestSheet(text)
            #expect(sheet.faults.isEmpty && sheet.notes.isEmpty, "\(sheet.faults) \(sheet.notes)")
            #expect(sheet.lines.first?.entry.village == "皇城村")
        }
    }

    @Test(
        "who may not load manifests gets no page of them",
        arguments: ["dispatcher", "carrier", "narrow"]
    )
    func permissions(role: String) async throws {
        let office = try filled()
        try await office.visit(role) { reader in
            let page = try await reader.get(Self.path)
            #expect(page.status == 403)
        }
    }

    @Test("an inspector reads what a manifest says and which were loaded, gets the empty sheet, and has no form")
    func inspector() async throws {
        let office = try filled()
        try await office.visit("inspector") { reader in
            let page = try await reader.get(Self.path)
            #expect(page.status == 200 && page.text.contains("运单号 waybill"))
            #expect(!page.text.contains("action=\"/manifests\"") && !page.text.contains("type=\"file\""))
            #expect(page.text.contains("href=\"/audit?action=manifestImported\""))
            #expect(try await reader.get("/audit?action=manifestImported").status == 200)
            #expect(try await reader.get("/manifests/template.csv").status == 200)
            #expect(try await reader.post(Self.path, ["station": "yc-001"]).status == 403)
        }
        #expect(office.manifests.taken.isEmpty)
    }
}
